package dev.wormhole.bench.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** A viewer that is a program in a terminal: the peer's own client, or the script itself. */
final class PtySeat extends Seat {

    private final PtyProcess process;

    PtySeat(List<String> command, Place place, Pace pace) throws IOException {
        this(command, place, pace, _ -> {});
    }

    /**
     * @param ear gets what comes, on the reading thread; it may consume the buffer
     */
    PtySeat(List<String> command, Place place, Pace pace, Consumer<ByteBuffer> ear)
            throws IOException {
        process =
                PtyProcess.start(
                        command,
                        place,
                        pace,
                        bytes -> {
                            heard(bytes);
                            ear.accept(bytes.duplicate());
                        });
    }

    @Override
    void send(byte[] bytes) throws IOException {
        process.write(bytes);
    }

    @Override
    public void close() {
        process.close();
    }
}
