package dev.wormhole.server.keeper.process;

import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.keeper.wire.FromKeeper.Accepted;
import dev.wormhole.server.keeper.wire.FromKeeper.Exited;
import dev.wormhole.server.keeper.wire.KeeperFiles;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.NativeProcess;
import dev.wormhole.server.pty.Posix;
import dev.wormhole.server.pty.ProcessEnd;
import dev.wormhole.server.pty.ProcessKey;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * One process: its terminal is read into its output as far as there is room, its input is written
 * as far as it reads, and its end is told behind its last byte.
 *
 * <p>Owned by the loop.
 */
final class KeptProcess {

    private static final Logger log = LoggerFactory.getLogger(KeptProcess.class);

    /** Read, or written, before others get their turn. */
    private static final int TURN = 64 << 10;

    /**
     * A line discipline in canonical mode holds 4095 bytes; smaller writes let control characters
     * in between.
     */
    private static final int PIECE = 1 << 10;

    /**
     * What may be left in the terminal when its process has ended: the kernel holds less. Others
     * may go on holding the terminal; what they print later belongs to nobody.
     */
    private static final int REMAINS = 256 << 10;

    private final Loop loop;
    private final Processes all;
    private final ProcessKey key;
    private final long origin;
    private final boolean neverSpill;
    private final String note;
    private final NativeProcess process;
    private final Output output;
    private final Typed typed;
    private final Poller.Watch terminalWatch;
    private final Poller.Watch exitWatch;

    private TerminalSize size;
    private long lastEvent;
    private @Nullable ProcessPeer peer;
    private Timers.@Nullable Timer killing;

    /** Nobody wants what it prints. */
    private boolean discarding;

    /** There was no room for more output. */
    private boolean stalled;

    /** The terminal has nothing more to read, for ever. */
    private boolean terminalOver;

    private @Nullable ProcessEnd end;
    private long endedMillis;
    private int remainsRead;

    /** Its end is known and its output complete; its descriptors are closed. */
    private boolean finished;

    private boolean flushTold;

    KeptProcess(Loop loop, Processes all, ToKeeper.Spawn spawn, NativeProcess process) {
        this.loop = loop;
        this.all = all;
        this.process = process;
        key = spawn.key();
        origin = spawn.origin();
        neverSpill = spawn.neverSpill();
        note = spawn.note();
        size = spawn.size();
        lastEvent = spawn.event() - 1;
        var options = loop.options();
        output =
                new Output(
                        loop.memory(),
                        origin,
                        options.limits().ring(),
                        KeeperFiles.spill(options.dataDirectory(), key));
        typed = new Typed(loop.memory(), options.limits().input());
        terminalWatch = loop.poller().watch(process.terminal(), this::terminalReady);
        exitWatch = loop.poller().watch(process.exitDescriptor(), _ -> reap());
        exitWatch.want(Posix.POLLIN);
        updateWatch();
    }

    ProcessKey key() {
        return key;
    }

    int pid() {
        return process.pid();
    }

    TerminalSize size() {
        return size;
    }

    Output output() {
        return output;
    }

    Typed typed() {
        return typed;
    }

    long bytesInMemory() {
        return output.bytesInMemory() + typed.bytesInMemory();
    }

    HeldProcess held() {
        return new HeldProcess(
                key, process.pid(), finished, origin, output.first(), output.end(), size, note);
    }

    /** Its end, once its output is complete; null before. */
    @Nullable Exited exited() {
        ProcessEnd known = end;
        return finished && known != null
                ? new Exited(output.end(), known.exitCode(), known.signal(), endedMillis)
                : null;
    }

    boolean isFinished() {
        return finished;
    }

    /** Whoever reads it from now on; the former one is closed. */
    void readBy(ProcessPeer next) {
        ProcessPeer former = peer;
        peer = next;
        if (former != null) former.replaced();
        mayGoOn();
    }

    void leftBy(ProcessPeer former) {
        if (peer != former) return;
        peer = null;
        mayGoOn();
    }

    // --- output

    private void terminalReady(int seen) {
        // Nobody has the other side open: what is typed goes nowhere.
        if ((seen & Posix.GONE) != 0) typed.close();
        if ((seen & Posix.POLLOUT) != 0) write();
        if ((seen & (Posix.POLLIN | Posix.GONE)) != 0) read();
        updateWatch();
    }

    /** Something has changed that may let its output go on: room, or no server. */
    void mayGoOn() {
        stalled = false;
        if (finished) return;
        // Nothing more comes, so poll may say nothing.
        if (end != null) read();
        if (!finished) updateWatch();
    }

    /** Its reader has taken something: the output may get ahead again. */
    void readerWentOn() {
        if (finished) return;
        if (end != null && mayRead()) read();
        if (!finished) updateWatch();
    }

    private boolean mayRead() {
        if (terminalOver || finished) return false;
        if (discarding) return true;
        if (stalled) return false;
        ProcessPeer reader = peer;
        return reader == null
                || !all.serverIsThere()
                || output.end() - reader.position() < loop.options().limits().ahead();
    }

    private void updateWatch() {
        if (finished) return;
        int wanted = mayRead() ? Posix.POLLIN : 0;
        if (!typed.isEmpty()) wanted |= Posix.POLLOUT;
        terminalWatch.want(wanted);
    }

    private void read() {
        int left = TURN;
        while (left > 0 && mayRead()) {
            MemorySegment room = roomToRead();
            if (room == null) {
                stalled = true;
                break;
            }
            int most = (int) Math.min(room.byteSize(), left);
            int count = Posix.read(process.terminal(), room.asSlice(0, most), loop.io().errno());
            if (count > 0) {
                left -= count;
                added(count);
                continue;
            }
            int reason = count == 0 ? 0 : loop.io().errno().value();
            if (reason == Posix.EINTR) continue;
            // Linux reports the end of a terminal whose last program went as EIO. Whatever it is,
            // it comes again at the next read.
            if (reason != Posix.EAGAIN) terminalOver = true;
            else if (end == null) break;
            if (end != null) finish();
            break;
        }
        if (!finished && end != null && remainsRead > REMAINS) finish();
        // Not read to its end in one turn: poll has no reason to say so again if others hold it.
        if (!finished && end != null && left <= 0) read();
        ProcessPeer reader = peer;
        if (reader != null) reader.flush();
    }

    private void added(int count) {
        if (end != null) remainsRead += count;
        if (discarding) return;
        output.added(count);
        if (!flushTold && output.end() - output.first() > loop.options().limits().flushDue()) {
            flushTold = true;
            all.flushDue(key);
        }
    }

    private @Nullable MemorySegment roomToRead() {
        if (discarding) return loop.io().waste();
        MemorySegment room = output.room();
        while (room == null && !all.serverIsThere() && all.makeRoomFor(this)) room = output.room();
        return room;
    }

    /** Moves some of its output to the disk; false: that is not possible. */
    boolean spill() {
        return !neverSpill && output.spillOldest(all.spillLimit());
    }

    void confirm(long offset, long event) {
        output.confirm(offset, event);
        flushTold = false;
        mayGoOn();
    }

    /** Another server: it is to be told anew. */
    void serverCame() {
        flushTold = false;
        output.maySpillAgain();
        mayGoOn();
    }

    /**
     * Changes the size between two reads, and writes down where; one whose number was used was done
     * before. False: too many are unconfirmed.
     */
    boolean resize(long event, TerminalSize next) {
        if (end != null || event <= lastEvent) return true;
        if (!output.resized(event, next)) return false;
        if (!process.resize(next)) log.warn("pid {}: size not set", process.pid());
        lastEvent = event;
        size = next;
        return true;
    }

    // --- input

    /** Whether it can still be typed to. */
    boolean reads() {
        return end == null;
    }

    /** Writes what waits, as far as the program reads. */
    void write() {
        int left = TURN;
        while (left > 0 && !finished && !typed.isEmpty()) {
            MemorySegment piece = typed.next(PIECE);
            int count = Posix.write(process.terminal(), piece, loop.io().errno());
            if (count > 0) {
                typed.written(count);
                left -= count;
                continue;
            }
            int reason = count == 0 ? Posix.EAGAIN : loop.io().errno().value();
            if (reason == Posix.EINTR) continue;
            if (reason != Posix.EAGAIN) typed.close();
            break;
        }
        updateWatch();
        ProcessPeer reader = peer;
        if (reader != null)
            for (ClientKey client : typed.welcomeAgain())
                reader.send(new Accepted(client, typed.count(client)));
    }

    void signal(int number) {
        if (end == null) process.signal(number);
    }

    // --- end

    void hangUp() {
        if (end != null || killing != null) return;
        process.hangUp();
        killing = loop.timers().after(loop.options().pauses().hangUp(), process::kill);
    }

    /** Hangs up, and nobody wants to know what it prints until then. */
    void discard() {
        discarding = true;
        hangUp();
        mayGoOn();
    }

    private void reap() {
        try {
            ProcessEnd known = process.reap();
            if (known == null) return;
            end = known;
        } catch (IOException e) {
            log.error("pid {}: its end cannot be told", process.pid(), e);
            end = new ProcessEnd(null, null);
        }
        endedMillis = System.currentTimeMillis();
        exitWatch.stop();
        if (killing != null) killing.cancel();
        typed.close();
        if (discarding || terminalOver) finish();
        else read();
        if (!finished) updateWatch();
    }

    private void finish() {
        finished = true;
        terminalWatch.stop();
        process.close();
        log.info("{} {}: ended, pid {}", key.session().shortForm(), key.generation(), pid());
        ProcessPeer reader = peer;
        if (reader != null) reader.flush();
        all.finished(this);
    }

    /** Nobody will ask for it any more; it has ended. */
    void forget() {
        ProcessPeer reader = peer;
        peer = null;
        if (reader != null) reader.replaced();
        output.close();
        typed.close();
    }

    /** The keeper ends without order: nothing of it may be left. */
    void abandon() {
        if (!finished) {
            process.kill();
            terminalWatch.stop();
            if (end == null) exitWatch.stop();
            process.close();
            finished = true;
        }
        forget();
    }
}
