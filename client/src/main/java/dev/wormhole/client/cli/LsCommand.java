package dev.wormhole.client.cli;

import dev.wormhole.protocol.MessageCodec;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;

import picocli.CommandLine.Model.CommandSpec;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** {@code wormhole ls}: the sessions of the server. */
final class LsCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.command("ls", "Lists the sessions of the server.")
                .addOption(
                        Options.flag(
                                Options.JSON,
                                "prints the entries of session_list as a JSON array"));
    }

    @Override
    public int run(Call call) throws CliException {
        List<SessionEntry> sessions;
        String trouble;
        try (ServerConnection server = call.connect(false)) {
            sessions = server.list();
            Instant now = InstantSource.system().instant();
            trouble = server.store().map(store -> StoreWords.trouble(store, now)).orElse(null);
        }
        // Not among the sessions: what reads those knows nothing of it.
        if (trouble != null) call.console().complain(trouble);
        if (call.has(Options.JSON)) call.console().out().println(json(sessions).toText());
        else print(call.console(), sessions);
        return 0;
    }

    private static void print(Console console, List<SessionEntry> sessions) {
        if (sessions.isEmpty()) {
            if (console.isLookedAt())
                console.err().println("no sessions: 'wormhole new' makes one");
            return;
        }
        int width = console.isLookedAt() ? console.size().map(TerminalSize::cols).orElse(0) : 0;
        SessionTable.lines(sessions, width, console.environment().get("HOME"))
                .forEach(console.out()::println);
    }

    /** The entries in the form of the wire, so that there is one description of them. */
    private static Json json(List<SessionEntry> sessions) {
        try {
            String message =
                    MessageCodec.encode(new ServerMessage.Sessions(sessions), null).toUtf8();
            return new Json.Array(Json.parseObject(message).items("sessions"));
        } catch (JsonException e) {
            throw new IllegalStateException("the codec writes what it reads", e);
        }
    }
}
