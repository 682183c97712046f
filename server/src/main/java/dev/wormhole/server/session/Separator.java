package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The line between two generations: output like any other, made once and committed. Pure.
 *
 * <p>It begins with CAN, which ends an unfinished sequence, and takes back what a program that died
 * leaves behind. Parameters stand one to a sequence, since not every emulator reads more than the
 * first.
 */
final class Separator {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss", Locale.ENGLISH);

    private static final String CAN = "\u0018";

    /** Empties the screen's own stack of kitty keyboard flags, however deep. */
    private static final String PLAIN_KEYBOARD = "\u001b[<99u";

    /**
     * DECSTR: margins, origin mode, cursor and keyboard modes, without moving the cursor; what
     * follows says the same to terminals that do not know it.
     */
    private static final String SOFT_RESET = "\u001b[!p";

    /** DECSTBM homes the cursor, so it stands between DECSC and DECRC. */
    private static final String FULL_MARGINS = "\u001b[?69l\u001b7\u001b[r\u001b8";

    /** G0 and G1 are ASCII, G0 is active, SGR is plain, no link is open. */
    private static final String PLAIN_TEXT = "\u001b(B\u001b)B\u000f\u001b[0m\u001b]8;;\u001b\\";

    /**
     * Mouse modes and formats, focus reports, bracketed paste, synchronized output, reports of
     * scheme and size; reverse video; grapheme clusters, reverse wrap, meta; cursor keys, keypad,
     * modifyOtherKeys; wrap, cursor visible, cursor not blinking by mode; keyboard lock, insert and
     * newline mode off.
     */
    private static final String PLAIN_MODES =
            "\u001b[?9l\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1005l\u001b[?1006l"
                + "\u001b[?1015l\u001b[?1016l\u001b[?1007l\u001b[?1004l\u001b[?2004l"
                + "\u001b[?2026l\u001b[?2031l\u001b[?2048l\u001b[?5l\u001b[?1l\u001b>"
                + "\u001b[?45l\u001b[?67l\u001b[>4;0m\u001b[>4;0f"
                + "\u001b[?2027l\u001b[?1045l\u001b[?4l\u001b[?8h\u001b[?1036h\u001b[?1039h\u001b[12h"
                + "\u001b[?7h\u001b[?25h\u001b[?12l\u001b[2l\u001b[4l\u001b[20l";

    private static final String MAIN_SCREEN = "\u001b[?1049l";

    private Separator() {}

    /**
     * @param alternate the dead program was on the alternate screen; leaving it where nobody
     *     entered would move the cursor
     * @param note what else to say, such as that the directory is another; empty for nothing
     */
    static ByteString of(
            ExitStatus status, Instant now, ZoneId zone, boolean alternate, String note) {
        String text =
                CAN
                        + (alternate ? PLAIN_KEYBOARD + MAIN_SCREEN : "")
                        + PLAIN_KEYBOARD
                        + SOFT_RESET
                        + FULL_MARGINS
                        + PLAIN_TEXT
                        + PLAIN_MODES
                        // The default cursor shape, at the start of a new line, where it cannot hit
                        // a character.
                        + "\r\n\u001b[0 q\u001b[2m── "
                        + describe(status)
                        + " · new process "
                        + TIME.format(now.atZone(zone))
                        + (note.isEmpty() ? "" : " · " + note)
                        + " ──\u001b[0m\r\n";
        return ByteString.utf8(text);
    }

    private static String describe(ExitStatus status) {
        return switch (status.reason()) {
            case EXITED -> "process exited (" + status.exitCode() + ")";
            case SIGNAL -> "process ended by " + status.signal();
            case LOST -> "process ended with its server";
        };
    }
}
