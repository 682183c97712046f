package dev.wormhole.server.keeper.wire;

import dev.wormhole.server.keeper.wire.FromKeeper.Accepted;
import dev.wormhole.server.keeper.wire.FromKeeper.Bytes;
import dev.wormhole.server.keeper.wire.FromKeeper.Ended;
import dev.wormhole.server.keeper.wire.FromKeeper.Exited;
import dev.wormhole.server.keeper.wire.FromKeeper.FlushDue;
import dev.wormhole.server.keeper.wire.FromKeeper.InputRefused;
import dev.wormhole.server.keeper.wire.FromKeeper.Opened;
import dev.wormhole.server.keeper.wire.FromKeeper.Pong;
import dev.wormhole.server.keeper.wire.FromKeeper.Processes;
import dev.wormhole.server.keeper.wire.FromKeeper.Refused;
import dev.wormhole.server.keeper.wire.FromKeeper.Resized;
import dev.wormhole.server.keeper.wire.FromKeeper.SpawnFailed;
import dev.wormhole.server.keeper.wire.FromKeeper.Spawned;
import dev.wormhole.server.keeper.wire.FromKeeper.Welcome;
import dev.wormhole.server.keeper.wire.FromKeeper.Why;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.HeldProcess;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bytes of what a keeper says. Pure. */
public final class FromKeeperCodec {

    private static final int WELCOME = 0x41;
    private static final int SPAWNED = 0x42;
    private static final int SPAWN_FAILED = 0x43;
    private static final int PROCESSES = 0x44;
    private static final int PONG = 0x45;
    private static final int FLUSH_DUE = 0x46;
    private static final int ENDED = 0x47;
    private static final int REFUSED = 0x4F;
    private static final int OPENED = 0x51;
    private static final int BYTES = 0x61;
    private static final int RESIZED = 0x62;
    private static final int EXITED = 0x63;
    private static final int ACCEPTED = 0x64;
    private static final int INPUT_REFUSED = 0x65;

    /** On the wire in place of an exit code. */
    private static final int BY_SIGNAL = -1;

    /** Bytes of one process in a list, without its note. */
    private static final int HELD = 16 + 8 + 8 + 1 + 3 * 8 + 2 * 2 + 4;

    /** Bytes of one client's count. */
    private static final int COUNT = 16 + 8;

    private FromKeeperCodec() {}

    /**
     * The whole frame, ready to be written.
     *
     * @throws IllegalArgumentException if a field is out of its range or the frame too long
     */
    public static ByteBuffer encode(FromKeeper message) {
        return switch (message) {
            case Welcome welcome ->
                    new WireWriter(WELCOME)
                            .u16(welcome.protocol())
                            .string(welcome.version())
                            .number(welcome.pid())
                            .number(welcome.startedMillis())
                            .finish();
            case Refused refused -> new WireWriter(REFUSED).string(refused.message()).finish();
            case Spawned spawned ->
                    new WireWriter(SPAWNED)
                            .u32(spawned.ref())
                            .key(spawned.key())
                            .number(spawned.pid())
                            .finish();
            case SpawnFailed failed ->
                    new WireWriter(SPAWN_FAILED)
                            .u32(failed.ref())
                            .string(failed.message())
                            .finish();
            case Processes processes -> encode(processes);
            case Pong pong ->
                    new WireWriter(PONG)
                            .u32(pong.ref())
                            .number(pong.residentBytes())
                            .number(pong.heldBytes())
                            .number(pong.spilledBytes())
                            .u32(pong.processes())
                            .finish();
            case FlushDue due -> new WireWriter(FLUSH_DUE).key(due.key()).finish();
            case Ended ended -> new WireWriter(ENDED).u32(ended.ref()).key(ended.key()).finish();
            case Opened opened -> encode(opened);
            case Bytes bytes ->
                    new WireWriter(BYTES).number(bytes.offset()).piece(bytes.bytes()).finish();
            case Resized resized ->
                    new WireWriter(RESIZED)
                            .number(resized.offset())
                            .number(resized.event())
                            .size(resized.size())
                            .finish();
            case Exited exited -> encode(exited);
            case Accepted accepted ->
                    new WireWriter(ACCEPTED)
                            .client(accepted.client())
                            .number(accepted.count())
                            .finish();
            case InputRefused refused ->
                    new WireWriter(INPUT_REFUSED)
                            .client(refused.client())
                            .number(refused.count())
                            .u8(refused.why().code())
                            .finish();
        };
    }

    /**
     * Writes the part of a BYTES frame that stands before its output, {@link Wire#BYTES_HEADER}
     * bytes: the output itself need not be copied behind it.
     */
    public static void bytesHeader(ByteBuffer target, long offset, int length) {
        target.putInt(Wire.BYTES_HEADER - 4 + length)
                .put((byte) BYTES)
                .putLong(offset)
                .putInt(length);
    }

    private static ByteBuffer encode(Processes processes) {
        var out = new WireWriter(PROCESSES).u32(processes.ref()).flag(processes.more());
        out.u32(processes.processes().size());
        for (HeldProcess process : processes.processes())
            out.key(process.key())
                    .number(process.pid())
                    .flag(process.ended())
                    .number(process.origin())
                    .number(process.first())
                    .number(process.end())
                    .size(process.size())
                    .note(process.note());
        return out.finish();
    }

    private static ByteBuffer encode(Opened opened) {
        var out =
                new WireWriter(OPENED)
                        .number(opened.from())
                        .number(opened.end())
                        .size(opened.size());
        out.u32(opened.counts().size());
        opened.counts().forEach((client, count) -> out.client(client).number(count));
        return out.finish();
    }

    private static ByteBuffer encode(Exited exited) {
        Integer code = exited.exitCode();
        String signal = exited.signal();
        return new WireWriter(EXITED)
                .number(exited.offset())
                .u32(code == null ? BY_SIGNAL : code)
                .string(signal == null ? "" : signal)
                .number(exited.millis())
                .finish();
    }

    /**
     * The message of one frame, null if its type is unknown.
     *
     * @param frame type and payload, as {@link FrameBuffer#next} gives them
     */
    public static @Nullable FromKeeper decode(ByteBuffer frame) throws WireException {
        var in = new WireReader(frame);
        FromKeeper message =
                switch (in.u8()) {
                    case WELCOME -> new Welcome(in.u16(), in.string(), in.number(), in.number());
                    case REFUSED -> new Refused(in.string());
                    case SPAWNED -> new Spawned(in.u32(), in.key(), in.number());
                    case SPAWN_FAILED -> new SpawnFailed(in.u32(), in.string());
                    case PROCESSES -> decodeProcesses(in);
                    case PONG ->
                            new Pong(in.u32(), in.number(), in.number(), in.number(), in.u32());
                    case FLUSH_DUE -> new FlushDue(in.key());
                    case ENDED -> new Ended(in.u32(), in.key());
                    case OPENED -> decodeOpened(in);
                    case BYTES -> new Bytes(in.number(), in.piece());
                    case RESIZED -> new Resized(in.number(), in.number(), in.size());
                    case EXITED -> decodeExited(in);
                    case ACCEPTED -> new Accepted(in.client(), in.number());
                    case INPUT_REFUSED ->
                            new InputRefused(in.optClient(), in.number(), Why.of(in.u8()));
                    default -> null;
                };
        if (message != null) in.end();
        return message;
    }

    private static Processes decodeProcesses(WireReader in) throws WireException {
        int ref = in.u32();
        boolean more = in.flag();
        int count = in.count(HELD);
        List<HeldProcess> processes = new ArrayList<>(count);
        for (int i = 0; i < count; i++)
            processes.add(
                    new HeldProcess(
                            in.key(),
                            in.number(),
                            in.flag(),
                            in.number(),
                            in.number(),
                            in.number(),
                            in.size(),
                            in.note()));
        return new Processes(ref, more, processes);
    }

    private static Opened decodeOpened(WireReader in) throws WireException {
        long from = in.number();
        long end = in.number();
        var size = in.size();
        int count = in.count(COUNT);
        Map<ClientKey, Long> counts = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) counts.put(in.client(), in.number());
        return new Opened(from, end, size, counts);
    }

    private static Exited decodeExited(WireReader in) throws WireException {
        long offset = in.number();
        int code = in.u32();
        if (code < BY_SIGNAL || code > 255) throw new WireException("exit code: " + code);
        return new Exited(
                offset, code == BY_SIGNAL ? null : (Integer) code, in.optString(), in.number());
    }
}
