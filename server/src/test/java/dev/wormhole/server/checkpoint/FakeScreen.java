package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.session.Mark;
import dev.wormhole.server.session.NewScreen;
import dev.wormhole.server.session.SealedLines;
import dev.wormhole.server.session.StoredScreen;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The bytes and numbers of a screen, as the store sees them. */
final class FakeScreen {

    final List<Mark> events = new ArrayList<>();
    final List<SealedLines> blocks = new ArrayList<>();
    ByteString snapshot = ByteString.EMPTY;
    boolean due;
    boolean broken;
    private long sealedEnd;

    void restore(List<SealedLines> stored) {
        blocks.addAll(stored);
        if (!stored.isEmpty()) sealedEnd = stored.getLast().endLine();
    }

    void seal(int lines, Random random) {
        blocks.add(new SealedLines(sealedEnd, lines, bytes(random, 30 * lines)));
        sealedEnd += lines;
    }

    NewScreen show(long offset, long event, TerminalSize size, long newFrom) {
        due = false;
        long firstLine = blocks.isEmpty() ? sealedEnd : blocks.getFirst().firstLine();
        return new NewScreen(
                new StoredScreen(offset, event, size, firstLine, snapshot),
                newFrom,
                blocks.stream().filter(block -> block.firstLine() >= newFrom).toList());
    }

    static ByteString bytes(Random random, int max) {
        byte[] bytes = new byte[random.nextInt(max)];
        int alphabet = 1 + random.nextInt(256);
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) random.nextInt(alphabet);
        return ByteString.copyOf(bytes);
    }
}
