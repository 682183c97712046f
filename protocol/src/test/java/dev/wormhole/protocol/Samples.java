package dev.wormhole.protocol;

import java.util.List;
import java.util.Map;

/** One or more of every message, with and without what may be absent. */
final class Samples {

    static final SessionId ID = SessionId.parse("0f5b3c1e-9a77-4c0e-8d0b-3f1f5f2a9b10");
    static final TerminalSize SIZE = new TerminalSize(80, 24);

    static final SessionEntry ENTRY =
            new SessionEntry(
                    ID,
                    "bü\uD83D\uDE00ild",
                    "/home/a b",
                    null,
                    1,
                    Limits.MAX_INTEGER,
                    2,
                    true,
                    -1,
                    SIZE,
                    99L,
                    List.of("make", "all"),
                    SessionKind.COMMAND,
                    false);

    static final KeeperEntry KEEPER =
            new KeeperEntry("0a1b2c3d", "0.1.0", 4711, true, 1L, 7, 35 << 20, 64 << 10, 0, null);

    static final OrphanEntry ORPHAN =
            new OrphanEntry(ID, 3, 99, false, "build", "/src", 1L, List.of("make", "all"), "lost");

    static final RecoveredSession RECOVERED = new RecoveredSession(ID, "b\u00fcild", "it ended");

    static final TaskEntry TASK =
            new TaskEntry(
                    ID,
                    "n",
                    "/src",
                    "make it\nw\u00f6rk",
                    List.of("make", "all"),
                    TaskStatus.FAILED,
                    2,
                    TaskReason.SPAWN_FAILED,
                    "why",
                    "SIGTERM",
                    1,
                    2L,
                    Limits.MAX_INTEGER,
                    60_000L,
                    ID,
                    false,
                    70_000);

    static final TaskEntry NEW_TASK =
            new TaskEntry(
                    ID,
                    null,
                    "/",
                    "",
                    List.of(),
                    TaskStatus.PENDING,
                    null,
                    null,
                    null,
                    null,
                    1,
                    null,
                    null,
                    null,
                    null,
                    true,
                    0);

    static final List<ClientMessage> CLIENT =
            List.of(
                    new ClientMessage.Hello(1, List.of("ack"), "test 1", "id"),
                    new ClientMessage.Hello(0, List.of(), null, null),
                    new ClientMessage.Create(
                            SIZE, "name", "/tmp", List.of("a", ""), Map.of("K", "v=w"), "c"),
                    new ClientMessage.Create(SIZE, null, null, List.of(), Map.of(), null),
                    new ClientMessage.Create(SIZE, null, null, List.of(), Map.of(), null, false),
                    new ClientMessage.Attach(
                            ID, SIZE, 0L, Limits.MAX_INTEGER, false, RespawnMode.LOST),
                    new ClientMessage.Attach(ID, null, null, null, true, RespawnMode.NEVER),
                    new ClientMessage.Respawn(ID, 3L),
                    new ClientMessage.Respawn(ID, null),
                    new ClientMessage.Detach(ID),
                    new ClientMessage.Resize(ID, new TerminalSize(2000, 1000)),
                    new ClientMessage.Resize(ID, null),
                    new ClientMessage.Rename(ID, "new name"),
                    new ClientMessage.Destroy(ID),
                    new ClientMessage.Input(ID, ByteString.copyOf(new byte[] {0, (byte) 0xff, 10})),
                    new ClientMessage.InputBegin(254, 3, Limits.MAX_INTEGER),
                    new ClientMessage.ListRequest(),
                    new ClientMessage.ViewerState(
                            ID,
                            true,
                            false,
                            8.5,
                            17.0,
                            new ViewerColors(0xffffff, 0, 0x00ff7f, List.of(1, 0xabcdef)),
                            ColorScheme.DARK),
                    new ClientMessage.ViewerState(
                            ID, null, null, null, null, null, ColorScheme.LIGHT),
                    new ClientMessage.ViewerState(
                            null,
                            null,
                            null,
                            null,
                            null,
                            new ViewerColors(0, 0xffffff, 0, List.of()),
                            null),
                    new ClientMessage.OutputAck(254, 12345, Limits.MAX_INTEGER),
                    new ClientMessage.OutputAck(254, 12345, null),
                    new ClientMessage.HistoryRequest(ID, 70_000L, Limits.HISTORY_LINES),
                    new ClientMessage.HistoryRequest(ID, null, 1),
                    new ClientMessage.Refresh(ID),
                    new ClientMessage.KeepersRequest(),
                    new ClientMessage.StoreRequest(),
                    new ClientMessage.OfferAnswer(ID, 2, true),
                    new ClientMessage.OfferAnswer(ID, Limits.MAX_INTEGER, false),
                    new ClientMessage.RecoveryRequest(),
                    new ClientMessage.OrphanEnd(ID, 3),
                    new ClientMessage.OrphanAdopt(ID, 3),
                    new ClientMessage.TaskStart(
                            "/src",
                            "what\nfor",
                            List.of("make", ""),
                            "name",
                            Map.of("K", "v"),
                            SIZE,
                            Limits.TASK_MILLIS,
                            "c"),
                    new ClientMessage.TaskStart(
                            "/", "", List.of(), null, Map.of(), null, null, null),
                    new ClientMessage.TaskListRequest(),
                    new ClientMessage.TaskRequest(ID, null),
                    new ClientMessage.TaskRequest(ID, TaskStatus.PENDING),
                    new ClientMessage.TaskTerminate(ID),
                    new ClientMessage.TaskRerun(ID, null),
                    new ClientMessage.TaskRerun(ID, "c"),
                    new ClientMessage.TaskOutputRequest(
                            ID, Limits.MAX_INTEGER, Limits.TASK_OUTPUT_BYTES, true),
                    new ClientMessage.TaskOutputRequest(ID, 0, 1, false),
                    new ClientMessage.Ping());

    static final List<ServerMessage> SERVER =
            List.of(
                    new ServerMessage.Hello(1, List.of("ack"), "wormhole 1", 0, 3),
                    new ServerMessage.Created(ID, 254, true, 0, 0, SIZE, 1, false, false),
                    new ServerMessage.Created(ID, 0, false, 9, 2, SIZE, 4, false, false, 70_000L),
                    new ServerMessage.Resync(ID, 0, 7, 1, SIZE, 100, true, false),
                    new ServerMessage.Resync(ID, 0, 7, 1, SIZE, 0, false, true),
                    new ServerMessage.Size(ID, 1, 8, 2, SIZE),
                    new ServerMessage.Respawned(ID, 1, 2, 9, 3),
                    new ServerMessage.Respawned(ID, null, 2, 9, 3),
                    new ServerMessage.Exit(ID, 1, 1, 5, 0, null, ExitReason.EXITED),
                    new ServerMessage.Exit(ID, null, 1, 5, null, "SIGKILL", ExitReason.SIGNAL),
                    new ServerMessage.Exit(ID, null, 1, 5, null, null, ExitReason.LOST),
                    new ServerMessage.Event(ID, 4, new Happening.Bell()),
                    new ServerMessage.Event(ID, 4, new Happening.Notification("done", "")),
                    new ServerMessage.Event(
                            ID, 4, new Happening.Clipboard("cp", ByteString.utf8("x\0"))),
                    new ServerMessage.History(ID, 7, 8, 3, 9, ByteString.utf8("line\r\n")),
                    new ServerMessage.History(ID, 0, 0, 0, 0, ByteString.EMPTY),
                    new ServerMessage.Hash(ID, 254, 9, 2, -2),
                    new ServerMessage.Hash(ID, 0, 0, 0, 0x0123456789abcdefL),
                    new ServerMessage.InputAck(254, Limits.MAX_INTEGER),
                    new ServerMessage.InputDiscarded(0, 3, 1),
                    new ServerMessage.Detached(ID, 3),
                    new ServerMessage.Renamed(ID, "x"),
                    new ServerMessage.Destroyed(ID),
                    new ServerMessage.Sessions(List.of(ENTRY)),
                    new ServerMessage.Sessions(List.of()),
                    new ServerMessage.Changed(ENTRY),
                    new ServerMessage.Keepers(List.of(KEEPER), List.of(ORPHAN)),
                    new ServerMessage.Keepers(
                            List.of(
                                    new KeeperEntry(
                                            "0a1b2c3d", "0", 1, false, null, 0, 0, 0, 0, "dead")),
                            List.of(
                                    new OrphanEntry(
                                            ID, 0, 1, true, null, null, null, List.of(), null))),
                    new ServerMessage.StoreState(
                            null, null, null, 0, null, null, true, List.of(), null, null, null),
                    new ServerMessage.StoreState(
                            StoreProblem.READ_ONLY,
                            1L,
                            "why",
                            2,
                            3L,
                            Limits.MAX_INTEGER,
                            false,
                            List.of("damaged"),
                            "/data/report",
                            5L << 30,
                            2L << 30),
                    new ServerMessage.Offer(ID, 254, 2, List.of("vim", "a b"), "vim 'a b'"),
                    new ServerMessage.Offer(ID, 0, 2, List.of(), null),
                    new ServerMessage.Recovery(
                            7,
                            List.of(RECOVERED),
                            List.of(RECOVERED, RECOVERED),
                            List.of(),
                            List.of(new RecoveredSession(null, null, null))),
                    new ServerMessage.TaskCreated(NEW_TASK),
                    new ServerMessage.Task(TASK),
                    new ServerMessage.TaskChanged(TASK),
                    new ServerMessage.Tasks(List.of(TASK, NEW_TASK)),
                    new ServerMessage.Tasks(List.of()),
                    new ServerMessage.TaskOutput(ID, 5, 7, true, ByteString.utf8("x\0")),
                    new ServerMessage.TaskOutput(ID, 0, 0, false, ByteString.EMPTY),
                    new ServerMessage.OrphanEnded(ID, 3),
                    new ServerMessage.OrphanAdopted(ID, 3),
                    new ServerMessage.Failure(ErrorCode.NOT_FOUND, "why", ID),
                    new ServerMessage.Failure(ErrorCode.INTERNAL, "why", null),
                    new ServerMessage.Pong());

    private Samples() {}
}
