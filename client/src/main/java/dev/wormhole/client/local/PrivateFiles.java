package dev.wormhole.client.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Who may read and write what lies in a data directory: its owner alone. Pure but for looking. */
public final class PrivateFiles {

    private PrivateFiles() {}

    /**
     * A file that is not its owner's alone.
     *
     * @param writable others can write it: then nothing in it can be trusted
     */
    public record Fault(Path file, boolean writable, String sentence, String remedy) {}

    /** What is wrong with the files of a directory, the worst first. */
    public static List<Fault> faults(Path directory) throws IOException {
        var faults = new ArrayList<Fault>();
        int own = FileFacts.ownUid();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                try {
                    FileFacts facts = FileFacts.ofLink(file);
                    if (facts.isRegularFile() || facts.isDirectory())
                        judge(file, facts, own, faults);
                } catch (NoSuchFileException _) {
                    // A server at work makes and removes files.
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        faults.sort(Comparator.comparing(fault -> !fault.writable()));
        return faults;
    }

    private static void judge(Path file, FileFacts facts, int own, List<Fault> faults) {
        String remedy = "chmod " + (facts.isDirectory() ? "700 " : "600 ") + file;
        if (facts.uid() != own) {
            faults.add(
                    new Fault(
                            file,
                            true,
                            file + " belongs to user " + facts.uid(),
                            "move it away, or chown it"));
        } else if (facts.isWritableByOthers()) {
            faults.add(
                    new Fault(
                            file,
                            true,
                            file + " can be written by others (mode " + facts.modeText() + ")",
                            remedy));
        } else if (!facts.isPrivate() && facts.isRegularFile()) {
            faults.add(
                    new Fault(
                            file,
                            false,
                            file + " can be read by others (mode " + facts.modeText() + ")",
                            remedy));
        }
    }
}
