package dev.wormhole.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonObject;
import dev.wormhole.server.session.Sessions;
import dev.wormhole.server.testkit.FakeTasks;
import dev.wormhole.server.thread.ServerThreads;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Viewers of tasks on a real endpoint, over real sockets. */
class TaskViewerTest {

    private final FakeTasks tasks = new FakeTasks();
    private final AtomicLong skipped = new AtomicLong();
    private final HttpClient client = HttpClient.newHttpClient();
    private WebSocketEndpoint endpoint;
    private String url;

    @BeforeEach
    void start() throws Exception {
        endpoint =
                new WebSocketEndpoint(
                        new EndpointSettings(
                                new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0),
                                null,
                                8,
                                "a server",
                                null,
                                null,
                                null,
                                tasks),
                        new AccessPolicy("a-token", Set.of(), Set.of()),
                        new Sessions(null, null, 1),
                        new Connections(),
                        new ServerThreads(),
                        () -> System.nanoTime() + skipped.get());
        url = "ws://127.0.0.1:" + endpoint.start() + "/";
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        endpoint.stop();
        tasks.close();
    }

    /** What one client hears. */
    private static final class Viewer implements WebSocket.Listener {

        final List<JsonObject> messages = new CopyOnWriteArrayList<>();
        private final StringBuilder part = new StringBuilder();
        private final boolean reads;
        WebSocket socket;
        volatile int closeCode;

        Viewer(boolean reads) {
            this.reads = reads;
        }

        @Override
        public void onOpen(WebSocket socket) {
            if (reads) socket.request(Long.MAX_VALUE);
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (!last) return null;
            try {
                messages.add(Json.parseObject(part.toString()));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            part.setLength(0);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closeCode = code;
            return null;
        }

        String printed() {
            var text = new StringBuilder();
            for (JsonObject message : messages) {
                if (type(message).equals("stdout")) text.append(of(message, "data"));
            }
            return text.toString();
        }

        List<String> errors() {
            return messages.stream()
                    .filter(message -> type(message).equals("error"))
                    .map(message -> of(message, "message"))
                    .toList();
        }

        void say(String text) {
            socket.sendText(text, true).join();
        }

        private static String type(JsonObject message) {
            return of(message, "type");
        }

        private static String of(JsonObject message, String field) {
            try {
                return message.text(field);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private WebSocket.Builder builder() {
        return client.newWebSocketBuilder().header("Authorization", "Bearer a-token");
    }

    private Viewer connect(SessionId task, boolean reads) {
        var viewer = new Viewer(reads);
        viewer.socket = builder().buildAsync(URI.create(ConnectPath.url(url, task)), viewer).join();
        return viewer;
    }

    @Test
    void aViewerHearsWhatWasPrintedThenWhatIsThenTheEnd() throws Exception {
        FakeTasks.Task task = tasks.scripted();
        task.print("before\r\n");
        Viewer viewer = connect(task.id, true);
        await().until(() -> viewer.printed().equals("before\r\n"));
        task.print("\033[1mlive\033[0m\r\n");
        await().until(() -> viewer.printed().equals("before\r\n\033[1mlive\033[0m\r\n"));
        task.end(3);
        await().until(() -> viewer.closeCode == 1000);
        JsonObject exit = viewer.messages.getLast();
        assertThat(exit.toText())
                .isEqualTo(
                        "{\"type\":\"exit\",\"status\":\"failed\",\"exitCode\":3,"
                                + "\"reason\":\"exited\"}");
        await().until(() -> endpoint.taskViewers() == 0);
    }

    @Test
    void aTaskThatIsOverIsToldAndClosed() {
        FakeTasks.Task task = tasks.scripted();
        task.print("all");
        task.end(0);
        Viewer viewer = connect(task.id, true);
        await().until(() -> viewer.closeCode == 1000);
        assertThat(viewer.printed()).isEqualTo("all");
        assertThat(viewer.messages.getLast().toText())
                .isEqualTo(
                        "{\"type\":\"exit\",\"status\":\"completed\",\"exitCode\":0,"
                                + "\"reason\":null}");
    }

    @Test
    void aCharacterThatIsPrintedInTwoPiecesStaysWhole() {
        FakeTasks.Task task = tasks.scripted();
        Viewer viewer = connect(task.id, true);
        task.print((byte) 'a', (byte) 0xf0, (byte) 0x9f);
        await().until(() -> viewer.printed().equals("a"));
        task.print((byte) 0x98);
        task.print((byte) 0x80, (byte) 'b');
        await().until(() -> viewer.printed().length() >= 4);
        assertThat(viewer.printed()).isEqualTo("a😀b");
    }

    @Test
    void longOutputArrivesWhole() {
        FakeTasks.Task task = tasks.scripted();
        String line = "\033[32m0123456789 日本\033[0m\r\n";
        task.print(line.repeat(100_000));
        task.end(0);
        Viewer viewer = connect(task.id, true);
        await().atMost(Duration.ofSeconds(60)).until(() -> viewer.closeCode == 1000);
        assertThat(viewer.printed()).isEqualTo(line.repeat(100_000));
    }

    @Test
    void aMiddleThatIsNotKeptIsMarked() {
        FakeTasks.Task task = tasks.scripted();
        task.print("begin" + "x".repeat(100) + "end");
        task.forget(5, 105);
        task.end(0);
        Viewer viewer = connect(task.id, true);
        await().until(() -> viewer.closeCode == 1000);
        assertThat(viewer.printed()).isEqualTo("begin\r\n[100 bytes not kept]\r\nend");
    }

    @Test
    void whatIsTypedReachesTheTaskInOrder() {
        FakeTasks.Task task = tasks.scripted();
        Viewer viewer = connect(task.id, true);
        for (int i = 0; i < 50; i++) viewer.say("{\"type\":\"stdin\",\"data\":\"é" + i + "\\r\"}");
        await().until(() -> task.typed().endsWith("é49\r"));
        var expected = new StringBuilder();
        for (int i = 0; i < 50; i++) expected.append("é").append(i).append("\r");
        assertThat(task.typed()).isEqualTo(expected.toString());
        assertThat(viewer.errors()).isEmpty();
    }

    @Test
    void whatIsMalformedIsAnsweredAndEndsNothing() {
        FakeTasks.Task task = tasks.scripted();
        Viewer viewer = connect(task.id, true);
        viewer.say("{");
        viewer.say("[]");
        viewer.say("{\"type\":\"stdin\"}");
        viewer.say("{\"type\":\"stdin\",\"data\":7}");
        viewer.say("{\"type\":\"stdout\",\"data\":\"x\"}");
        viewer.socket.sendBinary(ByteBuffer.wrap(new byte[] {0, 1}), true).join();
        viewer.say("{\"type\":\"stdin\",\"data\":\"fine\"}");
        await().until(() -> task.typed().equals("fine"));
        await().until(() -> viewer.errors().size() == 6);
        assertThat(viewer.closeCode).isZero();
    }

    @Test
    void nobodyIsLetInWithoutATokenOrFromAPageOrToATaskThatIsNotThere() {
        FakeTasks.Task task = tasks.scripted();
        String path = ConnectPath.url(url, task.id);
        refused(client.newWebSocketBuilder(), path);
        refused(client.newWebSocketBuilder().header("Authorization", "Bearer wrong"), path);
        refused(builder().header("Origin", "http://127.0.0.1"), path);
        refused(builder(), ConnectPath.url(url, SessionId.random()));
        refused(builder(), url + "connect/");
        refused(builder(), url + "connect/" + task.id + "/");
        refused(builder(), url + "connect/" + task.id + "?x=y");
        refused(builder(), url + "other/" + task.id);
        assertThat(endpoint.taskViewers()).isZero();
    }

    private static void refused(WebSocket.Builder builder, String url) {
        assertThatThrownBy(() -> builder.buildAsync(URI.create(url), new Viewer(true)).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(404));
    }

    @Test
    void aViewerThatStallsHoldsBackNobodyTakesLittleAndIsClosed() {
        FakeTasks.Task task = tasks.scripted();
        Viewer stalled = connect(task.id, false);
        // What it is about to be asked for is bounded by what the kernel and the client hold.
        task.print("x".repeat(24 << 20));
        await().until(() -> task.readTo() > 1 << 20);
        await().until(() -> endpoint.taskViewers() == 1);
        long before;
        do {
            before = task.readTo();
            pause();
        } while (task.readTo() != before);
        assertThat(before).isLessThan(16 << 20);

        Viewer other = connect(task.id, true);
        task.end(0);
        await().atMost(Duration.ofSeconds(60)).until(() -> other.closeCode == 1000);
        assertThat(other.printed()).hasSize(24 << 20);

        skipped.addAndGet(TaskViewer.STALL.toNanos());
        // Before it takes something after all.
        pause();
        stalled.socket.request(Long.MAX_VALUE);
        await().atMost(Duration.ofSeconds(60)).until(() -> stalled.closeCode == 4408);
        assertThat(stalled.printed().length()).isLessThan(24 << 20);
    }

    @Test
    void noMoreIsReadOfTheTaskThanTheSocketTakes() {
        FakeTasks.Task task = tasks.scripted();
        task.print("x".repeat(1 << 20));
        var sent = new AtomicLong();
        var nudges = new AtomicLong();
        var closedWith = new AtomicLong();
        var viewer =
                new TaskViewer(
                        task.id,
                        tasks,
                        new TaskViewer.Socket() {
                            @Override
                            public void send(String message) {
                                sent.addAndGet(message.length());
                            }

                            @Override
                            public void close(int code, String reason) {
                                closedWith.set(code);
                            }

                            @Override
                            public void nudge() {
                                nudges.incrementAndGet();
                            }
                        },
                        () -> System.nanoTime() + skipped.get());
        Thread thread = Thread.ofVirtual().start(viewer);
        int window = TaskViewer.MAX_HANDED + TaskViewer.PIECE;
        // It has nothing left to do but to look after the socket.
        await().until(() -> nudges.get() > 1);
        long first = sent.get();
        assertThat(first).isBetween((long) TaskViewer.MAX_HANDED / 2, (long) window);

        viewer.taken(TaskViewer.MAX_HANDED);
        await().until(() -> sent.get() > first);
        long looks = nudges.get();
        await().until(() -> nudges.get() > looks + 1);
        assertThat(sent.get()).isLessThanOrEqualTo(window + TaskViewer.MAX_HANDED);

        skipped.addAndGet(TaskViewer.STALL.toNanos());
        await().until(() -> closedWith.get() == 4408);
        await().until(() -> !thread.isAlive());
    }

    /** Long enough for a viewer that can go on to have gone on. */
    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aTaskThatIsRemovedIsToldToItsViewers() {
        FakeTasks.Task task = tasks.scripted();
        Viewer viewer = connect(task.id, true);
        await().until(() -> endpoint.taskViewers() == 1);
        tasks.remove(task.id);
        await().until(() -> viewer.closeCode == 1000);
        assertThat(viewer.errors()).hasSize(1);
    }
}
