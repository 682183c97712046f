package dev.wormhole.client.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wormhole.client.link.LinkException;
import dev.wormhole.client.link.LinkProblem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

class FirstContactTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir Path folder;

    @Test
    void showsTheFingerprintOfASelfSignedServerAndSendsNothing() throws Exception {
        KeyStore keys = selfSigned("one");
        try (SSLServerSocket server = listen(keys)) {
            CompletableFuture<Integer> received = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> acceptOne(server, received));

            Fingerprint shown = FirstContact.probe(address(server));

            assertThat(shown).isEqualTo(Fingerprint.of(certificate(keys)));
            assertThat(received.get()).isEqualTo(-1);
        }
    }

    @Test
    void whoDoesNotSpeakTlsOrIsNotThereIsUnreachable() throws Exception {
        URI gone;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            gone = URI.create("wss://127.0.0.1:" + closed.getLocalPort() + "/");
        }

        assertThatThrownBy(() -> FirstContact.probe(gone))
                .isInstanceOfSatisfying(
                        LinkException.class,
                        e ->
                                assertThat(e.problem().kind())
                                        .isEqualTo(LinkProblem.Kind.UNREACHABLE));
    }

    @Test
    void onlyTheAcceptedKeyIsTrusted() throws Exception {
        X509Certificate first = certificate(selfSigned("one"));
        X509Certificate second = certificate(selfSigned("two"));

        new PinnedTrust("box", Fingerprint.of(first)).check(first);

        assertThatThrownBy(() -> new PinnedTrust("box", Fingerprint.of(first)).check(second))
                .isInstanceOfSatisfying(
                        LinkException.class,
                        e -> {
                            assertThat(e.problem().kind())
                                    .isEqualTo(LinkProblem.Kind.CERTIFICATE_CHANGED);
                            assertThat(e.problem().message())
                                    .contains("HAS CHANGED")
                                    .contains(Fingerprint.of(second).text());
                        });
        assertThatThrownBy(() -> new PinnedTrust("box", null).check(first))
                .isInstanceOfSatisfying(
                        LinkException.class,
                        e -> {
                            assertThat(e.problem().kind())
                                    .isEqualTo(LinkProblem.Kind.CERTIFICATE_UNKNOWN);
                            assertThat(e.problem().message())
                                    .contains(Fingerprint.of(first).text());
                        });
    }

    @Test
    void aFingerprintIsReadAsPeoplePasteIt() throws Exception {
        Fingerprint print = Fingerprint.of(certificate(selfSigned("one")));

        assertThat(Fingerprint.parse(" " + print + "=\n")).isEqualTo(print);
        assertThatThrownBy(() -> Fingerprint.parse("SHA256:abc")).hasMessageContaining("SHA256:");
    }

    private static void acceptOne(SSLServerSocket server, CompletableFuture<Integer> received) {
        try (var socket = (SSLSocket) server.accept();
                InputStream in = socket.getInputStream()) {
            received.complete(in.read());
        } catch (IOException e) {
            received.completeExceptionally(e);
        }
    }

    private static URI address(SSLServerSocket server) {
        return URI.create("wss://127.0.0.1:" + server.getLocalPort() + "/");
    }

    private static SSLServerSocket listen(KeyStore keys)
            throws GeneralSecurityException, IOException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return (SSLServerSocket)
                context.getServerSocketFactory()
                        .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static X509Certificate certificate(KeyStore keys) throws GeneralSecurityException {
        return (X509Certificate) keys.getCertificate("key");
    }

    /** The JDK makes certificates with its keytool alone. */
    private KeyStore selfSigned(String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "key",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + name,
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                new String(PASSWORD))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.log").toFile())
                        .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }
}
