package dev.wormhole.client.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The rule for a directory that holds secrets: ours alone, and nobody else writes to it. Knows
 * nothing of what is in it.
 */
public final class PrivateDirectory {

    private PrivateDirectory() {}

    /**
     * Makes the directory with mode 0700 where it is missing.
     *
     * @throws IOException with a sentence for a person when it cannot be made or must not be used
     */
    public static void ensure(Path directory) throws IOException {
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        try {
            if (!Files.exists(directory)) Files.createDirectories(directory, ownerOnly);
        } catch (IOException e) {
            throw new IOException(
                    directory
                            + " cannot be made ("
                            + Failures.reason(e)
                            + "): choose another with --data",
                    e);
        }
        Optional<String> problem = problem(directory);
        if (problem.isPresent()) throw new IOException(problem.get());
    }

    /**
     * Why the directory must not be used and what to do, or empty. One that is missing has no
     * problem.
     */
    public static Optional<String> problem(Path directory) {
        try {
            FileFacts facts = FileFacts.of(directory);
            if (!facts.isDirectory())
                return Optional.of(directory + " is not a directory: move it away");
            int own = FileFacts.ownUid();
            if (facts.uid() != own) {
                return Optional.of(
                        "%s belongs to user %d, not to you (%d): choose another directory"
                                .formatted(directory, facts.uid(), own));
            }
            if (facts.isWritableByOthers()) {
                return Optional.of(
                        "%s can be written by others (mode %s): chmod 700 %s"
                                .formatted(directory, facts.modeText(), directory));
            }
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(directory + " cannot be looked at: " + Failures.reason(e));
        }
    }
}
