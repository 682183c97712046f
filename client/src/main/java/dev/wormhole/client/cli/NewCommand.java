package dev.wormhole.client.cli;

import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.local.LocalServer;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.SessionName;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;

import java.nio.file.InvalidPathException;
import java.util.Map;
import java.util.UUID;

/** {@code wormhole new}: makes a session that nobody looks at yet. */
final class NewCommand implements Command {

    static final String NAME = "new";

    private static final String NO_STORE = "--no-store";

    private static final TerminalSize WITHOUT_TERMINAL = new TerminalSize(80, 24);

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Options.command(
                        NAME,
                        "Makes a session and prints its id: a shell, or the command after --.");
        spec.usageMessage().customSynopsis("wormhole new [OPTIONS] [-- COMMAND…]");
        return spec.addOption(Options.value("--name", "NAME", "what to call it"))
                .addOption(Options.value("--cwd", "DIR", "where it starts; default: here"))
                .addOption(
                        Options.flag(
                                NO_STORE,
                                "writes nothing of it to the disk: it ends with its process"));
    }

    @Override
    public int run(Call call) throws CliException {
        String name = call.option("--name");
        if (name != null) checkName(name);
        LinkTarget target = call.target(true);
        var request =
                new ClientMessage.Create(
                        call.console().size().orElse(WITHOUT_TERMINAL),
                        name,
                        directory(call, target instanceof LocalServer),
                        call.rest(),
                        Map.of(),
                        UUID.randomUUID().toString(),
                        !call.has(NO_STORE));
        try (ServerConnection server = call.connector().connect(target)) {
            call.console().out().println(server.create(request));
        }
        return 0;
    }

    /** This directory means something on this machine alone; elsewhere the server chooses. */
    private static @Nullable String directory(Call call, boolean isHere) throws CliException {
        String option = call.option("--cwd");
        try {
            if (isHere) {
                return call.console()
                        .directory()
                        .resolve(option == null ? "" : option)
                        .normalize()
                        .toString();
            }
        } catch (InvalidPathException e) {
            throw CliException.usage("--cwd is no path: " + e.getReason());
        }
        if (option != null && !option.startsWith("/")) {
            throw CliException.usage("--cwd on another machine is a whole path: /…");
        }
        return option;
    }

    static void checkName(String name) throws CliException {
        try {
            SessionName.check(name);
        } catch (IllegalArgumentException e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }
}
