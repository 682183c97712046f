package dev.wormhole.server.keeper.link;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.Pty;
import dev.wormhole.server.pty.PtyListener;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Hears a process and holds it to its word: output without gaps, the end once and last. */
final class Heard implements PtyListener {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<String> sizes = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final Map<ClientKey, Long> accepted = new ConcurrentHashMap<>();
    private boolean handles;
    private long next;
    private volatile @Nullable Pty pty;
    private int unhandled;
    private @Nullable String end;

    private Heard(long from, boolean handles) {
        this.next = from;
        this.handles = handles;
    }

    /** Hears output from this offset on and says at once that it was handled. */
    static Heard from(long offset) {
        return new Heard(offset, true);
    }

    /** Says that nothing was handled until {@link #handleAll}. */
    static Heard withoutHandling() {
        return new Heard(0, false);
    }

    /** Output that came before this is said to be handled then. */
    synchronized Pty of(Pty process) {
        pty = process;
        if (handles) handleAll();
        return process;
    }

    /** Says that all was handled, and goes on saying so. */
    synchronized void handleAll() {
        handles = true;
        Pty process = pty;
        if (process != null) process.handled(unhandled);
        unhandled = 0;
    }

    @Override
    public synchronized void output(long offset, ByteString piece) {
        if (end != null) broken.add("output after " + end);
        if (offset != next) broken.add("output at " + offset + " in place of " + next);
        next = offset + piece.length();
        bytes.writeBytes(piece.toArray());
        Pty process = pty;
        if (process != null && handles) process.handled(piece.length());
        else unhandled += piece.length();
    }

    @Override
    public synchronized void resized(long event, TerminalSize size) {
        sizes.add(event + ":" + size + "@" + next);
    }

    @Override
    public void accepted(ClientKey client, long count) {
        accepted.merge(client, count, Math::max);
    }

    @Override
    public synchronized void ended(
            @Nullable Integer exitCode, @Nullable String signal, long endedAt) {
        end(exitCode == null ? String.valueOf(signal) : "exit " + exitCode);
    }

    @Override
    public synchronized void lost() {
        end("lost");
    }

    private void end(String how) {
        if (end != null) broken.add(how + " after " + end);
        end = how;
    }

    synchronized byte[] bytes() {
        return bytes.toByteArray();
    }

    synchronized int length() {
        return bytes.size();
    }

    String text() {
        return new String(bytes(), StandardCharsets.ISO_8859_1);
    }

    /** "event:size@offset" of each. */
    synchronized List<String> sizes() {
        return List.copyOf(sizes);
    }

    /** What was not as promised. */
    synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    synchronized @Nullable String end() {
        return end;
    }

    long accepted(ClientKey client) {
        return accepted.getOrDefault(client, -1L);
    }

    String awaitEnd() {
        Awaitility.await().atMost(PATIENCE).until(() -> end() != null);
        return String.valueOf(end());
    }

    void await(String part) {
        Awaitility.await().atMost(PATIENCE).until(() -> text().contains(part));
    }
}
