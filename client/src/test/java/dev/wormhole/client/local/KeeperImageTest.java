package dev.wormhole.client.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

class KeeperImageTest {

    @TempDir Path folder;

    private Path installed;
    private Path keeper;

    @BeforeEach
    void install() throws Exception {
        folder = folder.toRealPath();
        installed = folder.resolve("opt/lib");
        keeper = Files.createDirectories(folder.resolve("data/keeper"));
        pack("0.1.0-aaaa", "one");
    }

    /** As packaging/build does it. */
    private void pack(String name, String content) throws IOException {
        Path packaged = installed.resolve("keeper");
        Path java = packaged.resolve("runtime/bin/java");
        Files.createDirectories(java.getParent());
        Files.createDirectories(packaged.resolve("jars"));
        Files.writeString(packaged.resolve("name"), name + "\n");
        Files.writeString(java, content);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(packaged.resolve("jars/server.jar"), content);
        Files.writeString(packaged.resolve("jars/classpath"), "server.jar\nother.jar\n");
        Files.writeString(packaged.resolve("jars/other.jar"), content);
    }

    private Properties jvm() {
        var properties = new Properties();
        properties.setProperty("java.home", installed.resolve("runtime").toString());
        properties.setProperty("java.class.path", "/opt/lib/app.jar");
        return properties;
    }

    private List<String> copies() throws IOException {
        try (Stream<Path> all = Files.list(keeper.resolve("image"))) {
            return all.map(copy -> copy.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatIsInstalledIsCopiedWholeAndUsedFromThere() throws Exception {
        KeeperImage image = KeeperImage.prepare(keeper, jvm(), _ -> true);

        Path copy = keeper.resolve("image/0.1.0-aaaa");
        assertThat(image.java()).isEqualTo(copy.resolve("runtime/bin/java")).isExecutable();
        assertThat(image.classPath())
                .isEqualTo(copy.resolve("jars/server.jar") + ":" + copy.resolve("jars/other.jar"));
        assertThat(copy.resolve("jars/other.jar")).hasContent("one");
        assertThat(copies()).containsExactly("0.1.0-aaaa");
        assertThat(Files.getPosixFilePermissions(copy))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void aCopyIsMadeOnceAndNeverChanged() throws Exception {
        KeeperImage.prepare(keeper, jvm(), _ -> true);
        pack("0.1.0-aaaa", "two");

        KeeperImage image = KeeperImage.prepare(keeper, jvm(), _ -> true);

        assertThat(image.java()).hasContent("one");
    }

    @Test
    void aCopyThatAMachineCrashHasCutShortIsMadeAnew() throws Exception {
        KeeperImage.prepare(keeper, jvm(), _ -> false);
        Path copy = keeper.resolve("image/0.1.0-aaaa");
        Files.writeString(copy.resolve("runtime/bin/java"), "");
        Files.delete(copy.resolve("jars/other.jar"));

        KeeperImage image = KeeperImage.prepare(keeper, jvm(), _ -> false);

        assertThat(image.java()).hasContent("one").isExecutable();
        assertThat(copy.resolve("jars/other.jar")).hasContent("one");
        assertThat(copies()).containsExactly("0.1.0-aaaa");
    }

    @Test
    void aDamagedCopyThatIsInUseStaysAndTheOriginalServes() throws Exception {
        KeeperImage.prepare(keeper, jvm(), _ -> false);
        Path copied = keeper.resolve("image/0.1.0-aaaa/jars/classpath");
        Files.writeString(copied, "");

        KeeperImage image = KeeperImage.prepare(keeper, jvm(), _ -> true);

        assertThat(image.java()).isEqualTo(installed.resolve("keeper/runtime/bin/java"));
        assertThat(copied).isEmptyFile();
    }

    @Test
    void anUpdateLeavesTheCopyThatAKeeperRunsFromAndRemovesTheOthers() throws Exception {
        Path first = KeeperImage.prepare(keeper, jvm(), _ -> true).java();
        pack("0.2.0-bbbb", "two");
        Path second = KeeperImage.prepare(keeper, jvm(), _ -> true).java();
        Files.createDirectories(keeper.resolve("image/new.123/runtime"));
        pack("0.3.0-cccc", "three");

        KeeperImage.prepare(keeper, jvm(), copy -> second.startsWith(copy));

        assertThat(first).doesNotExist();
        assertThat(second).hasContent("two");
        assertThat(copies()).containsExactly("0.2.0-bbbb", "0.3.0-cccc");
    }

    @Test
    void aCopyThatAProcessRunsFromIsSeenToBeInUse() throws Exception {
        Path copy = keeper.resolve("image/0.0.1-dddd");
        Path program = copy.resolve("runtime/bin/java");
        Files.createDirectories(program.getParent());
        Path unused = Files.createDirectories(keeper.resolve("image/0.0.2-eeee"));
        Files.copy(Path.of("/bin/sleep").toRealPath(), program);
        Process process = new ProcessBuilder(program.toString(), "1000").start();
        try {
            KeeperImage.prepare(keeper, jvm());

            assertThat(program).exists();
            assertThat(unused).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void withoutRoomForACopyTheOriginalServes() throws Exception {
        Files.writeString(keeper.resolve("image"), "in the way");

        KeeperImage image = KeeperImage.prepare(keeper, jvm(), _ -> false);

        assertThat(image.java()).isEqualTo(installed.resolve("keeper/runtime/bin/java"));
    }

    @Test
    void aProgramThatIsNotInstalledRunsItsKeeperFromItsOwnFiles() throws Exception {
        Properties jvm = jvm();
        jvm.setProperty("java.home", "/jdk");

        KeeperImage image = KeeperImage.prepare(keeper, jvm, _ -> true);

        assertThat(image).isEqualTo(new KeeperImage(Path.of("/jdk/bin/java"), "/opt/lib/app.jar"));
        assertThat(keeper).isEmptyDirectory();
    }
}
