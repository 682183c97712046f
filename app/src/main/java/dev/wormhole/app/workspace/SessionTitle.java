package dev.wormhole.app.workspace;

import dev.wormhole.protocol.SessionEntry;

import org.jspecify.annotations.Nullable;

/** What to call a session where there is room for a few words. Pure. */
public final class SessionTitle {

    private SessionTitle() {}

    /** Its name, else its program's title, its directory, its command, the start of its id. */
    public static String of(SessionEntry entry) {
        if (isSaid(entry.name())) return String.valueOf(entry.name());
        if (isSaid(entry.title())) return String.valueOf(entry.title());
        String cwd = entry.cwd();
        if (cwd != null && !cwd.isBlank()) return lastPart(cwd);
        if (!entry.command().isEmpty()) return lastPart(entry.command().getFirst());
        return entry.id().shortForm();
    }

    private static boolean isSaid(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static String lastPart(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') end--;
        int start = path.lastIndexOf('/', end - 1) + 1;
        return start < end ? path.substring(start, end) : "/";
    }
}
