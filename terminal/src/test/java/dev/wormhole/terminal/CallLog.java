package dev.wormhole.terminal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes down a parser's calls with their positions; pieces of one ASCII run become one entry. */
final class CallLog implements Parser.Handler {

    final List<String> calls = new ArrayList<>();
    final Parser parser;
    private boolean inRun;
    private boolean withPositions;
    private long ignoredUpTo = -1;

    CallLog() {
        this(Parser.DEFAULT_MAX_STRING);
    }

    CallLog(int maxString) {
        parser = new Parser(this, 0, maxString);
    }

    /** The calls for the text in Latin-1, so that {@code \u00ff} is one byte. */
    static List<String> of(String latin1) {
        var log = new CallLog();
        byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
        log.parser.feed(bytes, 0, bytes.length);
        return log.calls;
    }

    CallLog withPositions() {
        withPositions = true;
        return this;
    }

    /** Only the calls to come are written down. */
    CallLog forget() {
        calls.clear();
        inRun = false;
        return this;
    }

    /**
     * As feed, without the calls about what lies before the position: a character found to be cut
     * short.
     */
    CallLog feedAfter(long from, byte[] bytes) {
        ignoredUpTo = from;
        return feed(bytes);
    }

    CallLog feed(String latin1) {
        return feed(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    CallLog feed(byte[] bytes) {
        parser.feed(bytes, 0, bytes.length);
        return this;
    }

    @Override
    public void printAscii(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
        for (int i = 0; i < text.length(); i++) {
            assert text.charAt(i) >= 0x20 && text.charAt(i) < 0x7f;
        }
        if (inRun) text = calls.removeLast().replaceFirst("@\\d+$", "") + text;
        add(text);
        inRun = true;
    }

    @Override
    public void print(int codePoint) {
        add("U+%04X".formatted(codePoint));
    }

    @Override
    public void execute(int control) {
        add("C0 %02X%s".formatted(control, parser.isGround() ? "" : " inside"));
    }

    @Override
    public void escape(int id) {
        var text = new StringBuilder("ESC ");
        for (int shift = 16; shift >= 0; shift -= 8) {
            if ((id >> shift & 0xff) != 0) text.append((char) (id >> shift & 0xff));
        }
        add(text.toString());
    }

    @Override
    public void csi(Csi csi) {
        add(csi.toString());
    }

    @Override
    public void osc(byte[] data, int length) {
        add("OSC " + text(data, length));
    }

    @Override
    public void dcs(Csi head, byte[] data, int length) {
        add("DCS " + head.toString().substring(4) + "|" + text(data, length));
    }

    @Override
    public void string(StringKind kind, byte[] data, int length) {
        add(kind + " " + text(data, length));
    }

    @Override
    public void discarded() {
        add("discarded");
    }

    private void add(String call) {
        inRun = false;
        if (parser.position() <= ignoredUpTo) return;
        calls.add(withPositions ? call + "@" + parser.position() : call);
    }

    private static String text(byte[] data, int length) {
        for (int i = 0; i < length; i++) {
            if (data[i] < 0x20 || data[i] == 0x7f) return HexFormat.of().formatHex(data, 0, length);
        }
        return new String(data, 0, length, StandardCharsets.US_ASCII);
    }
}
