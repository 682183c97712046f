package dev.wormhole.server.pty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a child gets, whatever started the process that starts it. */
@Timeout(60)
class LoginSurroundingsTest {

    /** What a child of a JVM that was started like this tells of itself, by the first word. */
    private static Map<String, String> childOf(String starter) throws Exception {
        Process process =
                new ProcessBuilder(
                                "/bin/sh",
                                "-c",
                                starter + "; exec \"$0\" \"$@\"",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Starter.class.getName())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        Function<String, String> name = line -> line.split("[\\s:]+")[0];
        return said.lines()
                .collect(Collectors.toMap(name, line -> line.split("[\\s:]+")[1], (a, b) -> b));
    }

    @Test
    void underNohupWithAnOpenMaskItIsAsAfterALogin() throws Exception {
        Map<String, String> child = childOf("trap '' HUP INT QUIT; umask 0");

        long ignored = Long.parseUnsignedLong(child.get("SigIgn"), 16);
        assertThat(ignored & 0b111).as("HUP, INT and QUIT that are ignored").isZero();
        assertThat(Long.parseUnsignedLong(child.get("SigBlk"), 16)).isZero();
        assertThat(Integer.parseInt(child.get("umask"), 8) & 02)
                .as("others may not write what it makes")
                .isEqualTo(02);
        assertThat(child).containsEntry("descriptors", "1024");
    }

    @Test
    void aStricterMaskStays() throws Exception {
        assertThat(childOf("umask 077")).containsEntry("umask", "0077");
    }

    @Test
    void theMaskIsThatOfALoginOfThisSystem() {
        assertThat(LoginMask.ofLogin(List.of(), false)).isEqualTo(022);
        assertThat(LoginMask.ofLogin(List.of("# UMASK 000", "UMASK\t\t027 # strict"), false))
                .isEqualTo(027);
        assertThat(LoginMask.ofLogin(List.of("USERGROUPS_ENAB yes"), true)).isEqualTo(002);
        assertThat(LoginMask.ofLogin(List.of("UMASK 077", "USERGROUPS_ENAB yes"), true))
                .isEqualTo(007);
        assertThat(LoginMask.ofLogin(List.of("USERGROUPS_ENAB yes"), false)).isEqualTo(022);
        assertThat(LoginMask.ofLogin(List.of("USERGROUPS_ENAB no"), true)).isEqualTo(022);
    }

    /** Starts one child as sessions' processes are started. */
    static final class Starter {

        private Starter() {}

        static void main(String[] args) throws IOException, InterruptedException {
            // Of grep itself: a shell blocks signals while it waits for one.
            String tell =
                    "echo umask $(umask); echo descriptors $(ulimit -Sn);"
                            + " grep -E 'Sig(Ign|Blk)' /proc/self/status";
            String[] words = LoginSurroundings.probe().wrap("/bin/sh", List.of("-c", tell));
            System.exit(new ProcessBuilder(words).inheritIO().start().waitFor());
        }
    }
}
