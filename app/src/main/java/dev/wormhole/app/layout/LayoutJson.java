package dev.wormhole.app.layout;

import dev.wormhole.app.layout.LayoutDocument.Place;
import dev.wormhole.app.layout.LayoutDocument.Reading;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON form of a layout. Pure. */
final class LayoutJson {

    private LayoutJson() {}

    static Json write(LayoutDocument document) {
        var panes = new ArrayList<Json>();
        document.places().forEach((pane, place) -> panes.add(write(pane, place)));
        var json =
                JsonObject.builder()
                        .put("version", LayoutDocument.VERSION)
                        .put("tree", writeNode(document.tree().root()).build())
                        .put("focus", document.tree().focus().number());
        PaneId zoomed = document.zoomed();
        if (zoomed != null) json.put("zoomed", zoomed.number());
        return json.put("panes", new Json.Array(panes)).build();
    }

    private static Json write(PaneId pane, Place place) {
        var json =
                JsonObject.builder()
                        .put("pane", pane.number())
                        .put("session", place.session().toString());
        TerminalSize size = place.size();
        if (size != null) json.put("cols", size.cols()).put("rows", size.rows());
        return json.build();
    }

    private static JsonObject.Builder writeNode(Node node) {
        return switch (node) {
            case Node.Pane(var id) -> JsonObject.builder().put("pane", id.number());
            case Node.Split(var axis, var children) -> {
                var items = new ArrayList<Json>();
                for (Node.Child child : children) {
                    Json weight = Json.of(child.weight());
                    items.add(writeNode(child.node()).put("weight", weight).build());
                }
                yield JsonObject.builder()
                        .put("split", axis.storedName())
                        .put("children", new Json.Array(items));
            }
        };
    }

    static Reading read(Json json) {
        if (!(json instanceof JsonObject object)) return new Reading.Damaged("not an object");
        try {
            long version = object.integer("version", 0, Integer.MAX_VALUE);
            if (version != LayoutDocument.VERSION) return new Reading.Foreign(version);
            PaneId zoomed = object.get("zoomed") == null ? null : readId(object, "zoomed");
            PaneTree tree =
                    PaneTree.of(readNode(object.object("tree"), 0), readId(object, "focus"));
            return new Reading.Restored(new LayoutDocument(tree, readPlaces(object), zoomed));
        } catch (JsonException | IllegalArgumentException e) {
            return new Reading.Damaged(String.valueOf(e.getMessage()));
        }
    }

    private static Node readNode(JsonObject json, int depth) throws JsonException {
        // Checked on the way down, before a hostile document is read whole.
        if (depth > PaneTree.MAX_DEPTH) throw new JsonException("tree: too deep");
        if (json.get("pane") != null) return new Node.Pane(readId(json, "pane"));
        List<JsonObject> items = json.objects("children");
        if (items.size() > PaneTree.MAX_PANES) throw new JsonException("children: too many");
        var children = new ArrayList<Node.Child>();
        for (JsonObject item : items) {
            Double weight = item.optNumber("weight");
            if (weight == null) throw new JsonException("weight: missing");
            children.add(new Node.Child(readNode(item, depth + 1), weight));
        }
        return new Node.Split(readAxis(json.text("split")), children);
    }

    private static Axis readAxis(String name) throws JsonException {
        for (Axis axis : Axis.values()) if (axis.storedName().equals(name)) return axis;
        throw new JsonException("split: expected row or column");
    }

    private static Map<PaneId, Place> readPlaces(JsonObject json) throws JsonException {
        var places = new LinkedHashMap<PaneId, Place>();
        for (JsonObject item : json.objects("panes")) {
            var place = new Place(SessionId.parse(item.text("session")), readSize(item));
            if (places.put(readId(item, "pane"), place) != null)
                throw new JsonException("panes: a pane stands there twice");
        }
        return places;
    }

    private static @Nullable TerminalSize readSize(JsonObject json) throws JsonException {
        Long cols = json.optInteger("cols", TerminalSize.MIN_COLS, TerminalSize.MAX_COLS);
        Long rows = json.optInteger("rows", TerminalSize.MIN_ROWS, TerminalSize.MAX_ROWS);
        return cols == null || rows == null
                ? null
                : new TerminalSize(cols.intValue(), rows.intValue());
    }

    private static PaneId readId(JsonObject json, String field) throws JsonException {
        return new PaneId((int) json.integer(field, 1, Integer.MAX_VALUE));
    }
}
