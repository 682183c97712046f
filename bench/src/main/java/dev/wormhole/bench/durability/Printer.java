package dev.wormhole.bench.durability;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/**
 * The program in a session: prints numbered lines with the time of each, and notes in a file how
 * many it has printed when, so that what is lost of them can be counted exactly. A line counts once
 * the terminal has taken it.
 *
 * <p>Needs nothing but this class: it is a process of its own.
 */
public final class Printer {

    private Printer() {}

    /**
     * @param words file for the notes, file that makes it stop, number of this run, bytes to write
     *     at a time, in whole lines, and microseconds from one time to the next
     */
    public static void main(String[] words) throws IOException {
        Path stop = Path.of(words[1]);
        int run = Integer.parseInt(words[2]);
        int bytes = Integer.parseInt(words[3]);
        long interval = Long.parseLong(words[4]) * 1000;
        try (var out = new FileOutputStream(FileDescriptor.out);
                var notes =
                        FileChannel.open(
                                Path.of(words[0]),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE)) {
            note(notes, PrintLog.head(ProcessHandle.current().pid()));
            long printed = 0;
            long due = System.nanoTime();
            while (!Files.exists(stop)) {
                var lines = new StringBuilder();
                do {
                    lines.append(PrintLog.line(run, printed++, System.nanoTime())).append('\n');
                } while (lines.length() < bytes);
                // A terminal that is gone is an error, and the end.
                out.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
                note(notes, PrintLog.note(printed, System.nanoTime()));
                due += interval;
                for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                    LockSupport.parkNanos(due - now);
                }
            }
            note(notes, PrintLog.end());
            // A session that is looked at has to be there.
            while (true) LockSupport.park();
        }
    }

    /** Written and not synced: what kills this process leaves it to the system. */
    private static void note(FileChannel notes, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) notes.write(bytes);
    }
}
