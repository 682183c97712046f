package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.terminal.OutputScanner;
import dev.wormhole.terminal.Parser;
import dev.wormhole.terminal.TerminalModes;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Reads along with a session's output for what the server has to know while it keeps no screen:
 * title, directory, bell, queries to answer, whether the alternate screen is shown, and where
 * output may be cut.
 *
 * <p>Owned by the session thread.
 */
final class OutputWatch {

    /** What the output said. */
    interface Listener {

        void title(String title);

        /** The shell's directory on this host, absolute (OSC 7). */
        void directory(String path);

        void bell();

        /** A fixed answer to a query, for the program. */
        void reply(ByteString answer);
    }

    /** In the answer to XTVERSION; printable ASCII. */
    private static final String VERSION = "0.1.0";

    private static final String HOST = hostName();

    private final Listener listener;
    private final OutputScanner scanner;
    private final TerminalModes modes = new TerminalModes();
    private final Parser modeParser = new Parser(modes);

    /** While old output is read again nothing it says happens a second time. */
    private boolean muted;

    OutputWatch(Listener listener) {
        this.listener = listener;
        scanner = new OutputScanner(VERSION, new Heard());
    }

    /** Reads new output; the index at which it may be cut, or {@link RingBuffer#NO_CUT}. */
    int scan(ByteString bytes) {
        byte[] array = bytes.toArray();
        long before = scanner.position();
        scanner.seekCuts();
        scanner.feed(array, 0, array.length);
        modeParser.feed(array, 0, array.length);
        long cut =
                scanner.lineStart() == OutputScanner.NONE
                        ? scanner.boundary()
                        : scanner.lineStart();
        return cut == OutputScanner.NONE ? RingBuffer.NO_CUT : Math.toIntExact(cut - before);
    }

    /** Reads output from before this server's time, for the modes it left. */
    void replay(List<RingBuffer.Entry> entries) {
        muted = true;
        for (RingBuffer.Entry entry : entries) scan(entry.bytes());
        muted = false;
    }

    boolean isAlternateScreen() {
        return modes.alternateScreen();
    }

    private final class Heard implements OutputScanner.Listener {

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
            if (!muted) listener.bell();
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
