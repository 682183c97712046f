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

    /** Hears the screen from now on. */
    SessionScreen(Screen screen, Listener listener) {
        this.listener = listener;
        this.screen = screen;
        screen.listener(new Heard());
    }

    /** Takes new output. */
    void feed(ByteString bytes) {
        byte[] array = bytes.toArray();
        screen.feed(array, 0, array.length);
    }

    /** Changes the size here in the output. */
    void resize(TerminalSize size) {
        screen.resize(size.cols(), size.rows());
    }

    /** From now on queries are answered from these. */
    void facts(TerminalFacts facts) {
        screen.facts(facts);
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
            listener.title(title);
        }

        @Override
        public void directory(String host, String path) {
            // A shell on another machine, through ssh, names directories that are not ours.
            boolean ours =
                    host.isEmpty()
                            || host.equalsIgnoreCase("localhost")
                            || host.equalsIgnoreCase(HOST);
            if (ours) listener.directory(path);
        }

        @Override
        public void bell() {
            listener.happened(new Happening.Bell());
        }

        @Override
        public void notification(String title, String body) {
            listener.happened(new Happening.Notification(title, body));
        }

        @Override
        public void clipboard(String selection, byte[] text) {
            ByteString data = ByteString.copyOf(text);
            listener.happened(new Happening.Clipboard(selection, data));
        }

        @Override
        public void reply(byte[] answer) {
            listener.reply(ByteString.wrap(answer, 0, answer.length));
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
