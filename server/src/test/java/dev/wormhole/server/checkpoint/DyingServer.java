package dev.wormhole.server.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/**
 * A process that stores sessions until it is killed, and says on its output what was acknowledged:
 * {@code <session number> <bytes>} a line.
 */
public final class DyingServer {

    static final int SESSIONS = 3;

    private DyingServer() {}

    public static void main(String[] arguments) throws Exception {
        long seed = Long.parseLong(arguments[1]);
        var random = new Random(seed);
        var settings = new CheckpointSettings(Duration.ofMillis(5), FakeSession.CAPS);
        // Never closed: it does not come to that.
        var store = Checkpointer.open(Path.of(arguments[0]), settings);
        var sessions = new FakeSession[SESSIONS];
        for (int i = 0; i < SESSIONS; i++) {
            sessions[i] = StoreFixture.created(store);
            sessions[i].rename("session " + i);
        }
        long[] written = new long[SESSIONS];
        while (true) {
            int i = random.nextInt(SESSIONS);
            String text = output(i, written[i], 1 + random.nextInt(3_000));
            written[i] += text.length();
            sessions[i].write(text);
            if (random.nextInt(3) == 0) {
                StoreFixture.await(store.commit(sessions[i]));
                say(i + " " + written[i]);
            } else {
                store.dirty(sessions[i]);
            }
        }
    }

    /** What session {@code i} prints at an offset; every byte says where it belongs. */
    static String output(int i, long offset, int length) {
        var text = new StringBuilder(length);
        for (long at = offset; at < offset + length; at++)
            text.append((char) ('!' + (at * 31 + at / 1_000 + i) % 90));
        return text.toString();
    }

    private static void say(String line) throws IOException {
        System.out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        System.out.flush();
    }
}
