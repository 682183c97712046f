package dev.wormhole.client.local;

import dev.wormhole.protocol.Endpoint;
import dev.wormhole.protocol.json.JsonException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code endpoint.json} of a data directory is worth. A file alone proves nothing: after a
 * kill -9 it stays behind, and another user's process could own its port.
 *
 * <p>Immutable.
 */
public sealed interface LocalEndpoint {

    /**
     * A server accepts there: the file is ours alone and its process holds the lock.
     *
     * @param uri where this machine reaches it
     */
    record Trusted(Endpoint endpoint, URI uri) implements LocalEndpoint {}

    /** There is no such file: no server accepts. */
    record Absent() implements LocalEndpoint {}

    /** There is a file that must not be believed; the reason is a sentence. */
    record Untrusted(String reason) implements LocalEndpoint {}

    /** A real one has some 200 bytes. */
    int MAX_BYTES = 64 << 10;

    /** Reads and judges the file. */
    static LocalEndpoint read(Path dataDirectory) {
        Optional<String> problem = PrivateDirectory.problem(dataDirectory);
        if (problem.isPresent()) return new Untrusted(problem.get());
        Path file = dataDirectory.resolve(Endpoint.FILE_NAME);
        try {
            FileFacts facts = FileFacts.ofLink(file);
            if (!facts.isRegularFile()) return new Untrusted(file + " is not a plain file");
            if (facts.uid() != FileFacts.ownUid()) return new Untrusted(file + " is not yours");
            if (!facts.isPrivate()) {
                return new Untrusted(
                        file + " can be read or written by others (mode " + facts.modeText() + ")");
            }
            if (Files.size(file) > MAX_BYTES) return new Untrusted(file + " is too long");
            Endpoint endpoint = Endpoint.parse(Files.readString(file));
            URI uri = addressFromHere(endpoint.url());
            if (uri == null) return new Untrusted(file + " does not name this machine");
            if (!new ServerLock(dataDirectory).isHeldBy(endpoint.pid())) {
                return new Untrusted(
                        file
                                + " is left over: process "
                                + endpoint.pid()
                                + " does not hold "
                                + Endpoint.LOCK_NAME);
            }
            return new Trusted(endpoint, uri);
        } catch (NoSuchFileException e) {
            return new Absent();
        } catch (CharacterCodingException e) {
            return new Untrusted(file + " is damaged: not UTF-8");
        } catch (JsonException e) {
            return new Untrusted(file + " is damaged: " + e.getMessage());
        } catch (IOException e) {
            return new Untrusted(file + " cannot be read: " + Failures.reason(e));
        }
    }

    /**
     * Where this machine reaches the server: a wildcard means every address, so the loopback one.
     * Null for what cannot be a server of ours: unencrypted ones listen on loopback alone.
     */
    private static @Nullable URI addressFromHere(String url) {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() == null || uri.getPort() < 1) return null;
            // Literals only: a name could lead anywhere.
            InetAddress address = InetAddress.ofLiteral(uri.getHost());
            boolean isEncrypted = "wss".equals(uri.getScheme());
            if (!isEncrypted && !"ws".equals(uri.getScheme())) return null;
            if (address.isAnyLocalAddress()) {
                String loopback = address instanceof Inet6Address ? "[::1]" : "127.0.0.1";
                uri = URI.create(uri.getScheme() + "://" + loopback + ":" + uri.getPort() + "/");
            } else if (!isEncrypted && !address.isLoopbackAddress()) {
                return null;
            }
            return uri;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
