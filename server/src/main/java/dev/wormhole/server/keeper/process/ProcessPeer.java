package dev.wormhole.server.keeper.process;

import dev.wormhole.server.keeper.wire.FromKeeper;
import dev.wormhole.server.keeper.wire.FromKeeper.Resized;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.keeper.wire.Wire;
import dev.wormhole.server.keeper.wire.WireException;
import dev.wormhole.server.pty.ClientKey;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * The connection of one process: a cursor into its output.
 *
 * <p>Owned by the loop.
 */
final class ProcessPeer implements Peer {

    private final Connection connection;
    private final Processes all;
    private final KeptProcess process;
    private final MemorySegment scratch;

    /** Offset behind the last whole frame. */
    private long position;

    private long nextEvent;
    private boolean exitTold;

    ProcessPeer(
            Connection connection,
            Processes all,
            KeptProcess process,
            ToKeeper.Open open,
            MemorySegment scratch) {
        this.connection = connection;
        this.all = all;
        this.process = process;
        this.scratch = scratch;
        position = Math.max(open.from(), process.output().first());
        nextEvent = open.event();
    }

    /** Answers, and streams. */
    void open() {
        connection.become(this);
        connection.send(
                new FromKeeper.Opened(
                        position,
                        process.output().end(),
                        process.size(),
                        process.typed().counts()));
        process.readBy(this);
        connection.flush();
    }

    long position() {
        return position;
    }

    void send(FromKeeper message) {
        connection.send(message);
    }

    void flush() {
        connection.flush();
    }

    /** Another connection has this process, or nobody. */
    void replaced() {
        connection.fail("replaced");
    }

    @Override
    public boolean more() throws IOException {
        if (!connection.isOpen()) return false;
        Resized mark = process.output().mark(nextEvent);
        if (mark != null && mark.offset() <= position) {
            nextEvent = mark.event() + 1;
            connection.send(mark);
            return true;
        }
        long until = mark == null ? process.output().end() : mark.offset();
        if (position < until) {
            int most = (int) Math.min(until - position, Wire.MAX_BYTES);
            connection.sendOutput(position, (int) output(position, most).byteSize());
            return true;
        }
        FromKeeper.Exited exited = process.exited();
        if (exited == null || exitTold) return false;
        exitTold = true;
        connection.send(exited);
        return true;
    }

    MemorySegment output(long offset, int most) throws IOException {
        return process.output().at(offset, most, scratch);
    }

    @Override
    public void sent(int bytes) {
        position += bytes;
    }

    @Override
    public void flushed() {
        process.readerWentOn();
    }

    @Override
    public void gone() {
        process.leftBy(this);
    }

    @Override
    public void heard(ToKeeper message) throws WireException {
        switch (message) {
            case ToKeeper.Input input -> input(input);
            case ToKeeper.Resize resize -> {
                if (!process.resize(resize.event(), resize.size()))
                    throw new WireException("too many changes of size");
            }
            case ToKeeper.Confirm confirm -> {
                if (confirm.offset() > position)
                    throw new WireException("confirmed what was not sent");
                process.confirm(confirm.offset(), confirm.event());
            }
            case ToKeeper.Signal signal -> process.signal(signal.number());
            case ToKeeper.HangUp() -> process.hangUp();
            case ToKeeper.Forget() -> all.forget(process);
            case ToKeeper.Hello _,
                    ToKeeper.Spawn _,
                    ToKeeper.ListProcesses _,
                    ToKeeper.End _,
                    ToKeeper.Server _,
                    ToKeeper.Stopping _,
                    ToKeeper.Shutdown _,
                    ToKeeper.Ping _,
                    ToKeeper.Open _ ->
                    throw new WireException("not on the connection of a process");
        }
    }

    private void input(ToKeeper.Input input) {
        ClientKey client = input.client();
        Typed typed = process.typed();
        if (client == null) {
            if (process.reads() && !typed.take(input.bytes()))
                connection.send(new FromKeeper.InputRefused(null, 0, FromKeeper.Why.FULL));
        } else if (!process.reads()) {
            connection.send(new FromKeeper.Accepted(client, typed.count(client)));
        } else {
            Typed.Outcome outcome = typed.take(client, input.from(), input.bytes());
            long count = typed.count(client);
            connection.send(
                    switch (outcome) {
                        case TAKEN -> new FromKeeper.Accepted(client, count);
                        case FULL ->
                                new FromKeeper.InputRefused(client, count, FromKeeper.Why.FULL);
                        case GAP -> new FromKeeper.InputRefused(client, count, FromKeeper.Why.GAP);
                    });
        }
        if (process.reads()) process.write();
    }
}
