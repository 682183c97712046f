package dev.wormhole.app.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wormhole.app.layout.LayoutDocument.Place;
import dev.wormhole.app.layout.LayoutDocument.Reading;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;

class LayoutDocumentTest {

    private static final String SESSION = "00000000-0000-0000-0000-000000000001";

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsWrittenIsReadBackTheSame(long seed) throws JsonException {
        var random = new RandomTree(seed);
        for (int i = 0; i < 60; i++) random.edit();
        LayoutDocument document = document(random.tree(), random.random());

        Json read = Json.parse(document.toJson().toPrettyText());

        assertThat(LayoutDocument.read(read)).isEqualTo(new Reading.Restored(document));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aDocumentDamagedAnywhereIsAFailureAndNoException(long seed) {
        var random = new RandomTree(seed);
        for (int i = 0; i < 30; i++) random.edit();
        String text = document(random.tree(), random.random()).toJson().toText();

        for (int i = 0; i < 200; i++) {
            var damaged = new StringBuilder(text);
            int at = random.random().nextInt(text.length());
            damaged.setCharAt(at, "0123456789{}[],:\"a".charAt(random.random().nextInt(18)));
            try {
                Reading reading = LayoutDocument.read(Json.parse(damaged.toString()));

                assertThat(reading).isNotNull();
            } catch (JsonException e) {
                // Not JSON any more: whoever reads the file says so.
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "1",
                "{}",
                "{'version':1}",
                "{'version':1,'tree':{'pane':1},'focus':1}",
                "{'version':1,'tree':{'pane':1},'focus':2,'panes':[{'pane':1,'session':'S'}]}",
                "{'version':1,'tree':{'pane':0},'focus':0,'panes':[{'pane':0,'session':'S'}]}",
                "{'version':1,'tree':{'pane':1},'focus':1,'panes':[{'pane':1,'session':'x'}]}",
                "{'version':1,'tree':{'pane':1},'focus':1,'zoomed':2,"
                        + "'panes':[{'pane':1,'session':'S'}]}",
                "{'version':1,'tree':{'pane':1},'focus':1,"
                        + "'panes':[{'pane':1,'session':'S'},{'pane':2,'session':'S'}]}",
                "{'version':1,'tree':{'pane':1},'focus':1,"
                        + "'panes':[{'pane':1,'session':'S','cols':1,'rows':1}]}",
                "{'version':1,'tree':{'split':'row','children':[]},'focus':1,'panes':[]}",
                "{'version':1,'tree':{'split':'row','children':[{'pane':1,'weight':1}]},"
                        + "'focus':1,'panes':[{'pane':1,'session':'S'}]}",
                "{'version':1,'tree':{'split':'up','children':[{'pane':1,'weight':0.5},"
                        + "{'pane':2,'weight':0.5}]},'focus':1,'panes':[]}",
                "{'version':1,'tree':{'split':'row','children':[{'pane':1,'weight':-0.5},"
                        + "{'pane':2,'weight':1.5}]},'focus':1,'panes':[]}",
                "{'version':1,'tree':{'split':'row','children':[{'pane':1},{'pane':2}]},"
                        + "'focus':1,'panes':[]}",
            })
    void aForeignDocumentIsDamaged(String text) throws JsonException {
        Json json = Json.parse(text.replace('\'', '"').replace("S", SESSION));

        assertThat(LayoutDocument.read(json)).isInstanceOf(Reading.Damaged.class);
    }

    @Test
    void anotherVersionIsForeign() throws JsonException {
        assertThat(LayoutDocument.read(Json.parse("{\"version\":2,\"tree\":7}")))
                .isEqualTo(new Reading.Foreign(2));
    }

    @Test
    void aDocumentDeeperThanAnyTreeIsDamaged() throws JsonException {
        var text = new StringBuilder();
        for (int i = 0; i < 60; i++)
            text.append("{'split':'")
                    .append(i % 2 == 0 ? "row" : "column")
                    .append("','children':[")
                    .append("{'pane':")
                    .append(i + 2)
                    .append(",'weight':0.5},");
        text.append("{'pane':1,'weight':0.5}");
        text.append("],'weight':0.5}".repeat(60));
        String document = "{'version':1,'tree':" + text + ",'focus':1,'panes':[]}";

        assertThat(LayoutDocument.read(Json.parse(document.replace('\'', '"'))))
                .isEqualTo(new Reading.Damaged("tree: too deep"));
    }

    @Test
    void aSessionStandsInOnePane() {
        PaneTree tree = PaneTree.of(new PaneId(1)).split(new PaneId(1), Axis.ROW, new PaneId(2));
        var place = new Place(SessionId.parse(SESSION), null);

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new LayoutDocument(
                                        tree,
                                        Map.of(new PaneId(1), place, new PaneId(2), place),
                                        null));
    }

    private static LayoutDocument document(PaneTree tree, Random random) {
        var places = new LinkedHashMap<PaneId, Place>();
        for (PaneId pane : tree.panes()) {
            var id = new SessionId(new UUID(random.nextLong(), pane.number()));
            places.put(pane, new Place(id, random.nextBoolean() ? null : size(random)));
        }
        return new LayoutDocument(tree, places, random.nextBoolean() ? null : tree.focus());
    }

    private static TerminalSize size(Random random) {
        return TerminalSize.clamped(random.nextInt(2100), random.nextInt(1100));
    }
}
