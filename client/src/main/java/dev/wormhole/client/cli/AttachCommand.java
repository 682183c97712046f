package dev.wormhole.client.cli;

import dev.wormhole.client.attach.AttachOutcome;
import dev.wormhole.client.attach.AttachTerminal;
import dev.wormhole.client.attach.DetachKey;
import dev.wormhole.client.attach.TerminalDevice;
import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.local.LocalServer;
import dev.wormhole.protocol.SessionEntry;

import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;

/** {@code wormhole attach}: this terminal becomes a viewer of the session. */
final class AttachCommand implements Command {

    private static final String DETACH_KEY = "--detach-key";
    private static final String READ_ONLY = "--read-only";

    @Override
    public CommandSpec spec() {
        return Options.command("attach", "Attaches this terminal to a session; Ctrl-\\ detaches.")
                .addOption(
                        Options.value(
                                DETACH_KEY,
                                "KEY",
                                "ctrl- and a letter or one of \\ ] ^ _ @; default ctrl-\\"))
                .addOption(
                        Options.flag(
                                READ_ONLY, "looks on: no keys, no respawn, no vote on the size"))
                .addPositional(Options.session(0));
    }

    @Override
    public int run(Call call) throws CliException {
        String spelling = call.option(DETACH_KEY);
        DetachKey key =
                DetachKey.parse(spelling == null ? DetachKey.DEFAULT : spelling)
                        .orElseThrow(
                                () ->
                                        CliException.usage(
                                                spelling
                                                        + " is no key to detach with: ctrl- and a"
                                                        + " letter but i or m, or one of \\ ] ^"
                                                        + " _ @"));
        TerminalDevice terminal = call.console().terminal();
        if (!terminal.isInteractive()) {
            throw CliException.failed(
                    "attach needs a terminal for input and output: use 'wormhole send' and"
                            + " 'wormhole ls' in scripts");
        }
        LinkTarget target = call.target(true);
        SessionEntry session;
        try (ServerConnection server = call.connector().connect(target)) {
            session = SessionChoice.choose(call.word(0), server.list());
        }
        if (session.id().toString().equals(call.console().environment().get("WORMHOLE_SESSION"))) {
            throw CliException.failed(
                    "this terminal is session "
                            + session.id().shortForm()
                            + " itself: attach it from another one");
        }
        // From here on a server that was stopped in order stays stopped; one that was killed is
        // started again.
        LinkTarget again =
                target instanceof LocalServer local
                        ? new LocalServer(
                                local.dataDirectory(),
                                LocalServer.Start.AFTER_A_CRASH,
                                call.console().environment())
                        : target;
        return attach(call.console(), terminal, again, session, key, call.has(READ_ONLY));
    }

    private static int attach(
            Console console,
            TerminalDevice terminal,
            LinkTarget target,
            SessionEntry session,
            DetachKey key,
            boolean isReadOnly)
            throws CliException {
        String what =
                session.name() == null ? session.id().shortForm() : Words.oneLine(session.name());
        console.err().println("attached to " + what + "; " + key + " detaches");
        var request = new AttachTerminal.Request(session.id(), isReadOnly, key);
        try {
            switch (new AttachTerminal(terminal, target, request).run()) {
                case AttachOutcome.Detached() ->
                        console.err()
                                .println(
                                        "detached; 'wormhole attach "
                                                + session.id().shortForm()
                                                + "' returns");
                case AttachOutcome.Ended(String message) -> throw CliException.failed(message);
            }
            return 0;
        } catch (IOException e) {
            throw CliException.failed("this terminal cannot be used: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failed("interrupted");
        }
    }
}
