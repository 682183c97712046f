package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;
import dev.wormhole.terminal.screen.SnapshotDepth;
import dev.wormhole.terminal.screen.TerminalFacts;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The screen that a session's output has drawn, and what of the output is for the server to hear.
 * Output that is read again draws, and nothing it says happens a second time.
 *
 * <p>Owned by the session thread.
 */
final class SessionScreen {

    /** What the output said. */
    interface Listener {

        void title(String title);

        /** The shell's directory on this host, absolute (OSC 7). */
        void directory(String path);

        void happened(Happening what);

        /** The answer to a query, for the program. */
        void reply(ByteString answer);
    }

    private static final String HOST = hostName();

    private final Listener listener;
    private final Screen screen;
    private boolean muted;

    /**
     * @param historyLines how many lines of scrollback are kept
     */
    SessionScreen(TerminalSize size, int historyLines, Listener listener) {
        this.listener = listener;
        screen = new Screen(size.cols(), size.rows(), historyLines, new Heard());
    }

    /** Takes new output. */
    void feed(ByteString bytes) {
        byte[] array = bytes.toArray();
        screen.feed(array, 0, array.length);
    }

    /** Does something with the screen that is not the process's doing. */
    void muted(Runnable work) {
        muted = true;
        try {
            work.run();
        } finally {
            muted = false;
        }
    }

    /** Changes the size here in the output. */
    void resize(TerminalSize size) {
        screen.resize(size.cols(), size.rows());
    }

    /** From now on queries are answered from these. */
    void facts(TerminalFacts facts) {
        screen.facts(facts);
    }

    boolean isAlternate() {
        return screen.isAlternate();
    }

    ByteString snapshot(SnapshotDepth depth) {
        byte[] bytes = screen.snapshot(depth);
        return ByteString.wrap(bytes, 0, bytes.length);
    }

    long hash() {
        return screen.hash();
    }

    HistoryView history() {
        return HistoryView.of(screen.history());
    }

    /** The screen itself, for the store. */
    Screen screen() {
        return screen;
    }

    private final class Heard implements ScreenListener {

        @Override
        public void title(String title) {
            if (!muted) listener.title(title);
        }

        @Override
        public void directory(String host, String path) {
            // A shell on another machine, through ssh, names directories that are not ours.
            boolean ours =
                    host.isEmpty()
                            || host.equalsIgnoreCase("localhost")
                            || host.equalsIgnoreCase(HOST);
            if (!muted && ours) listener.directory(path);
        }

        @Override
        public void bell() {
            if (!muted) listener.happened(new Happening.Bell());
        }

        @Override
        public void notification(String title, String body) {
            if (!muted) listener.happened(new Happening.Notification(title, body));
        }

        @Override
        public void clipboard(String selection, byte[] text) {
            if (muted) return;
            ByteString data = ByteString.copyOf(text);
            listener.happened(new Happening.Clipboard(selection, data));
        }

        @Override
        public void reply(byte[] answer) {
            if (!muted) listener.reply(ByteString.wrap(answer, 0, answer.length));
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
