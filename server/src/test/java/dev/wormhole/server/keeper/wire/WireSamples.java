package dev.wormhole.server.keeper.wire;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.ProcessKey;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Messages of every kind, the same in every run: version 1 is frozen with them. */
final class WireSamples {

    private static final ProcessKey KEY =
            new ProcessKey(SessionId.parse("00112233-4455-6677-8899-aabbccddeeff"), 3);
    private static final ClientKey CLIENT =
            new ClientKey(UUID.fromString("fedcba98-7654-4321-8fed-cba987654321"));
    private static final TerminalSize SIZE = new TerminalSize(80, 24);

    private WireSamples() {}

    static List<ToKeeper> toKeeper() {
        return List.of(
                new ToKeeper.Hello(1, Role.CONTROL, ByteString.utf8("token"), "0.1.0"),
                new ToKeeper.Hello(1, Role.PROCESS, ByteString.EMPTY, ""),
                new ToKeeper.Spawn(
                        7,
                        KEY,
                        1_000_000_000_000L,
                        12,
                        SIZE,
                        true,
                        "/home/zoë",
                        List.of("/bin/sh", "-c", "echo hi"),
                        env("LANG", "C.UTF-8", "EMPTY", ""),
                        "{\"kind\":\"shell\"}"),
                new ToKeeper.ListProcesses(-1),
                new ToKeeper.End(8, KEY),
                new ToKeeper.Server(
                        true, 256 << 20, "/", List.of("/usr/bin/wormhole", "serve"), env("A", "b")),
                new ToKeeper.Server(false, 0, "", List.of(), Map.of()),
                new ToKeeper.Stopping(),
                new ToKeeper.Shutdown(),
                new ToKeeper.Ping(9),
                new ToKeeper.Open(KEY, 4096, 2),
                new ToKeeper.Input(CLIENT, 17, ByteString.utf8("ls\r")),
                new ToKeeper.Input(null, 0, ByteString.EMPTY),
                new ToKeeper.Resize(5, new TerminalSize(2000, 1000)),
                new ToKeeper.Confirm(1 << 30, 6),
                new ToKeeper.Signal(2),
                new ToKeeper.HangUp(),
                new ToKeeper.Forget());
    }

    static List<FromKeeper> fromKeeper() {
        return List.of(
                new FromKeeper.Welcome(1, "0.1.0", 4242, 1_790_000_000_000L),
                new FromKeeper.Refused("no such process"),
                new FromKeeper.Spawned(7, KEY, 4243),
                new FromKeeper.SpawnFailed(7, "no such program: /bin/nothing"),
                new FromKeeper.Processes(
                        -1,
                        true,
                        List.of(
                                new HeldProcess(KEY, 4243, false, 100, 200, 300, SIZE, "{\"a\":1}"),
                                new HeldProcess(KEY, 4244, true, 0, 0, 0, SIZE, ""))),
                new FromKeeper.Processes(-1, false, List.of()),
                new FromKeeper.Pong(9, 30 << 20, 65536, 0, 2),
                new FromKeeper.FlushDue(KEY),
                new FromKeeper.Ended(8, KEY),
                new FromKeeper.Opened(4096, 8192, SIZE, Map.of(CLIENT, 20L)),
                new FromKeeper.Opened(0, 0, SIZE, Map.of()),
                new FromKeeper.Bytes(4096, ByteString.utf8("hi\r\n")),
                new FromKeeper.Resized(4100, 5, new TerminalSize(2, 1)),
                new FromKeeper.Exited(4100, 255, null, 1_790_000_000_001L),
                new FromKeeper.Exited(4100, null, "SIGKILL", 1_790_000_000_001L),
                new FromKeeper.Accepted(CLIENT, 20),
                new FromKeeper.InputRefused(CLIENT, 20, FromKeeper.Why.GAP),
                new FromKeeper.InputRefused(null, 0, FromKeeper.Why.FULL));
    }

    private static Map<String, String> env(String... words) {
        var env = new LinkedHashMap<String, String>();
        for (int i = 0; i < words.length; i += 2) env.put(words[i], words[i + 1]);
        return env;
    }
}
