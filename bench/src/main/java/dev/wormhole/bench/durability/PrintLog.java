package dev.wormhole.bench.durability;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@link Printer} noted: how many lines it had printed when. Immutable.
 *
 * <p>Times are those of {@link System#nanoTime}, which on Linux is one clock for all processes.
 */
final class PrintLog {

    private static final int NOTE_BYTES = 2 * Long.BYTES;
    private static final long END = -1;

    private final long pid;
    private final long[] counts;
    private final long[] times;
    private final boolean ended;

    private PrintLog(long pid, long[] counts, long[] times, boolean ended) {
        this.pid = pid;
        this.counts = counts;
        this.times = times;
        this.ended = ended;
    }

    static ByteBuffer head(long pid) {
        return ByteBuffer.allocate(Long.BYTES).putLong(pid).flip();
    }

    static ByteBuffer note(long printed, long nanos) {
        return ByteBuffer.allocate(NOTE_BYTES).putLong(printed).putLong(nanos).flip();
    }

    static ByteBuffer end() {
        return note(END, END);
    }

    static String line(int run, long number, long nanos) {
        return "r" + run + ":" + number + "@" + nanos + ".";
    }

    /**
     * Reads the notes; one that was cut off counts as not written.
     *
     * @throws IllegalArgumentException if even the process is not named yet
     */
    static PrintLog parse(ByteBuffer file) {
        if (file.remaining() < Long.BYTES) throw new IllegalArgumentException("nothing noted yet");
        long pid = file.getLong();
        int size = file.remaining() / NOTE_BYTES;
        boolean ended = false;
        var counts = new long[size];
        var times = new long[size];
        int notes = 0;
        for (int i = 0; i < size; i++) {
            long count = file.getLong();
            long time = file.getLong();
            if (count == END) {
                ended = true;
                continue;
            }
            counts[notes] = count;
            times[notes++] = time;
        }
        return new PrintLog(pid, Arrays.copyOf(counts, notes), Arrays.copyOf(times, notes), ended);
    }

    long pid() {
        return pid;
    }

    /** It stopped because it was told to. */
    boolean hasEnded() {
        return ended;
    }

    /** All lines. */
    long printed() {
        return counts.length == 0 ? 0 : counts[counts.length - 1];
    }

    /** Lines that were printed by this time. */
    long printedBy(long nanos) {
        long printed = 0;
        for (int i = 0; i < counts.length && times[i] <= nanos; i++) printed = counts[i];
        return printed;
    }

    /** When this line was printed; it has to be one that was. */
    long timeOf(long number) {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > number) return times[i];
        }
        throw new IllegalArgumentException("line " + number + " of " + printed());
    }

    /** Numbers of the lines of this run in a text, as they stand there. */
    static List<Long> numbers(int run, List<String> text) {
        Pattern line = Pattern.compile("r" + run + ":(\\d+)@\\d+\\.");
        var numbers = new ArrayList<Long>();
        for (String row : text) {
            Matcher matcher = line.matcher(row);
            while (matcher.find()) numbers.add(Long.parseLong(matcher.group(1)));
        }
        return numbers;
    }
}
