package dev.wormhole.server.keeper.wire;

import dev.wormhole.server.keeper.wire.ToKeeper.Confirm;
import dev.wormhole.server.keeper.wire.ToKeeper.End;
import dev.wormhole.server.keeper.wire.ToKeeper.Forget;
import dev.wormhole.server.keeper.wire.ToKeeper.HangUp;
import dev.wormhole.server.keeper.wire.ToKeeper.Hello;
import dev.wormhole.server.keeper.wire.ToKeeper.Input;
import dev.wormhole.server.keeper.wire.ToKeeper.ListProcesses;
import dev.wormhole.server.keeper.wire.ToKeeper.Open;
import dev.wormhole.server.keeper.wire.ToKeeper.Ping;
import dev.wormhole.server.keeper.wire.ToKeeper.Resize;
import dev.wormhole.server.keeper.wire.ToKeeper.Server;
import dev.wormhole.server.keeper.wire.ToKeeper.Shutdown;
import dev.wormhole.server.keeper.wire.ToKeeper.Signal;
import dev.wormhole.server.keeper.wire.ToKeeper.Spawn;
import dev.wormhole.server.keeper.wire.ToKeeper.Stopping;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/** The bytes of what a server says. Pure. */
public final class ToKeeperCodec {

    private static final int HELLO = 0x01;
    private static final int SPAWN = 0x02;
    private static final int LIST = 0x03;
    private static final int END = 0x04;
    private static final int SERVER = 0x05;
    private static final int STOPPING = 0x06;
    private static final int SHUTDOWN = 0x07;
    private static final int PING = 0x08;
    private static final int OPEN = 0x11;
    private static final int INPUT = 0x12;
    private static final int RESIZE = 0x13;
    private static final int CONFIRM = 0x14;
    private static final int SIGNAL = 0x15;
    private static final int HANGUP = 0x16;
    private static final int FORGET = 0x17;

    private static final int NEVER_SPILL = 1;

    private ToKeeperCodec() {}

    /**
     * The whole frame, ready to be written.
     *
     * @throws IllegalArgumentException if a field is out of its range or the frame too long
     */
    public static ByteBuffer encode(ToKeeper message) {
        return switch (message) {
            case Hello hello -> encode(hello);
            case Spawn spawn -> encode(spawn);
            case ListProcesses list -> new WireWriter(LIST).u32(list.ref()).finish();
            case End end -> new WireWriter(END).u32(end.ref()).key(end.key()).finish();
            case Server server -> encode(server);
            case Stopping() -> new WireWriter(STOPPING).finish();
            case Shutdown() -> new WireWriter(SHUTDOWN).finish();
            case Ping ping -> new WireWriter(PING).u32(ping.ref()).finish();
            case Open open ->
                    new WireWriter(OPEN)
                            .key(open.key())
                            .number(open.from())
                            .number(open.event())
                            .finish();
            case Input input ->
                    new WireWriter(INPUT)
                            .client(input.client())
                            .number(input.from())
                            .piece(input.bytes())
                            .finish();
            case Resize resize ->
                    new WireWriter(RESIZE).number(resize.event()).size(resize.size()).finish();
            case Confirm confirm ->
                    new WireWriter(CONFIRM)
                            .number(confirm.offset())
                            .number(confirm.event())
                            .finish();
            case Signal signal -> new WireWriter(SIGNAL).u8(signal.number()).finish();
            case HangUp() -> new WireWriter(HANGUP).finish();
            case Forget() -> new WireWriter(FORGET).finish();
        };
    }

    private static ByteBuffer encode(Hello hello) {
        return new WireWriter(HELLO)
                .u16(hello.protocol())
                .u8(hello.role().code())
                .bytes(hello.token())
                .string(hello.version())
                .finish();
    }

    private static ByteBuffer encode(Spawn spawn) {
        return new WireWriter(SPAWN)
                .u32(spawn.ref())
                .key(spawn.key())
                .number(spawn.origin())
                .number(spawn.event())
                .size(spawn.size())
                .u8(spawn.neverSpill() ? NEVER_SPILL : 0)
                .string(spawn.cwd())
                .strings(spawn.command())
                .pairs(spawn.env())
                .note(spawn.note())
                .finish();
    }

    private static ByteBuffer encode(Server server) {
        return new WireWriter(SERVER)
                .flag(server.restart())
                .number(server.spillLimit())
                .string(server.cwd())
                .strings(server.command())
                .pairs(server.env())
                .finish();
    }

    /**
     * The message of one frame, null if its type is unknown.
     *
     * @param frame type and payload, as {@link FrameBuffer#next} gives them
     */
    public static @Nullable ToKeeper decode(ByteBuffer frame) throws WireException {
        var in = new WireReader(frame);
        ToKeeper message =
                switch (in.u8()) {
                    case HELLO -> new Hello(in.u16(), Role.of(in.u8()), in.bytes(), in.string());
                    case SPAWN -> decodeSpawn(in);
                    case LIST -> new ListProcesses(in.u32());
                    case END -> new End(in.u32(), in.key());
                    case SERVER -> decodeServer(in);
                    case STOPPING -> new Stopping();
                    case SHUTDOWN -> new Shutdown();
                    case PING -> new Ping(in.u32());
                    case OPEN -> new Open(in.key(), in.number(), in.number());
                    case INPUT -> new Input(in.optClient(), in.number(), in.piece());
                    case RESIZE -> new Resize(in.number(), in.size());
                    case CONFIRM -> new Confirm(in.number(), in.number());
                    case SIGNAL -> new Signal(in.u8());
                    case HANGUP -> new HangUp();
                    case FORGET -> new Forget();
                    default -> null;
                };
        if (message != null) in.end();
        return message;
    }

    private static Spawn decodeSpawn(WireReader in) throws WireException {
        return new Spawn(
                in.u32(),
                in.key(),
                in.number(),
                in.number(),
                in.size(),
                (in.u8() & NEVER_SPILL) != 0,
                in.string(),
                in.command(),
                in.pairs(),
                in.note());
    }

    private static Server decodeServer(WireReader in) throws WireException {
        boolean restart = in.flag();
        return new Server(
                restart,
                in.number(),
                in.string(),
                restart ? in.command() : in.strings(),
                in.pairs());
    }
}
