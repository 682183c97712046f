package dev.wormhole.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.client.cli.Check.Verdict;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.StoreProblem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;

class StoreChecksTest {

    @TempDir Path directory;

    private List<String> damage = List.of();

    @Test
    void everyProblemHasAVerdictAndARemedy() {
        for (StoreProblem problem : StoreProblem.values()) {
            Check check =
                    StoreChecks.told(state(problem, List.of(), null), Instant.EPOCH).getFirst();
            assertThat(check.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(check.remedy()).isNotBlank();
        }
        assertThat(StoreChecks.told(state(null, List.of(), null), Instant.EPOCH))
                .singleElement()
                .matches(check -> check.verdict() == Verdict.OK && check.remedy() == null);
    }

    @Test
    void whatWasDamagedAtTheStartNamesItsReport() {
        List<Check> checks =
                StoreChecks.told(state(null, List.of("one", "two"), "/data/report"), Instant.EPOCH);

        assertThat(checks.getLast())
                .isEqualTo(
                        Check.warn(
                                "damage",
                                "2 faults found when the server started: one",
                                "read /data/report"));
    }

    @Test
    void aDatabaseThatIsLargerThanItsSettingWarnsAndSaysWhatCanGo() {
        ServerMessage.StoreState small = state(null, List.of(), null);
        var large =
                new ServerMessage.StoreState(
                        null,
                        null,
                        null,
                        0,
                        null,
                        null,
                        true,
                        List.of(),
                        null,
                        3_000_000L,
                        2_999_999L);

        assertThat(StoreChecks.told(small, Instant.EPOCH)).hasSize(1);
        assertThat(StoreChecks.told(large, Instant.EPOCH).getLast())
                .isEqualTo(
                        Check.warn(
                                "size",
                                "the database has 3.0 MB, more than store.bytes (3.0 MB)",
                                "'wormhole clean' lists what can go; or set store.bytes higher"));
    }

    @Test
    void filesThatOthersWriteFailAndFilesThatOthersReadWarn() throws Exception {
        Path database = file("wormhole.db", "rw-------");
        assertThat(named("files").verdict()).isEqualTo(Verdict.OK);

        Path log = file("server.log", "rw-r--r--");
        assertThat(named("files"))
                .isEqualTo(
                        Check.warn(
                                "files",
                                log + " can be read by others (mode 0644)",
                                "chmod 600 " + log));

        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw--w----"));
        assertThat(named("files"))
                .isEqualTo(
                        Check.fail(
                                "files",
                                database + " can be written by others (mode 0620), and 1 more",
                                "chmod 600 " + database));
    }

    @Test
    void aDatabaseThatCannotBeReadWholeFails() throws Exception {
        file("wormhole.db", "rw-------");
        assertThat(named("database").verdict()).isEqualTo(Verdict.OK);

        damage = List.of("one row", "another");
        assertThat(named("database").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(named("database").found()).isEqualTo("2 faults: one row");
        assertThat(named("database").remedy()).contains("the next start keeps what is readable");
    }

    @Test
    void whatWasSetAsideIsNamedUntilSomebodyDeletesIt() throws Exception {
        file("wormhole.db", "rw-------");
        assertThat(checks()).noneMatch(check -> check.name().equals("aside"));

        file("wormhole.db.damaged-20261121-120000", "rw-------");
        Path report = file("wormhole.db.damaged-20261121-120000.damage.txt", "rw-------");

        assertThat(named("aside").verdict()).isEqualTo(Verdict.WARN);
        assertThat(named("aside").found()).contains("1 file");
        assertThat(named("aside").remedy()).contains("read " + report, "delete");
    }

    @Test
    void withoutADirectoryThereIsNothingToLookAt() {
        var none = new StoreChecks(directory.resolve("none"), functions());

        assertThat(none.all(false, 0)).isEmpty();
    }

    private Check named(String name) {
        return checks().stream().filter(check -> check.name().equals(name)).findFirst().get();
    }

    private List<Check> checks() {
        return new StoreChecks(directory, functions()).all(false, 0);
    }

    private Path file(String name, String mode) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }

    private static ServerMessage.StoreState state(
            StoreProblem problem, List<String> warnings, String report) {
        return new ServerMessage.StoreState(
                problem,
                problem == null ? null : 1L,
                problem == null ? null : "why",
                0,
                null,
                null,
                true,
                warnings,
                report,
                3_000_000L,
                2_000_000_000L);
    }

    private ServerFunctions functions() {
        return new ServerFunctions() {
            @Override
            public int serve(ServeOptions options) {
                throw new UnsupportedOperationException();
            }

            @Override
            public int keep(Path dataDirectory) {
                throw new UnsupportedOperationException();
            }

            @Override
            public int endKeepers(Path dataDirectory) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<String> inspectStore(Path dataDirectory, boolean served) {
                return damage;
            }
        };
    }
}
