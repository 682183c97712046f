package dev.wormhole.app.workspace;

import dev.wormhole.app.layout.LayoutDocument;
import dev.wormhole.app.layout.PaneId;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.json.Json;

import javafx.beans.property.ReadOnlyBooleanWrapper;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which panes there are at the start, and which of them stay when a list has come: the stored
 * layout first, without it the server's sessions, without those one shell. Later lists only take
 * panes away.
 *
 * <p>Owned by the FX thread.
 */
final class Restorer {

    /** Most panes that are made for sessions without a layout: a grid that one can read. */
    static final int MOST_TILED = 9;

    /** What the workspace does with panes. */
    interface Panes {

        PaneModel make(PaneId id, SessionId session);

        /** Attaches the session of a pane that has its place. */
        void open(PaneModel pane);

        /** Takes away a pane whose session is gone. */
        void drop(PaneModel pane);

        void tell(Notice notice);

        /** Whether it is a task: those that are over are in no list of sessions. */
        boolean isTask(SessionId session);
    }

    private final String host;
    private final LayoutSaver saver;
    private final Tiles tiles;
    private final KnownSessions known;
    private final Shells shells;
    private final Panes panes;

    // Owned by the FX thread.
    final ReadOnlyBooleanWrapper settled = new ReadOnlyBooleanWrapper(this, "settled", false);

    Restorer(
            String host,
            LayoutSaver saver,
            Tiles tiles,
            KnownSessions known,
            Shells shells,
            Panes panes) {
        this.host = host;
        this.saver = saver;
        this.tiles = tiles;
        this.known = known;
        this.shells = shells;
        this.panes = panes;
    }

    /** Shows the stored layout, all of its sessions attaching at once. */
    void start() {
        saver.store().load(host).ifPresent(this::read);
    }

    /** The server's sessions, as they are now. */
    void listed(List<SessionEntry> entries) {
        known.replace(entries);
        Set<SessionId> alive = entries.stream().map(SessionEntry::id).collect(Collectors.toSet());
        List<PaneModel> gone =
                tiles.panes.values().stream()
                        .filter(
                                pane ->
                                        !alive.contains(pane.session())
                                                && !panes.isTask(pane.session()))
                        .toList();
        gone.forEach(panes::drop);
        if (!gone.isEmpty()) panes.tell(Notice.info(goneText(gone.size())));
        for (SessionEntry entry : entries)
            tiles.paneOf(entry.id()).ifPresent(pane -> pane.describe(entry));
        if (!settled.get()) settle(entries);
    }

    private void read(Json stored) {
        switch (LayoutDocument.read(stored)) {
            case LayoutDocument.Reading.Restored(var document) -> restore(document);
            case LayoutDocument.Reading.Damaged(var reason) ->
                    setAside(stored, "could not be read (" + reason + ")");
            case LayoutDocument.Reading.Foreign(var version) ->
                    setAside(stored, "has version " + version + ", unknown to this program");
        }
    }

    private void setAside(Json stored, String why) {
        saver.setAside(host, stored);
        panes.tell(Notice.problem("The stored layout " + why + "; it was set aside."));
    }

    private void restore(LayoutDocument document) {
        var restored = new ArrayList<PaneModel>();
        document.places()
                .forEach(
                        (id, place) -> {
                            PaneModel pane = panes.make(id, place.session());
                            pane.expect(place.size());
                            restored.add(pane);
                        });
        tiles.restore(document, restored);
        restored.forEach(panes::open);
    }

    private void settle(List<SessionEntry> entries) {
        settled.set(true);
        if (!tiles.isEmpty() || shells.pending.get() > 0) return;
        // Nobody asked to see a task that was started elsewhere.
        List<SessionEntry> interactive =
                entries.stream().filter(entry -> entry.kind() != SessionKind.TASK).toList();
        if (interactive.isEmpty()) shells.ask(null);
        else tile(interactive);
    }

    private void tile(List<SessionEntry> entries) {
        List<SessionEntry> chosen =
                entries.stream()
                        .sorted(Comparator.comparingLong(SessionEntry::lastActiveAt).reversed())
                        .limit(MOST_TILED)
                        .sorted(Comparator.comparingLong(SessionEntry::createdAt))
                        .toList();
        var tiled = new ArrayList<PaneModel>();
        for (SessionEntry entry : chosen) {
            PaneModel pane = panes.make(tiles.nextId(), entry.id());
            pane.describe(entry);
            tiled.add(pane);
        }
        tiles.tile(tiled);
        tiled.forEach(panes::open);
        int rest = entries.size() - chosen.size();
        if (rest > 0) panes.tell(Notice.info("The session list has " + rest + " more."));
    }

    private static String goneText(int gone) {
        return gone == 1
                ? "A pane was removed: its session is gone."
                : gone + " panes were removed: their sessions are gone.";
    }
}
