package dev.wormhole.server.directory;

import dev.wormhole.protocol.Endpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The server's side of {@code endpoint.json}: there while the server accepts, whole or not at all,
 * for its user alone.
 */
public final class EndpointFile {

    private final Path file;

    public EndpointFile(Path dataDirectory) {
        file = dataDirectory.resolve(Endpoint.FILE_NAME);
    }

    /**
     * First act under the lock: what a killed server left must not lead anybody to a stranger's
     * port.
     */
    public void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** Last act of a start. */
    public void write(Endpoint endpoint) throws IOException {
        Path temporary = file.resolveSibling(Endpoint.FILE_NAME + ".new");
        Files.deleteIfExists(temporary);
        try (FileChannel channel =
                FileChannel.open(
                        temporary,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            var bytes = ByteBuffer.wrap(endpoint.toJson().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) channel.write(bytes);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
