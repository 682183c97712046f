package dev.wormhole.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.Frame;
import dev.wormhole.protocol.Limits;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;

class JavaWebSocketTransportTest {

    private static SSLContext certificate;

    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void makeCertificate(@TempDir Path folder) throws Exception {
        certificate = TinyServer.selfSigned(folder, "CN=somewhere.else");
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open.reversed()) each.close();
    }

    private TinyServer server(TinyServer server) throws Exception {
        open.add(server::end);
        server.begin();
        return server;
    }

    private Transport connect(String uri, String token, LinkTarget.CertificateTrust trust) {
        var address = new LinkTarget.Address(URI.create(uri), token, trust);
        Transport transport =
                JavaWebSocketTransport.open(
                        address,
                        new Transport.Events() {
                            @Override
                            public void opened() {
                                heard.add("opened");
                            }

                            @Override
                            public void received(Frame frame) {
                                heard.add(frame);
                            }

                            @Override
                            public void closed(LinkProblem problem) {
                                heard.add(problem);
                            }
                        });
        open.add(transport::close);
        return transport;
    }

    private Object next() throws InterruptedException {
        Object next = heard.poll(30, TimeUnit.SECONDS);
        assertThat(next).as("an event").isNotNull();
        return next;
    }

    private LinkProblem problem() throws InterruptedException {
        Object next = next();
        assertThat(next).isInstanceOf(LinkProblem.class);
        return (LinkProblem) next;
    }

    @Test
    void theHandshakeCarriesTokenSubprotocolAndNoOrigin() throws Exception {
        TinyServer server = server(TinyServer.plain());

        connect(server.url(), "s3cret", null);

        assertThat(next()).isEqualTo("opened");
        assertThat(server.handshake("Authorization")).isEqualTo("Bearer s3cret");
        assertThat(server.handshake("Sec-WebSocket-Protocol")).isEqualTo(Limits.SUBPROTOCOL);
        assertThat(server.handshake("Host")).isEqualTo("127.0.0.1:" + server.getPort());
        assertThat(server.handshake("Origin")).isEmpty();
    }

    @Test
    void framesOfTheLargestSizeGoBothWaysInOrder() throws Exception {
        TinyServer server = server(TinyServer.plain());
        Transport transport = connect(server.url(), "t", null);
        assertThat(next()).isEqualTo("opened");
        byte[] large = new byte[Limits.MESSAGE_BYTES - 1];
        large[large.length - 1] = 7;

        transport.send(new Frame.Data(3, ByteString.copyOf(large)));
        transport.send(new Frame.Control(ByteString.utf8("{}")));

        assertThat(next()).isEqualTo(new Frame.Data(3, ByteString.copyOf(large)));
        assertThat(next()).isEqualTo(new Frame.Control(ByteString.utf8("{}")));
    }

    @Test
    void aMessageBeyondTheLimitEndsTheConnection() throws Exception {
        TinyServer server = server(TinyServer.plain());
        connect(server.url(), "t", null);
        assertThat(next()).isEqualTo("opened");

        server.peer().send(new byte[Limits.MESSAGE_BYTES + 1]);

        assertThat(problem().message()).contains("too big");
    }

    @Test
    void aRefusedHandshakeSaysWhatToCheck() throws Exception {
        TinyServer server = server(TinyServer.refusing());

        connect(server.url(), "wrong", null);

        LinkProblem problem = problem();
        assertThat(problem.kind()).isEqualTo(LinkProblem.Kind.REFUSED);
        assertThat(problem.message()).contains("check the token").doesNotContain("wrong");
    }

    @Test
    void closeCodesBecomeProblems() throws Exception {
        TinyServer server = server(TinyServer.plain());
        for (var expected :
                List.of(
                        new Object[] {1001, LinkProblem.Kind.UNREACHABLE, "is stopping"},
                        new Object[] {1013, LinkProblem.Kind.UNREACHABLE, "no more connections"},
                        new Object[] {4408, LinkProblem.Kind.UNREACHABLE, "too slow"},
                        new Object[] {4426, LinkProblem.Kind.VERSION, "another version"},
                        new Object[] {1000, LinkProblem.Kind.UNREACHABLE, "was lost"})) {
            connect(server.url(), "t", null);
            assertThat(next()).isEqualTo("opened");

            server.peer().close((int) expected[0], "");

            LinkProblem problem = problem();
            assertThat(problem.kind()).isEqualTo(expected[1]);
            assertThat(problem.message()).contains((String) expected[2]);
        }
    }

    @Test
    void nobodyListeningIsSaidInWords() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        connect("ws://127.0.0.1:" + port + "/", "t", null);

        assertThat(problem().message()).isEqualTo("Nobody answers at 127.0.0.1:" + port + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "wss"})
    void anAttemptGivenUpBeforeItOpenedEnds(String scheme) throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = scheme + "://127.0.0.1:" + silent.getLocalPort() + "/";
            Transport transport = connect(url, "t", _ -> {});
            try (var accepted = silent.accept()) {
                assertThat(accepted.getInputStream().read()).isNotNegative();
                transport.close();

                assertThat(problem().kind()).isEqualTo(LinkProblem.Kind.UNREACHABLE);
                accepted.setSoTimeout(30_000);
                accepted.getInputStream().readAllBytes();
            }
        }
    }

    @Test
    void aCloseSendsFirstWhatWasHandedOver() throws Exception {
        TinyServer server = server(TinyServer.plain());
        Transport transport = connect(server.url(), "t", null);
        assertThat(next()).isEqualTo("opened");

        transport.send(new Frame.Data(1, ByteString.utf8("last words")));
        transport.close();

        assertThat(server.received.poll(30, TimeUnit.SECONDS))
                .isEqualTo(new Frame.Data(1, ByteString.utf8("last words")));
        // 1006 where a starved server answers the goodbye later than this end waits for it.
        assertThat(server.closeCodes.poll(30, TimeUnit.SECONDS)).isIn(1000, 1006);
    }

    @Test
    void addressesThatWouldExposeTheTokenAreNotTried() throws Exception {
        connect("ws://example.org/", "t", null);
        assertThat(problem().message()).contains("wss://");
        connect("http://127.0.0.1/", "t", null);
        assertThat(problem().message()).contains("ws:// or wss://");
        connect("ws://127.0.0.1:1/", "two\r\nHost: lines", null);
        assertThat(problem().message()).contains("token").doesNotContain("lines");
        connect("wss://127.0.0.1:1/", "t", null);
        assertThat(problem().message()).contains("certificate");
    }

    @Test
    void theAcceptedCertificateOpensTheConnectionWhateverHostItNames() throws Exception {
        TinyServer server = server(TinyServer.secure(certificate));
        var seen = new AtomicReference<X509Certificate>();

        Transport transport = connect(server.url(), "t", seen::set);

        assertThat(next()).isEqualTo("opened");
        assertThat(seen.get().getSubjectX500Principal().getName()).isEqualTo("CN=somewhere.else");
        transport.send(new Frame.Data(0, ByteString.utf8("hi")));
        assertThat(next()).isEqualTo(new Frame.Data(0, ByteString.utf8("hi")));
    }

    @Test
    void aCertificateThatTrustRefusesEndsTheAttemptBeforeTheTokenIsSent() throws Exception {
        TinyServer server = server(TinyServer.secure(certificate));
        var changed =
                new LinkProblem(LinkProblem.Kind.CERTIFICATE_CHANGED, "Somebody may be between.");

        connect(
                server.url(),
                "t",
                _ -> {
                    throw new LinkException(changed);
                });

        assertThat(problem()).isEqualTo(changed);
        assertThat(server.handshakes).isEmpty();
    }

    @Test
    void aServerWithoutTlsIsNotTakenForASecureOne() throws Exception {
        try (var web = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            connect("wss://127.0.0.1:" + web.getLocalPort() + "/", "t", _ -> {});
            try (var accepted = web.accept()) {
                accepted.getOutputStream()
                        .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));

                assertThat(problem().message()).contains("does not speak TLS");
            }
        }
    }
}
