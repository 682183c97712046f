package dev.wormhole.client.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The file locks that Linux lists in {@code /proc/locks} (proc(5)).
 *
 * <p>Immutable. Pure.
 */
record LockTable(List<Row> rows) {

    /**
     * One lock that is held.
     *
     * @param kind POSIX, OFDLCK, FLOCK, LEASE, …
     * @param pid the holder as this process's pid namespace numbers it; not positive where the
     *     kernel names none: an open file description lock belongs to no process
     */
    record Row(String kind, boolean isExclusive, long pid, long major, long minor, long inode) {}

    /** What stands for a holder that the kernel does not name. */
    static final long UNKNOWN_HOLDER = -1;

    LockTable {
        rows = List.copyOf(rows);
    }

    /**
     * Reads the table; a line that is not understood is no lock, and one that waits ({@code ->})
     * holds nothing.
     */
    static LockTable parse(String text) {
        var rows = new ArrayList<Row>();
        for (String line : text.split("\n")) {
            String[] words = line.strip().split("\\s+");
            // "1: POSIX  ADVISORY  WRITE 699 00:16:28457 0 EOF"
            if (words.length < 8 || words[1].equals("->")) continue;
            String[] file = words[5].split(":");
            if (file.length != 3) continue;
            try {
                rows.add(
                        new Row(
                                words[1],
                                words[3].equals("WRITE"),
                                Long.parseLong(words[4]),
                                Long.parseLong(file[0], 16),
                                Long.parseLong(file[1], 16),
                                Long.parseLong(file[2])));
            } catch (NumberFormatException e) {
                // A form of row that no kernel prints so far: it cannot prove that somebody holds
                // our lock.
            }
        }
        return new LockTable(rows);
    }

    /**
     * Who holds the file exclusively; {@link #UNKNOWN_HOLDER} among them where the kernel does not
     * say.
     */
    Set<Long> holders(long major, long minor, long inode) {
        var holders = new TreeSet<Long>();
        for (Row row : rows) {
            if (row.isExclusive()
                    && isLock(row.kind())
                    && row.major() == major
                    && row.minor() == minor
                    && row.inode() == inode) {
                holders.add(row.pid() > 0 ? row.pid() : UNKNOWN_HOLDER);
            }
        }
        return holders;
    }

    private static boolean isLock(String kind) {
        return kind.equals("POSIX") || kind.equals("FLOCK") || kind.equals("OFDLCK");
    }
}
