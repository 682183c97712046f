package dev.wormhole.client.attach;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.QueryFilter;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;
import dev.wormhole.terminal.screen.SnapshotDepth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;

/**
 * The terminal that {@code attach} runs in, as far as the session draws on it: either the session's
 * own bytes pass through, or it is painted from the Screen kept here. The Screen follows the
 * session in both cases. Nothing that would make the terminal answer is ever written.
 *
 * <p>Owned by the attach thread; only {@link #farewell} is called by the shutdown hook as well.
 */
final class OuterTerminal {

    private static final String CLEAR = "\033[?25h\033[H\033[2J";

    private final Consumer<byte[]> out;
    private final Screen screen;
    private final ScreenPainter painter = new ScreenPainter();
    private final MouseInput mouse = new MouseInput();
    private final ModeTracker modes = new ModeTracker();
    private QueryFilter filter = new QueryFilter(true);
    private TerminalSize own;
    private boolean isPassing;
    private boolean isPainting;

    /** What stood here before the session is in the terminal's scrollback. */
    private boolean isClaimed;

    OuterTerminal(Consumer<byte[]> out, TerminalSize own) {
        this.out = out;
        this.own = own;
        this.screen =
                new Screen(own.cols(), own.rows(), Screen.DEFAULT_HISTORY, new ScreenListener() {});
    }

    // ---- the session

    /** Keeps to the snapshot; shows nothing. */
    void resync(ServerMessage.Resync what, ByteString snapshot) {
        isPassing = false;
        byte[] bytes = snapshot.toArray();
        screen.beginSnapshot(what.size().cols(), what.size().rows(), what.keepsHistory());
        screen.feed(bytes, 0, bytes.length);
        screen.endSnapshot();
    }

    /** Keeps to the output, and shows it if it passes through. */
    void output(ByteString output) {
        byte[] bytes = output.toArray();
        screen.feed(bytes, 0, bytes.length);
        if (isPassing) pass(bytes);
    }

    /** The session has this size from here on; what it draws now passes no longer. */
    void sessionSize(TerminalSize size) {
        isPassing = false;
        screen.resize(size.cols(), size.rows());
    }

    /** The server has told this once; it is not in the bytes that pass. */
    void happened(Happening what) {
        String sequence =
                switch (what) {
                    case Happening.Bell() -> "\007";
                    case Happening.Notification(String title, String body) ->
                            title.isEmpty()
                                    ? "\033]9;" + body + "\033\\"
                                    : "\033]777;notify;" + title + ";" + body + "\033\\";
                    case Happening.Clipboard(String selection, ByteString data) ->
                            "\033]52;"
                                    + selection
                                    + ";"
                                    + Base64.getEncoder().encodeToString(data.toArray())
                                    + "\033\\";
                };
        out.accept(sequence.getBytes(StandardCharsets.UTF_8));
    }

    long hash() {
        return screen.hash();
    }

    /** The program is in the midst of a picture. */
    boolean isSynchronized() {
        return screen.isSynchronized();
    }

    // ---- showing it

    /** This terminal has another size: what it shows now is anybody's guess. */
    void ownSize(TerminalSize size) {
        own = size;
        isPassing = false;
    }

    /**
     * Shows the snapshot that the Screen was fed last, scrollback included; passes from here on.
     */
    void passSnapshot(ByteString snapshot) {
        passFrom(snapshot.toArray());
    }

    /** Shows the Screen's picture; passes from here on. Both have one size. */
    void passAgain() {
        passFrom(screen.snapshot(SnapshotDepth.GRIDS));
    }

    private void passFrom(byte[] snapshot) {
        clear();
        isPassing = true;
        isPainting = false;
        // The snapshot ends with the session's unfinished sequence: the filter goes on inside it.
        filter = new QueryFilter(true);
        pass(snapshot);
    }

    private void pass(byte[] bytes) {
        byte[] shown = filter.filter(bytes, 0, bytes.length);
        if (shown.length > 0) write(shown);
    }

    /** From here on only {@link #paint} shows something. */
    void beginPainting() {
        isPassing = false;
        isPainting = true;
        clear();
        painter.forget();
        mouse.forget();
    }

    /**
     * Paints what is different from the last picture.
     *
     * @param status for the last row; empty: none
     */
    void paint(String status) {
        String painted = painter.paint(screen, own, status);
        if (!painted.isEmpty()) write(painted.getBytes(StandardCharsets.UTF_8));
    }

    /** Typed bytes as the session is to get them. */
    ByteString typed(ByteString bytes) {
        return isPainting ? mouse.translate(bytes, screen, painter.viewport()) : bytes;
    }

    private void clear() {
        String scrolledAway = "\033[999;1H" + "\r\n".repeat(own.rows());
        out.accept(modes.takeBack());
        out.accept(((isClaimed ? "" : scrolledAway) + CLEAR).getBytes(StandardCharsets.US_ASCII));
        isClaimed = true;
    }

    private void write(byte[] bytes) {
        modes.feed(bytes);
        out.accept(bytes);
    }

    /**
     * What leaves the terminal as it was found, with the cursor on a fresh line below everything.
     */
    byte[] farewell() {
        byte[] back = modes.takeBack();
        byte[] below = "\033[?25h\033[999;1H\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] both = java.util.Arrays.copyOf(back, back.length + below.length);
        System.arraycopy(below, 0, both, back.length, below.length);
        return both;
    }
}
