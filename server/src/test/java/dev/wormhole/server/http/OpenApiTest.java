package dev.wormhole.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.MessageCodec;
import dev.wormhole.protocol.TaskReason;
import dev.wormhole.protocol.TaskStatus;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonObject;
import dev.wormhole.server.testkit.FakeTasks;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** docs/openapi.json says what the code does, no more and no less. */
class OpenApiTest {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private JsonObject document;

    @BeforeEach
    void read() throws Exception {
        document = Json.parseObject(Files.readString(Path.of("..", "docs", "openapi.json")));
    }

    @Test
    void itHasEveryRouteWithEveryStatusAndNoOthers() throws Exception {
        var documented = new TreeSet<String>();
        JsonObject paths = document.object("paths");
        for (String path : paths.fields().keySet()) {
            JsonObject item = paths.object(path);
            for (String method : item.fields().keySet()) {
                assertThat(METHODS).contains(method);
                documented.add(
                        method.toUpperCase(Locale.ROOT)
                                + " "
                                + path
                                + " "
                                + new TreeSet<>(
                                        item.object(method).object("responses").fields().keySet()));
            }
        }
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Route.values())
                                .map(
                                        route ->
                                                route.method()
                                                        + " "
                                                        + route.path()
                                                        + " "
                                                        + route.statuses())
                                .toList());
    }

    @Test
    void anEntryHasTheFieldsOfTheWire() throws Exception {
        JsonObject entry = schema("Task");
        try (var tasks = new FakeTasks()) {
            tasks.scripted();
            assertThat(entry.object("properties").fields().keySet())
                    .isEqualTo(MessageCodec.json(tasks.list().getFirst()).fields().keySet());
        }
        JsonObject properties = entry.object("properties");
        assertThat(properties.object("status").texts("enum"))
                .containsExactlyElementsOf(
                        Arrays.stream(TaskStatus.values()).map(TaskStatus::wireName).toList());
        assertThat(properties.object("reason").items("enum").stream().map(Json::toText))
                .contains("null")
                .containsAll(
                        Arrays.stream(TaskReason.values())
                                .map(reason -> "\"" + reason.wireName() + "\"")
                                .toList())
                .hasSize(TaskReason.values().length + 1);
    }

    @Test
    void aStartHasTheFieldsThatAreRead() throws Exception {
        var read = new TreeSet<>(TaskRoutes.START_FIELDS);
        read.add("command");
        assertThat(new TreeSet<>(schema("Start").object("properties").fields().keySet()))
                .isEqualTo(read);
    }

    @Test
    void allThatItRefersToIsThere() throws Exception {
        refersToWhatIsThere(document);
    }

    private JsonObject schema(String name) throws Exception {
        return document.object("components").object("schemas").object(name);
    }

    private void refersToWhatIsThere(Json value) throws Exception {
        switch (value) {
            case JsonObject object -> {
                String reference = object.optText("$ref");
                if (reference != null) {
                    Json at = document;
                    for (String step : reference.substring(2).split("/")) {
                        at = ((JsonObject) at).fields().get(step);
                        assertThat(at).as(reference).isNotNull();
                    }
                }
                for (Json field : object.fields().values()) refersToWhatIsThere(field);
            }
            case Json.Array(var items) -> {
                for (Json item : items) refersToWhatIsThere(item);
            }
            case Json.Text _, Json.Num _, Json.Bool _, Json.Null _ -> {}
        }
    }
}
