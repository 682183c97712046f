package dev.wormhole.client.cli;

import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds the session that a word means: an id, a unique prefix of one, or a name. Pure. */
public final class SessionChoice {

    private SessionChoice() {}

    /** Refused when no session or more than one is meant; a whole id always means its session. */
    static SessionEntry choose(String word, List<SessionEntry> sessions) throws CliException {
        if (word.isEmpty())
            throw CliException.usage("SESSION is empty: give an id, a prefix of one, or a name");
        List<SessionEntry> meant = meant(word, sessions);
        return switch (meant.size()) {
            case 0 ->
                    throw CliException.failed("no session " + word + ": 'wormhole ls' lists them");
            case 1 -> meant.getFirst();
            default ->
                    throw CliException.failed(
                            word
                                    + " means "
                                    + meant.size()
                                    + " sessions: choose one of "
                                    + ids(meant));
        };
    }

    /** The sessions that the word can mean; a whole id means its session and no other. */
    public static List<SessionEntry> meant(String word, List<SessionEntry> sessions) {
        String prefix = word.toLowerCase(Locale.ROOT);
        for (SessionEntry session : sessions) {
            if (session.id().toString().equals(prefix)) return List.of(session);
        }
        return sessions.stream()
                .filter(
                        session ->
                                word.equals(session.name())
                                        || session.id().toString().startsWith(prefix))
                .toList();
    }

    private static String ids(List<SessionEntry> sessions) {
        return sessions.stream()
                .map(SessionEntry::id)
                .map(SessionId::toString)
                .collect(Collectors.joining(", "));
    }
}
