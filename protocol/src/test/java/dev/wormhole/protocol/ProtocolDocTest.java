package dev.wormhole.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** docs/protocol.md and the types say the same. */
class ProtocolDocTest {

    private static String page() throws Exception {
        return Files.readString(Path.of("..", "docs", "protocol.md"));
    }

    /** Type and fields of every message, as {@code type{field,…}}. */
    private static Set<String> written(Stream<JsonObject> messages) {
        return messages.flatMap(
                        json -> {
                            String type = assertText(json);
                            return json.fields().keySet().stream()
                                    .filter(f -> !f.equals("type"))
                                    .map(f -> type + "." + f);
                        })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String assertText(JsonObject json) {
        try {
            return json.text("type");
        } catch (dev.wormhole.protocol.json.JsonException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> documented(String section) {
        var fields = new TreeSet<String>();
        Matcher line = Pattern.compile("(?m)^([a-z_]+)\\{([^}]*)\\}").matcher(section);
        while (line.find()) {
            for (String field : line.group(2).split(",")) {
                String name = field.strip().replaceAll("[?\\[\\]{}|].*", "").replaceAll(":.*", "");
                if (!name.isEmpty()) fields.add(line.group(1) + "." + name);
            }
        }
        return fields;
    }

    @Test
    void theDocumentHasEveryFieldOfEveryMessageAndNoOther() throws Exception {
        String page = page();
        int server = page.indexOf("## What a server says");
        Set<String> client =
                written(Samples.CLIENT.stream().map(m -> ClientMessageJson.write(m).build()));
        Set<String> says =
                written(Samples.SERVER.stream().map(m -> ServerMessageJson.write(m).build()));

        assertThat(documented(page.substring(0, server))).isEqualTo(client);
        assertThat(documented(page.substring(server))).isEqualTo(says);
    }

    @Test
    void theDocumentNamesEveryErrorCloseCodeAndWord() throws Exception {
        String page = page();
        for (ErrorCode code : ErrorCode.values())
            assertThat(page).contains("`" + code.wireName() + "`");
        for (CloseCode code : CloseCode.values())
            assertThat(page).contains("| " + code.code() + " |");
        for (Feature feature : Feature.values())
            assertThat(page).contains("| `" + feature.wireName() + "` |");
        for (RespawnMode mode : RespawnMode.values())
            assertThat(page).contains("`" + mode.wireName() + "`");
        for (ExitReason reason : ExitReason.values())
            assertThat(page).contains("`" + reason.wireName() + "`");
        for (SessionKind kind : SessionKind.values())
            assertThat(page).contains("`" + kind.wireName() + "`");
    }

    @Test
    void theDocumentNamesEveryFieldOfAListEntry() throws Exception {
        String page = page();
        for (String field : ServerMessageJson.entry(Samples.ENTRY).fields().keySet()) {
            assertThat(page).contains("| `" + field + "` |");
        }
    }

    @Test
    void theDocumentNamesEveryFieldOfKeepersAndOrphans() throws Exception {
        String page = page();
        String section = page.substring(page.indexOf("### Keepers and orphans"));
        for (String field : KeepersJson.keeper(Samples.KEEPER).fields().keySet())
            assertThat(section).contains("`" + field + "`");
        for (String field : KeepersJson.orphan(Samples.ORPHAN).fields().keySet())
            assertThat(section).contains("`" + field + "`");
    }

    @Test
    void theDocumentNamesEveryFieldOfARecoveryReport() throws Exception {
        String page = page();
        String section = page.substring(page.indexOf("### Recovery"));
        for (String field : RecoveryJson.line(Samples.RECOVERED).fields().keySet())
            assertThat(section).contains("`" + field + "`");
    }

    @Test
    void theDocumentNamesEveryFieldStatusAndReasonOfATask() throws Exception {
        String page = page();
        String section = page.substring(page.indexOf("### Tasks"));
        for (String field : TasksJson.entry(Samples.TASK).fields().keySet())
            assertThat(section).contains("| `" + field + "` |");
        for (TaskStatus status : TaskStatus.values())
            assertThat(section).contains("`" + status.wireName() + "`");
        for (TaskReason reason : TaskReason.values())
            assertThat(section).contains("`" + reason.wireName() + "`");
    }
}
