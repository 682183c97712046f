package dev.wormhole.client.cli;

import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code wormhole clean}: removes sessions that have ended. Those with a process or a viewer stay
 * whatever is asked for, those with a name unless they are asked for, and nothing goes that was not
 * listed first.
 */
final class CleanCommand implements Command {

    private static final String OLDER = "--older";
    private static final String NAMED = "--named";
    private static final String YES = "--yes";
    private static final String DRY_RUN = "--dry-run";

    /** More is a mistake. */
    private static final long MAX_DAYS = 100 * 366;

    @Override
    public CommandSpec spec() {
        return Options.command(
                        "clean",
                        "Lists sessions that have exited, have no name and that nobody looks at;"
                                + " with --yes destroys them.")
                .addOption(
                        Options.value(
                                OLDER, "DAYS", "only those without input or output for so long"))
                .addOption(Options.flag(NAMED, "those with a name too"))
                .addOption(Options.flag(DRY_RUN, "lists them and no more; so does no option"))
                .addOption(Options.flag(YES, "destroys them: their text is gone"));
    }

    @Override
    public int run(Call call) throws CliException {
        if (call.has(YES) && call.has(DRY_RUN))
            throw CliException.usage("--yes and --dry-run contradict each other");
        Duration age = age(call.option(OLDER));
        boolean evenNamed = call.has(NAMED);
        Instant before = InstantSource.system().instant().minus(age);
        try (ServerConnection server = call.connect(false)) {
            List<SessionEntry> going = unwanted(server.list(), before, evenNamed);
            Console console = call.console();
            if (going.isEmpty()) {
                console.err().println("nothing to remove");
                return 0;
            }
            int width = console.isLookedAt() ? console.size().map(TerminalSize::cols).orElse(0) : 0;
            SessionTable.lines(going, width, console.environment().get("HOME"))
                    .forEach(console.out()::println);
            String count = Words.count(going.size(), "session");
            if (!call.has(YES)) {
                console.err().println(count + " would be removed: add --yes to do it");
                return 0;
            }
            int gone = destroy(server, going, before, evenNamed);
            console.err().println(Words.count(gone, "session") + " removed");
            return 0;
        }
    }

    private static Duration age(@Nullable String days) throws CliException {
        if (days == null) return Duration.ZERO;
        try {
            long number = Long.parseLong(days.strip());
            if (number >= 0 && number <= MAX_DAYS) return Duration.ofDays(number);
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw CliException.usage("--older takes a number of days");
    }

    private static List<SessionEntry> unwanted(
            List<SessionEntry> sessions, Instant before, boolean evenNamed) {
        return sessions.stream()
                .filter(session -> session.isExited() && session.clientCount() == 0)
                .filter(session -> session.kind() != SessionKind.TASK)
                .filter(session -> evenNamed || session.name() == null)
                .filter(session -> session.lastActiveAt() < before.toEpochMilli())
                .toList();
    }

    /** Looks again before each: somebody may have started one anew, or given it a name. */
    private static int destroy(
            ServerConnection server, List<SessionEntry> listed, Instant before, boolean evenNamed)
            throws CliException {
        int gone = 0;
        for (SessionEntry session : listed) {
            Set<SessionId> still =
                    unwanted(server.list(), before, evenNamed).stream()
                            .map(SessionEntry::id)
                            .collect(Collectors.toSet());
            if (!still.contains(session.id())) continue;
            server.destroy(session.id());
            gone++;
        }
        return gone;
    }
}
