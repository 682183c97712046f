package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.server.testkit.TestClient;
import dev.wormhole.server.testkit.TestKeepers;
import dev.wormhole.server.tls.TlsFiles;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A server for other machines: TLS, a configured name, a token that lasts. */
class TlsTest {

    private final TestKeepers keepers = new TestKeepers(WormholeServer.VERSION);

    @AfterEach
    void endKeepers() {
        keepers.close();
    }

    @TempDir Path directory;

    private Path certificate;
    private Path key;

    @BeforeEach
    void makeCertificate() throws Exception {
        Path store = directory.resolve("keys.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "s",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=my.server",
                                "-validity",
                                "2",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                "changeit")
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("keytool.out").toFile())
                        .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        certificate = pem("CERTIFICATE", keys.getCertificate("s").getEncoded());
        key = pem("PRIVATE KEY", keys.getKey("s", "changeit".toCharArray()).getEncoded());
    }

    private Path pem(String kind, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                directory.resolve(kind.replace(' ', '-') + ".pem"),
                "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }

    private ServerSettings settings(String host) {
        return new ServerSettings(
                directory,
                new InetSocketAddress(host, 0),
                certificate,
                key,
                "a-token-that-lasts",
                Set.of("my.server"),
                Set.of("https://let.in"),
                SettingsTable.readAll(Map.of()));
    }

    @Test
    void aWssServerLetsInWhoNamesItRightAndShowsTheToken() throws Exception {
        WormholeServer server =
                WormholeServer.start(settings("0.0.0.0"), keepers.hands(), () -> "");
        try {
            URI listening = URI.create(server.address().url());
            assertThat(listening.getScheme()).isEqualTo("wss");
            URI uri = URI.create("wss://127.0.0.1:" + listening.getPort() + "/");

            assertThat(isLetIn(uri, Map.of())).isTrue();
            assertThat(isLetIn(uri, Map.of("Host", "my.server:" + uri.getPort()))).isTrue();
            assertThat(isLetIn(uri, Map.of("Host", "other.server:" + uri.getPort()))).isFalse();
            assertThat(isLetIn(uri, Map.of("Origin", "https://let.in"))).isTrue();
            assertThat(isLetIn(uri, Map.of("Origin", "https://kept.out"))).isFalse();
            assertThat(isLetIn(uri, Map.of("Authorization", "Bearer wrong"))).isFalse();
        } finally {
            server.stop();
        }
    }

    @Test
    void theEndOfAFloodReachesTheClientThroughTls() throws Exception {
        WormholeServer server =
                WormholeServer.start(settings("127.0.0.1"), keepers.hands(), () -> "");
        try (TestClient client = client(URI.create(server.address().url()), Map.of())) {
            assertThat(client.open()).isTrue();
            client.create();
            client.type(0, "seq 1 100000; echo end-$((3*7))\r");

            client.awaitText(0, "end-21");

            // A client that falls behind is shown the screen instead of every line.
            assertThat(client.text(0)).contains("99999", "100000");
            assertThat(client.ask(new ClientMessage.Ping())).isEqualTo(new ServerMessage.Pong());
        } finally {
            server.stop();
        }
    }

    private static boolean isLetIn(URI uri, Map<String, String> more) throws Exception {
        try (TestClient client = client(uri, more)) {
            return client.open();
        }
    }

    private static TestClient client(URI uri, Map<String, String> more) throws Exception {
        Map<String, String> headers = TestClient.headers("a-token-that-lasts");
        headers.putAll(more);
        TestClient client = TestClient.unconnected(uri, headers);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new AnyCertificate()}, null);
        client.raw().setSocketFactory(tls.getSocketFactory());
        return client;
    }

    /** What the real client does with certificates is tested there. */
    private static final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(
                X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(
                X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Test
    void whatCannotBeUsedIsNamed() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "nothing\n");

        assertThatThrownBy(() -> TlsFiles.contextOf(certificate, empty))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("empty.pem", "openssl pkcs8");
        Path cut =
                Files.writeString(
                        directory.resolve("cut.pem"),
                        "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> TlsFiles.contextOf(certificate, cut))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut.pem");
        assertThatThrownBy(() -> TlsFiles.contextOf(empty, key))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("empty.pem");
        assertThatThrownBy(() -> TlsFiles.contextOf(directory.resolve("none"), key))
                .isInstanceOf(IOException.class);
    }

    @Test
    void plainOutsideLoopbackIsRefused() {
        assertThat(List.of("0.0.0.0", "::"))
                .allSatisfy(
                        host ->
                                assertThatThrownBy(
                                                () ->
                                                        ServerSettings.of(
                                                                directory,
                                                                new InetSocketAddress(host, 0),
                                                                Map.of()))
                                        .isInstanceOf(IllegalArgumentException.class)
                                        .hasMessageContaining("--tls-cert"));
    }
}
