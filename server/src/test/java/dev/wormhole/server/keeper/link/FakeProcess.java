package dev.wormhole.server.keeper.link;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.keeper.wire.FromKeeper;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.ProcessKey;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A process of a {@link FakeKeeper}: prints what the test says and keeps what is typed. */
final class FakeProcess {

    static final TerminalSize SIZE = new TerminalSize(80, 24);

    private static final int PIECE = 5_000;

    private final ProcessKey key;
    private byte[] output = {};
    private final Map<Long, FromKeeper.Resized> sizes = new TreeMap<>();
    private FromKeeper.@Nullable Exited exit;
    private final ByteArrayOutputStream typed = new ByteArrayOutputStream();
    private final Map<ClientKey, Long> counts = new HashMap<>();
    private final List<ToKeeper> told = new ArrayList<>();
    private boolean full;
    private FakeKeeper.@Nullable Line line;

    FakeProcess(ProcessKey key) {
        this.key = key;
    }

    ProcessKey key() {
        return key;
    }

    long pid() {
        return ProcessHandle.current().pid();
    }

    synchronized void print(byte[] bytes) {
        byte[] all = new byte[output.length + bytes.length];
        System.arraycopy(output, 0, all, 0, output.length);
        System.arraycopy(bytes, 0, all, output.length, bytes.length);
        output = all;
        notifyAll();
    }

    /** Takes effect behind what was printed. */
    synchronized void resized(long event, TerminalSize size) {
        sizes.putIfAbsent(event, new FromKeeper.Resized(output.length, event, size));
        notifyAll();
    }

    synchronized void exit(int code) {
        exit = new FromKeeper.Exited(output.length, code, null, 1);
        notifyAll();
    }

    /** Takes no input until it is told otherwise. */
    synchronized void doesNotRead(boolean stubborn) throws IOException {
        full = stubborn;
        FakeKeeper.Line current = line;
        if (full || current == null) return;
        for (ClientKey client : List.copyOf(counts.keySet()))
            current.write(new FromKeeper.Accepted(client, counts.get(client)));
    }

    /** The keeper has not heard of any client for long. */
    synchronized void forgetsCounts() {
        counts.clear();
    }

    synchronized byte[] typed() {
        return typed.toByteArray();
    }

    /** What was said about the process beside its input. */
    synchronized List<ToKeeper> told() {
        return List.copyOf(told);
    }

    synchronized void opened(FakeKeeper.Line opener, ToKeeper.Open wanted) throws IOException {
        line = opener;
        opener.write(new FromKeeper.Opened(wanted.from(), output.length, SIZE, counts));
        Thread.ofPlatform().daemon().name("fake-output").start(() -> stream(opener, wanted));
    }

    synchronized void told(FakeKeeper.Line teller, ToKeeper message) throws IOException {
        switch (message) {
            case ToKeeper.Input input -> typed(teller, input);
            case ToKeeper.Resize resize -> {
                told.add(resize);
                resized(resize.event(), resize.size());
            }
            default -> told.add(message);
        }
    }

    private void typed(FakeKeeper.Line teller, ToKeeper.Input input) throws IOException {
        ClientKey client = input.client();
        if (client == null) {
            typed.writeBytes(input.bytes().toArray());
            return;
        }
        long count = counts.computeIfAbsent(client, _ -> 0L);
        if (full) {
            teller.write(new FromKeeper.InputRefused(client, count, FromKeeper.Why.FULL));
            return;
        }
        if (input.from() > count) {
            teller.write(new FromKeeper.InputRefused(client, count, FromKeeper.Why.GAP));
            return;
        }
        long end = input.from() + input.bytes().length();
        if (end > count) {
            int known = (int) (count - input.from());
            typed.writeBytes(input.bytes().slice(known, input.bytes().length()).toArray());
            counts.put(client, end);
        }
        teller.write(new FromKeeper.Accepted(client, counts.get(client)));
    }

    private void stream(FakeKeeper.Line to, ToKeeper.Open wanted) {
        long at = wanted.from();
        long event = wanted.event();
        try {
            while (to.isOpen()) {
                FromKeeper next = next(to, at, event);
                if (next == null) return;
                to.write(next);
                if (next instanceof FromKeeper.Bytes(long offset, ByteString bytes))
                    at = offset + bytes.length();
                if (next instanceof FromKeeper.Resized resized) event = resized.event() + 1;
                if (next instanceof FromKeeper.Exited) return;
            }
        } catch (IOException e) {
            // The connection broke.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable FromKeeper next(FakeKeeper.Line to, long at, long event)
            throws InterruptedException {
        while (true) {
            if (line != to) return null;
            FromKeeper.Resized size = null;
            for (FromKeeper.Resized each : sizes.values())
                if (each.event() >= event && size == null) size = each;
            if (size != null && size.offset() <= at) return size;
            long limit = size == null ? output.length : size.offset();
            if (at < limit) {
                int length = (int) Math.min(PIECE, limit - at);
                return new FromKeeper.Bytes(at, ByteString.copyOf(output, (int) at, length));
            }
            if (exit != null) return exit;
            wait(1000);
            if (!to.isOpen()) return null;
        }
    }
}
