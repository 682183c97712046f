package dev.wormhole.client.cli;

import dev.wormhole.protocol.SessionEntry;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/** The session list as a person reads it. Pure. */
final class SessionTable {

    private static final int NAME = 1;
    private static final int DIRECTORY = 5;
    private static final int TITLE = 6;

    private static final Table TABLE =
            new Table(
                    List.of("ID", "NAME", "STATE", "SIZE", "VIEWERS", "DIRECTORY", "TITLE"),
                    List.of(TITLE, DIRECTORY, NAME),
                    Set.of(DIRECTORY));

    private SessionTable() {}

    /**
     * The lines, without line ends.
     *
     * @param width of the terminal, or 0 to cut nothing
     * @param home written as ~, or null
     */
    static List<String> lines(List<SessionEntry> sessions, int width, @Nullable String home) {
        int idLength = Table.idLength(sessions.stream().map(s -> s.id().toString()).toList());
        return TABLE.lines(
                sessions.stream().map(session -> row(session, idLength, width, home)).toList(),
                width);
    }

    private static List<String> row(
            SessionEntry session, int idLength, int width, @Nullable String home) {
        return List.of(
                session.id().toString().substring(0, idLength),
                Table.name(session.name(), width),
                state(session),
                session.size().toString(),
                Integer.toString(session.clientCount()),
                Table.directory(Table.text(session.cwd()), home),
                Table.text(session.title()));
    }

    private static String state(SessionEntry session) {
        String not = session.isStored() ? "" : ", not stored";
        if (!session.isExited()) return "running" + not;
        return (session.exitCode() == null ? "exited" : "exited " + session.exitCode()) + not;
    }
}
