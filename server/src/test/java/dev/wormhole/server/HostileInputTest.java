package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Endpoint;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.server.testkit.TestClient;
import dev.wormhole.server.testkit.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/**
 * What strangers, broken clients and web pages try; none of it ends a connection that was let in,
 * still less the server.
 */
class HostileInputTest {

    @TempDir Path directory;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private boolean isLetIn(URI uri, Map<String, String> headers) {
        try (TestClient client = TestClient.unconnected(uri, headers)) {
            return client.open();
        }
    }

    private Map<String, String> headers(String name, String value) {
        Map<String, String> headers = TestClient.headers(server.endpoint().token());
        headers.put(name, value);
        return headers;
    }

    @Test
    void onlyTheTokenInAHeaderLetsAClientIn() {
        Endpoint endpoint = server.endpoint();
        URI uri = URI.create(endpoint.url());

        assertThat(isLetIn(uri, TestClient.headers(endpoint.token()))).isTrue();
        assertThat(isLetIn(uri, Map.of())).isFalse();
        assertThat(isLetIn(uri, TestClient.headers(endpoint.token() + "x"))).isFalse();
        assertThat(isLetIn(uri, TestClient.headers(""))).isFalse();
        assertThat(isLetIn(uri, Map.of("Authorization", endpoint.token()))).isFalse();
        assertThat(isLetIn(uri.resolve("/?token=" + endpoint.token()), Map.of())).isFalse();
        assertThat(isLetIn(uri.resolve("/other"), TestClient.headers(endpoint.token()))).isFalse();
    }

    @Test
    void aPageInABrowserIsRefusedEvenWithTheToken() {
        URI uri = URI.create(server.endpoint().url());

        assertThat(isLetIn(uri, headers("Origin", "https://evil.example"))).isFalse();
        assertThat(isLetIn(uri, headers("Origin", "http://127.0.0.1:" + uri.getPort()))).isFalse();
        assertThat(isLetIn(uri, headers("Origin", "null"))).isFalse();
        assertThat(isLetIn(uri, headers("Origin", ""))).isFalse();
    }

    @Test
    void aNameReboundToLoopbackIsRefusedWithoutAnUpgrade() throws Exception {
        int port = URI.create(server.endpoint().url()).getPort();

        assertThat(handshake("127.0.0.1:" + port)).startsWith("HTTP/1.1 101");
        assertThat(handshake("localhost:" + port)).startsWith("HTTP/1.1 101");
        assertThat(handshake("[::1]:" + port)).startsWith("HTTP/1.1 101");
        assertThat(handshake("evil.example:" + port)).startsWith("HTTP/1.1 404");
        assertThat(handshake("127.0.0.1:1")).startsWith("HTTP/1.1 404");
        assertThat(handshake("127.0.0.1.evil.example:" + port)).startsWith("HTTP/1.1 404");
        assertThat(handshake("")).startsWith("HTTP/1.1 404");
    }

    private String handshake(String host) throws Exception {
        int port = URI.create(server.endpoint().url()).getPort();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            String request =
                    "GET / HTTP/1.1\r\nHost: "
                            + host
                            + "\r\n"
                            + "Upgrade: websocket\r\n"
                            + "Connection: Upgrade\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                            + "Sec-WebSocket-Version: 13\r\n"
                            + "Authorization: Bearer "
                            + server.endpoint().token()
                            + "\r\n\r\n";
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"type\":7}",
                "{\"no\":\"type\"}",
                "{\"type\":\"no_such_message\"}",
                "{\"type\":\"session_create\",\"cols\":1,\"rows\":24}",
                "{\"type\":\"session_create\",\"cols\":80,\"rows\":1001}",
                "{\"type\":\"session_create\",\"cols\":80.5,\"rows\":24}",
                "{\"type\":\"session_create\",\"cols\":80}",
                "{\"type\":\"session_create\",\"cols\":80,\"rows\":24,\"name\":\"a\\u0007b\"}",
                "{\"type\":\"session_create\",\"cols\":80,\"rows\":24,\"command\":[\"\"]}",
                "{\"type\":\"session_create\",\"cols\":80,\"rows\":24,\"command\":[\"a\\u0000b\"]}",
                "{\"type\":\"session_create\",\"cols\":80,\"rows\":24,\"env\":{\"A=B\":\"c\"}}",
                "{\"type\":\"session_attach\",\"sessionId\":\"../../etc/passwd\"}",
                "{\"type\":\"session_attach\",\"sessionId\":\"1-1-1-1-1\"}",
                "{\"type\":\"session_rename\",\"sessionId\":\"00000000-0000-0000-0000-000000000000\",\"name\":\"\"}",
                "{\"type\":\"session_input\",\"sessionId\":\"00000000-0000-0000-0000-000000000000\",\"data\":\"***\"}",
                "{\"type\":\"ping\"}{\"type\":\"ping\"}",
                "{\"type\":\"session_attach\",\"sessionId\":\"00000000-0000-0000-0000-000000000000\",\"resumeOffset\":99999999999999999999}",
            })
    void whatIsMalformedIsAnsweredAndTheConnectionGoesOn(String json) {
        try (TestClient client = server.connect()) {
            client.sendControl(json);

            client.hearError(ErrorCode.BAD_REQUEST);
            client.fence();
            assertThat(client.list()).isEmpty();
        }
    }

    @Test
    void anAnswerRepeatsTheReferenceOfItsRequestEvenWhenThatIsMalformed() {
        try (TestClient client = server.connect()) {
            client.sendControl("{\"type\":\"session_resize\",\"ref\":\"mine\"}");
            assertThat(client.hear(h -> "mine".equals(h.ref())).message())
                    .isInstanceOf(ServerMessage.Failure.class);

            client.sendControl("{\"type\":\"ping\",\"ref\":\"" + "x".repeat(65) + "\"}");
            assertThat(client.hearError(ErrorCode.BAD_REQUEST).message()).contains("ref");
        }
    }

    @Test
    void textMessagesEmptyMessagesAndUnknownChannelsDoNoHarm() {
        try (TestClient client = server.connect()) {
            client.raw().send("text");
            client.hearError(ErrorCode.BAD_REQUEST);
            client.raw().send(new byte[0]);
            client.type(17, "nobody is there");
            client.raw().send(new byte[] {(byte) 0xff, (byte) 0xc3, 0x28});
            client.hearError(ErrorCode.BAD_REQUEST);
            client.fence();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void randomMessagesEndNeitherTheConnectionNorTheServer(long seed) {
        var random = new Random(seed);
        try (TestClient client = server.connect()) {
            for (int i = 0; i < 300; i++) {
                byte[] message = new byte[random.nextInt(200)];
                random.nextBytes(message);
                if (message.length > 0 && random.nextBoolean()) message[0] = (byte) 0xff;
                client.raw().send(message);
            }
            client.fence();
        }
    }

    @Test
    void aMessageOverAMebibyteClosesThatConnectionAlone() {
        try (TestClient client = server.connect();
                TestClient other = server.connect()) {
            client.raw().send(new byte[(1 << 20) + 1]);

            assertThat(client.awaitClose()).isEqualTo(1009);
            other.fence();
        }
    }

    @Test
    void aProtocolThatWeDoNotSpeakIsClosedWithItsCode() {
        try (TestClient client = server.connect()) {
            client.sendControl("{\"type\":\"hello\",\"protocol\":0}");

            assertThat(client.awaitClose()).isEqualTo(4426);
        }
    }

    @Test
    void helloAgreesOnProtocolOne() {
        try (TestClient client = server.connect()) {
            client.sendControl(
                    "{\"type\":\"hello\",\"protocol\":9,\"features\":[\"ack\",\"later\"],\"client\":\"t\",\"new\":{}}");

            ServerMessage.Hello hello = client.hear(ServerMessage.Hello.class);
            assertThat(hello.protocol()).isEqualTo(1);
            assertThat(hello.features()).contains("ack").doesNotContain("later");
        }
    }

    @Test
    void aProgramThatDoesNotReadFreezesNobodyAndTheTypistIsTold() {
        try (TestClient client = server.connect()) {
            client.create(
                    new ClientMessage.Create(
                            new dev.wormhole.protocol.TerminalSize(80, 24),
                            null,
                            null,
                            java.util.List.of(
                                    "sh", "-c", "stty raw -echo; echo ready; exec sleep 1000"),
                            Map.of(),
                            null));
            client.awaitText(0, "ready");
            String piece = "x".repeat(900_000);
            for (int i = 0; i < 12; i++) client.type(0, piece);

            client.hearError(ErrorCode.LIMIT);
            client.fence();
            ServerMessage.Created other = client.create();
            client.type(other.channel(), "echo free-$((1+1))\r");
            client.awaitText(other.channel(), "free-2");
        }
    }
}
