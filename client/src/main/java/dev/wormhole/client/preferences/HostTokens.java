package dev.wormhole.client.preferences;

import dev.wormhole.client.local.Failures;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * The tokens of saved hosts: one file of mode 0600 for each host, made with that mode. Tokens never
 * stand in {@code preferences.json}, which people copy and show.
 *
 * <p>Safe from any thread. Blocks on the disk.
 */
public final class HostTokens {

    private static final String SUFFIX = ".token";

    /** File systems take 255 bytes; a long name of a host ends in a number instead of its tail. */
    private static final int MAX_STEM = 200;

    private static final int MAX_BYTES = 4096;

    private static final Set<PosixFilePermission> FOREIGN =
            Set.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    private final Path directory;

    public HostTokens(Path configDirectory) {
        this.directory = configDirectory.resolve("hosts");
    }

    /** The file that holds the host's token, whether it is there or not. */
    public Path path(String host) {
        return directory.resolve(safeName(host) + SUFFIX);
    }

    public boolean has(String host) {
        return Files.isRegularFile(path(host));
    }

    /**
     * The host's token, or empty where none is saved.
     *
     * @throws IOException with a sentence for a person
     */
    public Optional<String> read(String host) throws IOException {
        return Files.exists(path(host)) ? Optional.of(readToken(path(host))) : Optional.empty();
    }

    public void write(String host, String token) throws IOException {
        AtomicFile.ensureDirectory(directory);
        AtomicFile.write(path(host), checked(token, "the token") + "\n");
    }

    public void delete(String host) throws IOException {
        Files.deleteIfExists(path(host));
    }

    /**
     * The token in any file that a person names.
     *
     * @throws IOException with a sentence for a person
     */
    public static String readToken(Path file) throws IOException {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.stream().anyMatch(FOREIGN::contains)) {
                throw new IOException(
                        file + " can be read or written by others: chmod 600 " + file);
            }
            if (Files.size(file) > MAX_BYTES)
                throw new IOException(file + " is too long to hold a token");
            return checked(Files.readString(file).strip(), file.toString());
        } catch (NoSuchFileException e) {
            throw new IOException(file + " does not exist: write the token of the host into it", e);
        } catch (CharacterCodingException e) {
            throw new IOException(noToken(file.toString()), e);
        } catch (java.nio.file.FileSystemException e) {
            throw new IOException(file + " cannot be read: " + Failures.reason(e), e);
        }
    }

    /** What can stand in an HTTP header, and in no message: the text itself is never quoted. */
    private static String checked(String token, String where) throws IOException {
        if (token.isEmpty())
            throw new IOException(where + " is empty: the token of the host is missing");
        if (!token.chars().allMatch(c -> c > 0x20 && c < 0x7f))
            throw new IOException(noToken(where));
        return token;
    }

    private static String noToken(String where) {
        return where + " holds something that is no token: one word of printable ASCII";
    }

    /**
     * Percent-encoded, so that different names give different files and none leaves the directory.
     */
    static String safeName(String host) {
        var safe = new StringBuilder();
        for (byte b : host.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean isPlain = c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
            if (isPlain || (c == '.' && !safe.isEmpty())) safe.append(c);
            else safe.append(String.format("%%%02x", (int) c));
        }
        if (safe.length() <= MAX_STEM) return safe.toString();
        return safe.substring(0, MAX_STEM) + "%" + Integer.toHexString(host.hashCode());
    }
}
