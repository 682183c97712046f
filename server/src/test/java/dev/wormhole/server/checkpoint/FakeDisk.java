package dev.wormhole.server.checkpoint;

/** A disk that says of itself what a test wants. Safe from any thread. */
final class FakeDisk implements DiskLook {

    volatile long usable = Long.MAX_VALUE;
    volatile boolean readOnly;

    @Override
    public long usableBytes() {
        return usable;
    }

    @Override
    public boolean isReadOnly() {
        return readOnly;
    }
}
