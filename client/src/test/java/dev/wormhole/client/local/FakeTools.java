package dev.wormhole.client.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Programs of our own in a PATH of our own; what they were called with is written down. */
final class FakeTools {

    private final Path folder;

    FakeTools(Path folder) {
        this.folder = folder;
    }

    /** A program that writes down its name and words, and then does as the script says. */
    FakeTools with(String name, String script) throws IOException {
        Path tool = folder.resolve(name);
        Files.writeString(
                tool,
                """
                #!/bin/sh
                {
                    printf '%%s' "${0##*/}"
                    for word; do printf ' %%s' "$word"; done
                    echo
                } >>'%s'
                %s
                """
                        .formatted(log(), script));
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
        return this;
    }

    /** A user manager that answers, and a login manager that says whether lingering is on. */
    FakeTools withSystemd(boolean lingers) throws IOException {
        with("systemctl", "echo 255");
        return with("loginctl", "echo " + (lingers ? "yes" : "no"));
    }

    /** One that has the fakes before what the system has. */
    Map<String, String> environment() {
        var environment = new HashMap<>(System.getenv());
        environment.put("PATH", folder + ":" + System.getenv("PATH"));
        return environment;
    }

    List<String> calls() throws IOException {
        return Files.exists(log()) ? Files.readAllLines(log()) : List.of();
    }

    private Path log() {
        return folder.resolve("calls");
    }
}
