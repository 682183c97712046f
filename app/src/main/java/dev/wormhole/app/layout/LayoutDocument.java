package dev.wormhole.app.layout;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.protocol.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The layout of one host as it is stored: the tree, its focus, and which session each pane shows.
 *
 * <p>Immutable. Every pane of the tree has a place, and no session stands in two.
 *
 * @param zoomed the pane that fills the window, or null
 */
public record LayoutDocument(PaneTree tree, Map<PaneId, Place> places, @Nullable PaneId zoomed) {

    /** The form that this code writes; others are left alone. */
    public static final int VERSION = 1;

    /**
     * What a pane shows.
     *
     * @param size the pane's own size when the layout was saved, null if it never had one
     */
    public record Place(SessionId session, @Nullable TerminalSize size) {}

    /** What a stored layout turned out to be. Reading never throws. */
    public sealed interface Reading {

        record Restored(LayoutDocument document) implements Reading {}

        /** Not a layout; the reason names what is wrong with it. */
        record Damaged(String reason) implements Reading {}

        /** Written by another version of this program. */
        record Foreign(long version) implements Reading {}
    }

    public LayoutDocument {
        places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
        if (!places.keySet().equals(new HashSet<>(tree.panes())))
            throw new IllegalArgumentException("layout: panes and places differ");
        var sessions = new HashSet<SessionId>();
        for (Place place : places.values()) {
            if (!sessions.add(place.session()))
                throw new IllegalArgumentException(
                        "layout: two panes show session " + place.session().shortForm());
        }
        if (zoomed != null && !tree.contains(zoomed))
            throw new IllegalArgumentException("layout: zoomed: " + zoomed);
    }

    public Json toJson() {
        return LayoutJson.write(this);
    }

    public static Reading read(Json json) {
        return LayoutJson.read(json);
    }
}
