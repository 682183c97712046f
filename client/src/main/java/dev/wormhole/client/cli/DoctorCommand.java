package dev.wormhole.client.cli;

import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.local.LocalEndpoint;
import dev.wormhole.client.local.LocalServer;
import dev.wormhole.client.local.ServerLock;
import dev.wormhole.protocol.Endpoint;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonObject;

import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code wormhole doctor}: checks of this machine and of the server, with a verdict and a remedy a
 * line.
 */
record DoctorCommand(ServerFunctions server) implements Command {

    @Override
    public CommandSpec spec() {
        return Options.command(
                        "doctor",
                        "Checks this machine and the server: a verdict and a remedy a line.")
                .addOption(Options.flag(Options.JSON, "prints a JSON array of checks"));
    }

    @Override
    public int run(Call call) throws CliException {
        LinkTarget target = call.target(false);
        var checks = new ArrayList<Check>();
        if (target instanceof LocalServer local) {
            var machine = new MachineChecks(call.console().environment());
            checks.addAll(machine.all(local.dataDirectory(), call.configDirectory()));
            checks.add(server(local));
            checks.addAll(store(local));
            var life = new LifeChecks(call.console().environment());
            checks.add(life.terminal());
            checks.add(life.logout());
        }
        if (!(target instanceof LocalServer local) || mayAnswer(local))
            checks.addAll(roundTrip(call, target));
        if (call.has(Options.JSON)) call.console().out().println(json(checks).toText());
        else checks.forEach(check -> print(call.console().out(), check));
        long failed =
                checks.stream().filter(check -> check.verdict() == Check.Verdict.FAIL).count();
        if (failed > 0)
            throw CliException.failed(
                    Words.count(failed, "check") + " failed: see the lines with FAIL");
        return 0;
    }

    private static Check server(LocalServer local) {
        return switch (local.look()) {
            case LocalEndpoint.Trusted(Endpoint endpoint, _) ->
                    Check.ok(
                            "server",
                            "version " + endpoint.version() + ", process " + endpoint.pid());
            case LocalEndpoint.Absent() -> withoutEndpoint(local);
            case LocalEndpoint.Untrusted(String reason) ->
                    isHeld(local)
                            ? Check.fail(
                                    "server",
                                    reason,
                                    "stop it with 'wormhole stop' and start it again")
                            : Check.warn(
                                    "server", reason, "the next start cleans up: 'wormhole new'");
        };
    }

    private List<Check> store(LocalServer local) {
        var store = new StoreChecks(local.dataDirectory(), server);
        return local.look() instanceof LocalEndpoint.Trusted(Endpoint endpoint, _)
                ? store.all(true, endpoint.pid())
                : store.all(isHeld(local), 0);
    }

    private static Check withoutEndpoint(LocalServer local) {
        if (!isHeld(local))
            return Check.ok("server", "none runs; 'wormhole new' or the window starts one");
        return Check.warn("server", "one is starting or stopping", "try again in a moment");
    }

    /** What a machine crash or a kill -9 left behind is no server that does not answer. */
    private static boolean mayAnswer(LocalServer local) {
        return Files.exists(local.dataDirectory().resolve(Endpoint.FILE_NAME)) && isHeld(local);
    }

    private static boolean isHeld(LocalServer local) {
        try {
            Set<Long> holders = new ServerLock(local.dataDirectory()).holders();
            return !holders.isEmpty();
        } catch (IOException e) {
            // Said by the check of the locks.
            return false;
        }
    }

    private static List<Check> roundTrip(Call call, LinkTarget target) {
        try (ServerConnection server = call.connector().connect(target)) {
            long start = System.nanoTime();
            int sessions = server.list().size();
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            var checks = new ArrayList<Check>();
            checks.add(
                    Check.ok(
                            "connection",
                            "%s answers in %d ms: %s"
                                    .formatted(
                                            server.url(),
                                            taken.toMillis(),
                                            Words.count(sessions, "session"))));
            Instant now = InstantSource.system().instant();
            server.store().ifPresent(store -> checks.addAll(StoreChecks.told(store, now)));
            server.keepers().ifPresent(keepers -> checks.addAll(LifeChecks.keepers(keepers)));
            return checks;
        } catch (CliException e) {
            return List.of(
                    Check.fail(
                            "connection",
                            e.line(),
                            "see server.log in the data directory of that server"));
        }
    }

    private static Json json(List<Check> checks) {
        return new Json.Array(
                checks.stream()
                        .map(
                                check ->
                                        (Json)
                                                JsonObject.builder()
                                                        .put("check", check.name())
                                                        .put("verdict", check.verdict().word())
                                                        .put("found", check.found())
                                                        .put("remedy", check.remedy())
                                                        .build())
                        .toList());
    }

    private static void print(PrintStream out, Check check) {
        String remedy = check.remedy() == null ? "" : ": " + check.remedy();
        out.println(
                Words.padded(check.verdict().name(), 5)
                        + Words.padded(check.name(), 12)
                        + Words.oneLine(check.found() + remedy));
    }
}
