package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.terminal.screen.Screen;

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

    private Separator() {}

    /**
     * @param lastSign when something was last heard of the process
     * @param screen what the dead program has left: only what it did set is reset, for some
     *     terminals do more than they should on a sequence that would change nothing
     * @param note what else to say, such as that the directory is another; empty for nothing
     */
    static ByteString of(
            ExitStatus status,
            Instant lastSign,
            Instant now,
            ZoneId zone,
            Screen screen,
            String note) {
        String text =
                CAN
                        + screen.leftovers()
                        // The default cursor shape, at the start of a new line, where it cannot hit
                        // a character.
                        + "\r\n"
                        + (screen.cursorShape() == 0 ? "" : "\u001b[0 q")
                        + "\u001b[2m── "
                        + describe(status, TIME.withZone(zone), lastSign, now)
                        + (note.isEmpty() ? "" : " · " + note)
                        + " ──\u001b[0m\r\n";
        return ByteString.utf8(text);
    }

    private static String describe(
            ExitStatus status, DateTimeFormatter time, Instant lastSign, Instant now) {
        String began = " · new process " + time.format(now);
        return switch (status.reason()) {
            case EXITED -> "process exited (" + status.exitCode() + ")" + began;
            case SIGNAL -> "process ended by " + status.signal() + began;
            // Nobody was there to see when: it ran when it was last heard of.
            case LOST ->
                    "process ended after "
                            + time.format(lastSign)
                            + ", restored "
                            + time.format(now);
        };
    }
}
