package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.testkit.TestClient;
import dev.wormhole.server.testkit.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How much comes to whom and in which order, over the real wire; in bytes, since time is not ours.
 */
class FlowTest {

    private static final TerminalSize SIZE = new TerminalSize(80, 24);

    @TempDir Path directory;

    private TestServer server;
    private TestClient client;

    @BeforeEach
    void start() {
        server = TestServer.start(directory);
        client = server.connect();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static ClientMessage.Create command(String... words) {
        return new ClientMessage.Create(SIZE, null, null, List.of(words), Map.of(), null);
    }

    /** What a channel brings at most without being acknowledged. */
    private static void awaitStandstill(TestClient viewer, int channel) {
        await().atMost(TestClient.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> {
                            long before = viewer.received(channel);
                            for (int i = 0; i < 5; i++) viewer.fence();
                            return before > 0 && viewer.received(channel) == before;
                        });
    }

    @Test
    void anAcknowledgementNeedsTheFeature() {
        client.send(new ClientMessage.OutputAck(0, 1, 1L));

        client.hearError(ErrorCode.UNSUPPORTED);
    }

    @Test
    void whatIsNotAcknowledgedStopsAtTheWindow() {
        client.hello(Feature.ACK);
        client.acknowledgeByHand();
        client.create(command("sh", "-c", "yes 0123456789 | head -c 400000; sleep 60"));

        awaitStandstill(client, 0);

        assertThat(client.received(0)).isLessThanOrEqualTo(64 << 10);
        long first = client.acknowledge(0);
        assertThat(first).isPositive();
        await().atMost(TestClient.PATIENCE).until(() -> client.received(0) > first);
    }

    @Test
    void whoAcknowledgesGetsEverything() {
        client.hello(Feature.ACK);
        client.create(command("sh", "-c", "seq 1 60000; echo the-$((1+1))-end; cat"));

        client.awaitText(0, "the-2-end");

        String text = client.text(0);
        if (client.heardNo(ServerMessage.Resync.class)) {
            assertThat(text).startsWith("1\r\n2\r\n3\r\n").contains("\r\n59999\r\n60000\r\n");
        }
    }

    @Test
    void anEchoBesideAFloodOnOneConnectionComesBeforeItsBacklog() {
        client.hello(Feature.ACK);
        SessionId flood = client.create(command("yes", "a flood of output")).sessionId();
        ServerMessage.Created typing = client.create(command("cat"));
        await().atMost(Duration.ofSeconds(60)).until(() -> client.received(0) > 1_000_000);
        client.acknowledgeByHand();
        awaitStandstill(client, 0);
        long before = client.received(0);

        client.type(typing.channel(), "typed\r");
        // One window later it is there, although the flood has megabytes to say.
        long acknowledged = 0;
        while (!client.text(typing.channel()).contains("typed")) {
            acknowledged += client.acknowledge(0) + client.acknowledge(typing.channel());
            assertThat(acknowledged).isLessThan(16 << 20);
            client.fence();
        }

        assertThat(client.received(0) - before).isLessThan(8L << 20);
        client.ask(new ClientMessage.Destroy(flood));
    }

    @Test
    void aChannelThatWasLetGoUnacknowledgedHoldsNothingUp() {
        client.hello(Feature.ACK);
        client.acknowledgeByHand();
        SessionId flood = client.create(command("yes")).sessionId();
        awaitStandstill(client, 0);

        client.ask(new ClientMessage.Detach(flood));
        SessionId next = client.create(command("sh", "-c", "seq 1 5000; cat")).sessionId();

        client.awaitText(0, "\r\n1500\r\n");
        client.ask(new ClientMessage.Destroy(next));
    }

    @Test
    void fiftyViewersAllGetTheEnd() {
        ServerMessage.Created created = client.create(TestClient.shell(SIZE, null));
        var viewers = new ArrayList<TestClient>();
        try {
            for (int i = 0; i < 50; i++) {
                TestClient viewer = server.connect();
                if (i % 2 == 0) viewer.hello(Feature.ACK);
                viewer.attach(
                        new ClientMessage.Attach(
                                created.sessionId(), null, null, null, true, RespawnMode.NEVER));
                viewers.add(viewer);
            }
            client.type(0, "seq 1 20000; echo all-$((1+1))-over\r");

            client.awaitText(0, "all-2-over");
            for (TestClient viewer : viewers) viewer.awaitText(0, "all-2-over");
        } finally {
            viewers.forEach(TestClient::close);
        }
    }
}
