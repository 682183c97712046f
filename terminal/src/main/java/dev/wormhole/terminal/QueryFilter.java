package dev.wormhole.terminal;

import java.util.Arrays;

/**
 * Takes out of a session's output what would make another terminal answer, for {@code wormhole
 * attach}: the server has answered already, and a second answer would be typed into the session.
 * Everything else passes byte for byte.
 *
 * <p>Owned by the thread that feeds it. The bytes that come out do not depend on how the input is
 * split. An unfinished sequence is held back until it ends.
 *
 * <p>Where wished, side effects go as well ({@link SideEffects}).
 *
 * <p>What goes besides queries: ENQ, every sequence with an ENQ in it, and every sequence that is
 * given up, malformed, over the cap, or a string with C1 controls in it. Terminals disagree about
 * where those end, so what follows one could be a query to one of them. Controls executed inside a
 * sequence that goes stay.
 */
public final class QueryFilter {

    /**
     * Much more than a session's own parser keeps: pictures and large clipboard writes should reach
     * the screen.
     */
    public static final int MAX_STRING = 1024 * 1024;

    /** Ignored bytes do not count for the parser's cap but have to be held too. */
    private static final int MAX_IGNORED = 4096;

    /** The first half of ST, or a character that is not whole. */
    private static final int LAST_WORDS = 4;

    private static final int ENQ = 0x05;
    private static final int REPLACEMENT = 0xfffd;

    private final Parser parser;
    private final int maxHeld;
    private final boolean dropsEffects;
    private final Bytes out = new Bytes();

    // Owned by the feeding thread.
    /** Bytes of earlier calls that are not decided: those from {@link #heldStart} to the chunk. */
    private final Bytes held = new Bytes();

    private long heldStart;

    /** Controls executed inside the unfinished sequence. */
    private final Bytes controls = new Bytes();

    /**
     * The position where what is not yet decided begins; before {@link #heldStart} when too much
     * is.
     */
    private long start;

    private byte[] chunk = new byte[0];
    private int chunkOffset;
    private long chunkStart;

    /** Whether the last byte that came out belongs to a character that was cut short. */
    private boolean endsInsideCharacter;

    public QueryFilter() {
        this(false);
    }

    /**
     * @param dropsEffects whether bells, notifications, clipboard writes and the private strings of
     *     snapshots go as well
     */
    public QueryFilter(boolean dropsEffects) {
        this(MAX_STRING, MAX_STRING + MAX_IGNORED, dropsEffects);
    }

    QueryFilter(int maxString, int maxHeld) {
        this(maxString, maxHeld, false);
    }

    private QueryFilter(int maxString, int maxHeld, boolean dropsEffects) {
        parser = new Parser(new Calls(), 0, maxString);
        this.maxHeld = maxHeld;
        this.dropsEffects = dropsEffects;
    }

    /** The bytes that may go out now; what is unfinished comes with a later call. */
    public byte[] filter(byte[] bytes, int offset, int length) {
        chunk = bytes;
        chunkOffset = offset;
        chunkStart = parser.position();
        parser.feed(bytes, offset, length);
        holdRest();
        chunk = new byte[0];
        return out.take();
    }

    private void holdRest() {
        long end = parser.position();
        if (start >= chunkStart) {
            held.clear();
            heldStart = start;
        }
        held.add(chunk, index(heldStart + held.length), index(end));
        if (end - start > maxHeld) {
            // It will be dropped whatever comes. Its end may yet begin the next sequence.
            held.dropFirst(Math.max(held.length - LAST_WORDS, 0));
            heldStart = end - held.length;
            flushControls();
        }
    }

    /** The place in the chunk of a position that is not before it. */
    private int index(long position) {
        return chunkOffset + (int) (position - chunkStart);
    }

    private byte at(long position) {
        return position < chunkStart
                ? held.array[(int) (position - heldStart)]
                : chunk[index(position)];
    }

    private void keep() {
        long end = parser.position();
        if (start < chunkStart) {
            int from = (int) (start - heldStart);
            out.add(held.array, from, (int) (Math.min(end, chunkStart) - heldStart));
        }
        if (end > chunkStart) {
            out.add(chunk, index(Math.max(start, chunkStart)), index(end));
        }
        endsInsideCharacter = false;
        decided(end);
    }

    private void drop() {
        flushControls();
        // The two halves around what goes must not become a character, least of all U+009B: a NUL
        // between them.
        if (endsInsideCharacter) out.add(0);
        endsInsideCharacter = false;
        decided(parser.position());
    }

    /** The end may lie before the chunk: what a byte gives up ended with the byte before. */
    private void decided(long end) {
        controls.clear();
        start = end;
    }

    private void flushControls() {
        if (controls.length > 0) endsInsideCharacter = false;
        out.add(controls.array, 0, controls.length);
        controls.clear();
    }

    /**
     * The length decides too: how much of a sequence could be held must not depend on the split.
     */
    private void keepUnless(boolean isQuery) {
        if (isQuery || parser.position() - start > maxHeld || holdsEnquiry()) drop();
        else keep();
    }

    private boolean holdsEnquiry() {
        for (long p = start; p < parser.position(); p++) {
            if (at(p) == ENQ) return true;
        }
        return false;
    }

    private final class Calls implements Parser.Handler {

        @Override
        public void printAscii(byte[] bytes, int from, int to) {
            keep();
        }

        @Override
        public void print(int codePoint) {
            boolean wasMalformed = codePoint == REPLACEMENT && !isWrittenReplacement();
            keep();
            endsInsideCharacter = wasMalformed;
        }

        private boolean isWrittenReplacement() {
            // No malformed subpart that begins with EF has three bytes.
            return at(start) == (byte) 0xef && parser.position() - start == 3;
        }

        @Override
        public void execute(int control) {
            boolean goes = control == ENQ || (dropsEffects && SideEffects.isControl(control));
            if (parser.isGround()) keepUnless(goes);
            else if (!goes) controls.add(control);
        }

        @Override
        public void escape(int id) {
            keepUnless(Queries.isEscapeQuery(id));
        }

        @Override
        public void csi(Csi csi) {
            keepUnless(Queries.isQuery(csi));
        }

        @Override
        public void osc(byte[] data, int length) {
            keepUnless(
                    Queries.isOscQuery(data, length)
                            || hasC1(data, length)
                            || (dropsEffects && SideEffects.isOsc(data, length)));
        }

        @Override
        public void dcs(Csi head, byte[] data, int length) {
            keepUnless(
                    Queries.isDcsQuery(head)
                            || hasC1(data, length)
                            || (dropsEffects && SideEffects.isDcs(head)));
        }

        @Override
        public void string(StringKind kind, byte[] data, int length) {
            keepUnless(Queries.isStringQuery(kind, data, length) || hasC1(data, length));
        }

        @Override
        public void discarded() {
            drop();
        }
    }

    private static boolean hasC1(byte[] data, int length) {
        for (int i = 1; i < length; i++) {
            if (data[i] < (byte) 0xa0 && data[i - 1] == (byte) 0xc2) return true;
        }
        return false;
    }

    /** A growing array whose memory is given back when it was large. */
    private static final class Bytes {

        private static final int KEPT = 64 * 1024;

        byte[] array = new byte[256];
        int length;

        void add(int b) {
            ensure(1);
            array[length++] = (byte) b;
        }

        void add(byte[] source, int from, int to) {
            ensure(to - from);
            System.arraycopy(source, from, array, length, to - from);
            length += to - from;
        }

        void dropFirst(int count) {
            byte[] rest = Arrays.copyOfRange(array, count, length);
            clear();
            add(rest, 0, rest.length);
        }

        byte[] take() {
            byte[] taken = Arrays.copyOf(array, length);
            clear();
            return taken;
        }

        void clear() {
            length = 0;
            if (array.length > KEPT) array = new byte[256];
        }

        private void ensure(int more) {
            if (length + more > array.length) {
                array = Arrays.copyOf(array, Math.max(length + more, 2 * array.length));
            }
        }
    }
}
