package dev.wormhole.client.cli;

import dev.wormhole.client.link.LinkException;
import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.local.LocalEndpoint;
import dev.wormhole.client.local.LocalServer;
import dev.wormhole.client.trust.FirstContact;
import dev.wormhole.protocol.KeeperEntry;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.json.JsonObject;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** {@code wormhole status}: what runs, since when, and what it holds. */
final class StatusCommand implements Command {

    /**
     * What is told.
     *
     * @param pid of a local server, else null
     * @param started null where unknown
     * @param recovery null of a server that does not tell
     * @param store null of a server that does not tell
     * @param keepers as well
     */
    private record Status(
            String version,
            String url,
            @Nullable String fingerprint,
            @Nullable Long pid,
            @Nullable Instant started,
            @Nullable Path dataDirectory,
            int sessions,
            long live,
            long unstored,
            long viewers,
            long differences,
            ServerMessage.@Nullable Recovery recovery,
            ServerMessage.@Nullable StoreState store,
            ServerMessage.@Nullable Keepers keepers) {}

    @Override
    public CommandSpec spec() {
        return Options.command("status", "Tells which server runs and what it holds.")
                .addOption(Options.flag(Options.JSON, "prints a JSON object"));
    }

    @Override
    public int run(Call call) throws CliException {
        LinkTarget target = call.target(false);
        Status status;
        try (ServerConnection server = call.connector().connect(target)) {
            status = status(server, target);
        }
        Instant now = InstantSource.system().instant();
        if (call.has(Options.JSON)) call.console().out().println(json(status, now).toText());
        else print(call.console().out(), status, now);
        return 0;
    }

    private static Status status(ServerConnection server, LinkTarget target) throws CliException {
        List<SessionEntry> sessions = server.list();
        LocalEndpoint.Trusted local = trusted(target);
        Long pid = local == null ? null : local.endpoint().pid();
        return new Status(
                local == null ? server.server() : local.endpoint().version(),
                local == null ? server.url() : local.endpoint().url(),
                fingerprint(local),
                pid,
                pid == null
                        ? null
                        : ProcessHandle.of(pid)
                                .flatMap(process -> process.info().startInstant())
                                .orElse(null),
                target instanceof LocalServer here ? here.dataDirectory() : null,
                sessions.size(),
                sessions.stream().filter(session -> !session.isExited()).count(),
                sessions.stream().filter(session -> !session.isStored()).count(),
                sessions.stream().mapToLong(SessionEntry::clientCount).sum(),
                server.differences(),
                server.recovery().orElse(null),
                server.store().orElse(null),
                server.keepers().orElse(null));
    }

    private static LocalEndpoint.@Nullable Trusted trusted(LinkTarget target) {
        return target instanceof LocalServer local
                        && local.look() instanceof LocalEndpoint.Trusted trusted
                ? trusted
                : null;
    }

    /** What people elsewhere compare at first contact; null without TLS. */
    private static @Nullable String fingerprint(LocalEndpoint.@Nullable Trusted server) {
        if (server == null || !"wss".equals(server.uri().getScheme())) return null;
        try {
            return FirstContact.probe(server.uri()).text();
        } catch (LinkException e) {
            // It answered a moment ago; the rest of the status is worth more than this line.
            return null;
        }
    }

    private static JsonObject json(Status status, Instant now) {
        Instant started = status.started();
        ServerMessage.Keepers keepers = status.keepers();
        return JsonObject.builder()
                .put("version", status.version())
                .put("url", status.url())
                .put("fingerprint", status.fingerprint())
                .put("pid", status.pid())
                .put("startedAt", started == null ? null : (Long) started.toEpochMilli())
                .put(
                        "uptimeSeconds",
                        started == null ? null : (Long) Duration.between(started, now).toSeconds())
                .put(
                        "dataDirectory",
                        status.dataDirectory() == null ? null : status.dataDirectory().toString())
                .put("sessions", status.sessions())
                .put("live", status.live())
                .put("notStored", status.unstored())
                .put("viewers", status.viewers())
                .put("screensThatDiffered", status.differences())
                .put(
                        "recovery",
                        status.recovery() == null ? null : RecoveryWords.json(status.recovery()))
                .put("store", status.store() == null ? null : StoreWords.json(status.store()))
                .put("keepers", keepers == null ? null : KeeperWords.keepersJson(keepers))
                .put("orphans", keepers == null ? null : KeeperWords.orphansJson(keepers))
                .build();
    }

    private static void print(PrintStream out, Status status, Instant now) {
        out.println("server     " + Words.oneLine(status.version()) + " at " + status.url());
        if (status.fingerprint() != null) out.println("key        " + status.fingerprint());
        if (status.pid() != null) {
            String up =
                    status.started() == null
                            ? ""
                            : ", up " + Words.duration(Duration.between(status.started(), now));
            out.println("process    " + status.pid() + up);
        }
        out.println(
                "sessions   %d, %d with a process, %s%s"
                        .formatted(
                                status.sessions(),
                                status.live(),
                                status.unstored() == 0 ? "" : status.unstored() + " not stored, ",
                                Words.count(status.viewers(), "viewer")));
        out.println("screens    " + status.differences() + " that differed");
        if (status.recovery() != null) {
            for (String line : RecoveryWords.lines(status.recovery(), now))
                out.println("recovery   " + line);
        }
        if (status.store() != null) print(out, status.store(), now);
        ServerMessage.Keepers keepers = status.keepers();
        if (keepers != null) {
            for (KeeperEntry keeper : keepers.keepers())
                out.println("keeper     " + KeeperWords.keeper(keeper));
            if (!keepers.orphans().isEmpty())
                out.println(
                        "orphans    %d: 'wormhole orphans' lists them"
                                .formatted(keepers.orphans().size()));
        }
        if (status.dataDirectory() != null) out.println("data       " + status.dataDirectory());
    }

    private static void print(PrintStream out, ServerMessage.StoreState store, Instant now) {
        out.println("store      " + StoreWords.line(store, now));
        for (String warning : store.warnings()) out.println("damage     " + Words.oneLine(warning));
        if (store.report() != null) out.println("report     " + Words.oneLine(store.report()));
    }
}
