package dev.wormhole.client.cli;

import dev.wormhole.client.preferences.PreferencesFile;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code wormhole serve}: the session server in the foreground, which another module brings. */
record ServeCommand(ServerFunctions server) implements Command {

    private static final int MAX_PORT = 65_535;

    @Override
    public CommandSpec spec() {
        return Options.command("serve", "Runs the session server in the foreground until SIGTERM.")
                .addOption(
                        Options.value("--host", "HOST", "address to listen on; default 127.0.0.1"))
                .addOption(Options.value("--port", "PORT", "default 0: any free one"))
                .addOption(
                        Options.value(
                                "--tls-cert",
                                "FILE",
                                "PEM; needed on any address but the loopback ones"))
                .addOption(Options.value("--tls-key", "FILE", "PEM"))
                .addOption(Options.values("--allow-host", "NAME", "a further Host header to serve"))
                .addOption(Options.values("--allow-origin", "ORIGIN", "an Origin header to serve"))
                .addOption(
                        Options.values(
                                "--set", "NAME=VALUE", "a setting, over that of preferences.json"));
    }

    @Override
    public int run(Call call) throws CliException {
        call.onlyHere("serve");
        Path certificate = path(call, "--tls-cert");
        Path key = path(call, "--tls-key");
        if ((certificate == null) != (key == null)) {
            throw CliException.usage("--tls-cert and --tls-key go together: give both or none");
        }
        String host = call.option("--host");
        return server.serve(
                new ServeOptions(
                        call.dataDirectory(),
                        host == null ? "127.0.0.1" : host,
                        port(call.option("--port")),
                        certificate,
                        key,
                        path(call, Options.TOKEN_FILE),
                        call.options("--allow-host"),
                        call.options("--allow-origin"),
                        settings(call)));
    }

    private static @Nullable Path path(Call call, String option) throws CliException {
        String value = call.option(option);
        try {
            return value == null ? null : call.console().directory().resolve(value);
        } catch (InvalidPathException e) {
            throw CliException.usage(option + " is no path: " + e.getReason());
        }
    }

    private static int port(@Nullable String text) throws CliException {
        if (text == null) return 0;
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= MAX_PORT) return port;
        } catch (NumberFormatException e) {
            // Said below, with the range.
        }
        throw CliException.usage("--port is a number from 0 to " + MAX_PORT);
    }

    private static Map<String, String> settings(Call call) throws CliException {
        PreferencesFile.Loaded loaded = new PreferencesFile(call.configDirectory()).load();
        loaded.notice().ifPresent(call.console()::complain);
        var settings = new HashMap<>(loaded.preferences().settings());
        List<String> given = call.options("--set");
        for (String setting : given) {
            int equals = setting.indexOf('=');
            if (equals <= 0) throw CliException.usage("--set takes NAME=VALUE, not " + setting);
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return settings;
    }
}
