package dev.wormhole.client.preferences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonObject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

class PreferencesFileTest {

    private static final URI ELSEWHERE = URI.create("wss://box.example:7000/");

    @TempDir Path folder;
    private Path config = Path.of("/nowhere");
    private PreferencesFile file = new PreferencesFile(config);

    @BeforeEach
    void place() {
        config = folder.resolve("config");
        file = new PreferencesFile(config, InstantSource.fixed(Instant.EPOCH));
    }

    @Test
    void anAnswerIsRememberedBesideEverythingElse() throws Exception {
        var file = new PreferencesFile(folder);
        file.update(preferences -> preferences.withSetting("ring.bytes", "1024"));

        file.update(preferences -> preferences.withAnswer("logout", "let-them-end"));

        Preferences kept = file.load().preferences();
        assertThat(kept.answer("logout")).contains("let-them-end");
        assertThat(kept.answer("other")).isEmpty();
        assertThat(kept.settings()).containsEntry("ring.bytes", "1024");
    }

    @Test
    void whatWasSavedIsReadBack() throws Exception {
        JsonObject layout = JsonObject.builder().put("tabs", 3).build();
        file.update(
                old ->
                        old.withHost(new SavedHost("box", ELSEWHERE, "SHA256:x"))
                                .withLayout(layout));
        file.update(old -> old.withSetting("ring.bytes", "1000").withPin(ELSEWHERE, "SHA256:y"));

        Preferences read = file.load().preferences();

        assertThat(read.hosts()).containsExactly(new SavedHost("box", ELSEWHERE, "SHA256:x"));
        assertThat(read.layout()).isEqualTo(layout);
        assertThat(read.settings()).containsEntry("ring.bytes", "1000");
        assertThat(read.pin(ELSEWHERE)).contains("SHA256:y");
        assertThat(read.withoutHost("box").hosts()).isEmpty();
    }

    @Test
    void aMissingFileIsNothingToReport() {
        assertThat(file.load().notice()).isEmpty();
        assertThat(file.load().preferences().hosts()).isEmpty();
        assertThat(config).doesNotExist();
    }

    @Test
    void whatThisProgramDoesNotKnowIsKept() throws Exception {
        write(
                """
                {"version":1,"future":{"a":[1.50,null]},"settings":{"x":7,"y":true},
                 "hosts":[{"name":"box","url":"wss://box.example:7000/","colour":"red"}]}
                """);

        file.update(
                old ->
                        old.withHost(new SavedHost("box", ELSEWHERE, "SHA256:x"))
                                .withSetting("z", "1"));

        JsonObject document = Json.parseObject(Files.readString(file.path()));
        assertThat(document.object("future").toText()).isEqualTo("{\"a\":[1.50,null]}");
        assertThat(document.object("settings").toText())
                .isEqualTo("{\"x\":7,\"y\":true,\"z\":\"1\"}");
        assertThat(document.objects("hosts").getFirst().text("colour")).isEqualTo("red");
        assertThat(document.objects("hosts").getFirst().text("fingerprint")).isEqualTo("SHA256:x");
        assertThat(file.load().preferences().settings())
                .containsEntry("x", "7")
                .containsEntry("y", "true");
    }

    @Test
    void aBrokenFileIsSetAsideAndReported() throws Exception {
        for (String broken :
                List.of(
                        "{",
                        "[]",
                        "{}",
                        "{\"version\":1,\"hosts\":7}",
                        "{\"version\":1,\"layout\":\"x\"}")) {
            write(broken);

            PreferencesFile.Loaded loaded = file.load();

            Path aside = config.resolve("preferences.json.broken-19700101-000000-000");
            assertThat(loaded.notice())
                    .hasValueSatisfying(notice -> assertThat(notice).contains("set aside"));
            assertThat(file.path()).doesNotExist();
            assertThat(Files.readString(aside)).isEqualTo(broken);
            Files.delete(aside);
        }
    }

    @Test
    void whatAMachineCrashLeftIsSetAsideAtWhateverByteItEnds() throws Exception {
        file.update(old -> old.withSetting("font.size", "14").withAnswer("linger", "no"));
        byte[] whole = Files.readAllBytes(file.path());
        int end = new String(whole, StandardCharsets.UTF_8).lastIndexOf('}');
        for (int length = 0; length <= end; length++) {
            assertSetAside(Arrays.copyOf(whole, length));
            // Some file systems keep the length.
            assertSetAside(Arrays.copyOf(Arrays.copyOf(whole, length), whole.length));
        }
        assertSetAside(new byte[] {(byte) 0xff, (byte) 0xfe});
    }

    private void assertSetAside(byte[] left) throws IOException {
        Files.write(file.path(), left);

        assertThat(file.problem()).isPresent();
        assertThat(file.load().notice())
                .hasValueSatisfying(notice -> assertThat(notice).contains("set aside"));

        Path aside = config.resolve("preferences.json.broken-19700101-000000-000");
        assertThat(Files.readAllBytes(aside)).isEqualTo(left);
        Files.delete(aside);
        assertThat(file.load().notice()).isEmpty();
    }

    @Test
    void savingOverABrokenFileSetsItAsideToo() throws Exception {
        write("{broken");

        file.update(old -> old.withSetting("a", "1"));

        assertThat(file.load().preferences().settings()).containsEntry("a", "1");
        assertThat(config.resolve("preferences.json.broken-19700101-000000-000"))
                .hasContent("{broken");
    }

    @Test
    void aNewerFileIsReportedAndNeverOverwritten() throws Exception {
        String newer = "{\"version\":2,\"hosts\":\"another form\"}";
        write(newer);

        assertThat(file.load().notice())
                .hasValueSatisfying(notice -> assertThat(notice).contains("newer"));
        assertThatThrownBy(() -> file.update(old -> old.withSetting("a", "1")))
                .hasMessageContaining("newer");
        assertThat(file.path()).hasContent(newer);
    }

    @Test
    void onlyTheOwnerCanReadIt() throws Exception {
        file.update(old -> old.withSetting("a", "1"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
                .isEqualTo("rwx------");
    }

    @Test
    void behindASymbolicLinkTheLinkStays() throws Exception {
        Path real = folder.resolve("dotfiles.json");
        Files.writeString(real, "{\"version\":1}");
        Files.createDirectories(config);
        Files.createSymbolicLink(file.path(), real);

        file.update(old -> old.withSetting("a", "1"));

        assertThat(file.path()).isSymbolicLink();
        assertThat(real).content().contains("\"a\"");
    }

    @Test
    void changesAtTheSameMomentAllArrive() throws Exception {
        List<Callable<Preferences>> changes =
                IntStream.range(0, 40)
                        .<Callable<Preferences>>mapToObj(
                                i ->
                                        () ->
                                                new PreferencesFile(config)
                                                        .update(
                                                                old ->
                                                                        old.withSetting(
                                                                                "s" + i, "1")))
                        .toList();

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<Preferences> change : threads.invokeAll(changes)) change.get();
        }

        assertThat(file.load().preferences().settings()).hasSize(40);
        try (var files = Files.list(config)) {
            assertThat(files).hasSize(2);
        }
    }

    private void write(String text) throws IOException {
        Files.createDirectories(config);
        Files.writeString(file.path(), text);
    }
}
