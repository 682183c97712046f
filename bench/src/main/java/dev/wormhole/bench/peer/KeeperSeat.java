package dev.wormhole.bench.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;

/** The reader of one terminal of a keeper. Its own thread reads; others watch. */
final class KeeperSeat extends Seat {

    /** A server that floods confirms what it has committed in about such pieces. */
    private static final int CONFIRM_BYTES = 1 << 20;

    private final KeeperLine line;

    private KeeperSeat(KeeperLine line) {
        this.line = line;
    }

    static KeeperSeat open(Path door, UUID id, Pace pace) throws IOException {
        KeeperLine line = KeeperLine.connect(door, true);
        line.open(id);
        var seat = new KeeperSeat(line);
        Thread.ofPlatform()
                .name("bench-keeper-" + id)
                .daemon()
                .start(() -> seat.read(pace.clock()));
        return seat;
    }

    private void read(Pace.Clock clock) {
        long offset = 0;
        long confirmed = 0;
        try {
            while (true) {
                ByteBuffer frame = line.next();
                if ((frame.get() & 0xff) != KeeperLine.BYTES) continue;
                offset = frame.getLong();
                frame.getInt();
                offset += frame.remaining();
                clock.took(frame.remaining());
                heard(frame);
                if (offset - confirmed < CONFIRM_BYTES) continue;
                confirmed = offset;
                line.confirm(offset);
            }
        } catch (IOException e) {
            // It was closed, here or there: who waits for something is told by not seeing it.
            return;
        }
    }

    @Override
    void send(byte[] bytes) throws IOException {
        line.type(bytes);
    }

    @Override
    public void close() {
        try {
            line.close();
        } catch (IOException e) {
            System.err.println("bench: " + e.getMessage());
        }
    }
}
