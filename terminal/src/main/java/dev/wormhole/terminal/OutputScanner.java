package dev.wormhole.terminal;

import java.nio.charset.StandardCharsets;

/**
 * What a server that keeps no screen must still hear in a session's output: title, directory, bell,
 * the queries that a fixed text answers, and the positions where the output may be cut. It keeps no
 * text and no modes.
 *
 * <p>Owned by the thread that feeds it.
 */
public final class OutputScanner {

    /** What {@link #lineStart} and {@link #boundary} say when there is none yet. */
    public static final long NONE = -1;

    /** Enough for any list or tab; a program may send 64 KiB. */
    static final int MAX_TITLE = 256;

    /** Linux's PATH_MAX: a longer one cannot be a working directory. */
    static final int MAX_PATH = 4096;

    /** Called in the order of the output, during {@link #feed}. */
    public interface Listener {

        /** OSC 0 or 2: at most 256 code points, no control characters, possibly empty. */
        default void title(String title) {}

        /**
         * OSC 7: an absolute path. The host is as written and may be empty; whose it is, and
         * whether the path exists, is the listener's to judge.
         */
        default void directory(String host, String path) {}

        default void bell() {}

        /** An answer to type into the process; the array is the listener's. */
        default void reply(byte[] answer) {}
    }

    /**
     * A VT220 with colour (ctlseqs, "Send Device Attributes"): what the emulator of the panes can
     * do.
     */
    private static final byte[] PRIMARY_ATTRIBUTES = ascii("\033[?62;22c");

    /** A VT220, version 10, no ROM cartridge. */
    private static final byte[] SECONDARY_ATTRIBUTES = ascii("\033[>1;10;0c");

    /** "Ready, no malfunction." */
    private static final byte[] STATUS = ascii("\033[0n");

    private final byte[] version;
    private final Listener listener;
    private final Parser parser;

    // Owned by the feeding thread.
    /** Where the last line began, if the parser was in ground there. */
    private long lastLineStart;

    private long lineStart = NONE;
    private long boundary = NONE;

    /** The version becomes part of the answer to XTVERSION and is printable ASCII. */
    public OutputScanner(String version, Listener listener) {
        this(version, 0, listener);
    }

    /** A scanner of output that goes on at a position, for instance a session's offset. */
    public OutputScanner(String version, long position, Listener listener) {
        if (!version.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException("version: " + version);
        }
        this.version = ascii("\033P>|wormhole(" + version + ")\033\\");
        this.listener = listener;
        parser = new Parser(new Calls(), position, Parser.DEFAULT_MAX_STRING);
        // Only the very first line is known to be one: elsewhere the bytes before are unknown.
        lastLineStart = position == 0 ? 0 : NONE;
    }

    public void feed(byte[] bytes, int offset, int length) {
        parser.feed(bytes, offset, length);
    }

    public long position() {
        return parser.position();
    }

    /** Whether no sequence, string or character is unfinished at {@link #position()}. */
    public boolean isGround() {
        return parser.isGround();
    }

    /**
     * Forgets the cut points found so far and looks for the first ones from here on. A ring buffer
     * calls it when it begins a block, feeds the block, and keeps the two answers with it.
     */
    public void seekCuts() {
        lineStart = lastLineStart == position() ? lastLineStart : NONE;
        boundary = isGround() ? position() : NONE;
    }

    /**
     * The first position since {@link #seekCuts} that stands just after a line feed outside all
     * sequences (the place of the call included), or {@link #NONE}. Output cut here begins with a
     * whole line.
     */
    public long lineStart() {
        return lineStart;
    }

    /**
     * The first position since {@link #seekCuts} with nothing unfinished, or {@link #NONE}: second
     * best, for programs that paint a screen and never feed a line.
     */
    public long boundary() {
        return boundary;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private final class Calls implements Parser.Handler {

        @Override
        public void printAscii(byte[] bytes, int from, int to) {
            // The end of the run, which is all that is told; its start would do as well.
            noteBoundary();
        }

        @Override
        public void print(int codePoint) {
            noteBoundary();
        }

        @Override
        public void execute(int control) {
            if (control == 0x07) listener.bell();
            if (control == '\n' && parser.isGround()) {
                lastLineStart = parser.position();
                if (lineStart == NONE) lineStart = lastLineStart;
            }
            noteBoundary();
        }

        @Override
        public void escape(int id) {
            noteBoundary();
        }

        @Override
        public void csi(Csi csi) {
            noteBoundary();
            boolean plain = csi.count() <= 1 && csi.param(0, 0) == 0;
            switch (csi.id()) {
                case 'c' -> answer(plain, PRIMARY_ATTRIBUTES);
                case '>' << 24 | 'c' -> answer(plain, SECONDARY_ATTRIBUTES);
                case 'n' -> answer(csi.count() == 1 && csi.param(0, 0) == 5, STATUS);
                case '>' << 24 | 'q' -> answer(plain, version);
                default -> {}
            }
        }

        private void answer(boolean asked, byte[] text) {
            if (asked) listener.reply(text.clone());
        }

        @Override
        public void osc(byte[] data, int length) {
            noteBoundary();
            if (length < 2 || data[1] != ';') return;
            switch (data[0]) {
                case '0', '2' -> listener.title(title(data, 2, length));
                case '7' ->
                        DirectoryReport.parse(data, 2, length)
                                .ifPresent(
                                        report -> listener.directory(report.host(), report.path()));
                default -> {}
            }
        }

        @Override
        public void dcs(Csi head, byte[] data, int length) {
            noteBoundary();
        }

        @Override
        public void string(StringKind kind, byte[] data, int length) {
            noteBoundary();
        }

        @Override
        public void discarded() {
            // What gave the sequence up may itself begin one, so this is no boundary.
        }

        private void noteBoundary() {
            if (boundary == NONE && parser.isGround()) boundary = parser.position();
        }
    }

    private static String title(byte[] data, int from, int to) {
        String text = new String(data, from, to - from, StandardCharsets.UTF_8);
        var title = new StringBuilder();
        text.codePoints()
                .filter(OutputScanner::isTitleCharacter)
                .limit(MAX_TITLE)
                .forEach(title::appendCodePoint);
        return title.toString();
    }

    /**
     * No control characters, nor those that break lines or reorder the text that stands beside the
     * title.
     */
    private static boolean isTitleCharacter(int c) {
        boolean isReordering = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
        boolean isBreak = c == 0x2028 || c == 0x2029;
        return !Character.isISOControl(c) && !isReordering && !isBreak;
    }
}
