package dev.wormhole.app.dialog;

import dev.wormhole.app.workspace.SessionTitle;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionKind;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the session list says of one session, in words.
 *
 * <p>Immutable.
 *
 * @param isShown a pane of this window shows it
 */
record SessionRow(SessionEntry entry, boolean isShown, Instant now) {

    String headline() {
        return SessionTitle.of(entry);
    }

    /** What runs, where, how large, who looks. */
    String detail() {
        var parts = new ArrayList<String>();
        @Nullable String title = entry.title();
        if (entry.name() != null && title != null && !title.isBlank()) parts.add(title);
        if (!entry.command().isEmpty()) parts.add(String.join(" ", entry.command()));
        if (entry.cwd() != null) parts.add(entry.cwd());
        parts.add(entry.size().toString());
        parts.add(viewers());
        return String.join("  ·  ", parts);
    }

    String state() {
        if (!entry.isExited()) return entry.kind() == SessionKind.TASK ? "task" : "running";
        return entry.exitCode() == null ? "ended" : "ended, " + entry.exitCode();
    }

    /** When there was input or output last. */
    String activity() {
        Duration ago = Duration.between(Instant.ofEpochMilli(entry.lastActiveAt()), now);
        if (ago.toSeconds() < 5) return "now";
        if (ago.toMinutes() < 1) return ago.toSeconds() + " s ago";
        if (ago.toHours() < 1) return ago.toMinutes() + " min ago";
        if (ago.toDays() < 1) return ago.toHours() + " h ago";
        return ago.toDays() == 1 ? "yesterday" : ago.toDays() + " days ago";
    }

    /** Whether every word of the search stands somewhere in what is known of the session. */
    boolean matches(String search) {
        var known = new StringBuilder(entry.id().toString());
        for (@Nullable String text : List.of(detail(), headline(), state()))
            known.append('\n').append(text);
        String text = known.toString().toLowerCase(Locale.ROOT);
        for (String word : search.toLowerCase(Locale.ROOT).strip().split("\\s+"))
            if (!text.contains(word)) return false;
        return true;
    }

    private String viewers() {
        return switch (entry.clientCount()) {
            case 0 -> "nobody looks";
            case 1 -> "1 viewer";
            default -> entry.clientCount() + " viewers";
        };
    }
}
