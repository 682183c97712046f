package dev.wormhole.app.workspace;

import dev.wormhole.app.layout.LayoutDocument;
import dev.wormhole.app.layout.PaneId;
import dev.wormhole.app.layout.PaneTree;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/** One workspace with its surroundings scripted. Pane n of a stored layout shows session n. */
public final class WorkspaceKit {

    static final String HOST = "local";

    public final FxQueue fx = new FxQueue();
    final ManualTimer timer = new ManualTimer();
    public final MemoryLayouts layouts = new MemoryLayouts();
    final List<String> saveProblems = new ArrayList<>();
    final LayoutSaver saver = new LayoutSaver(layouts, timer, saveProblems::add);
    public final ScriptedServer server = new ScriptedServer(fx);
    public final Workspace workspace = new Workspace(HOST, server.opener(), saver, fx);

    /** A layout with these panes in a grid was stored. */
    WorkspaceKit stored(int... panes) {
        var tree = PaneTree.tiled(Arrays.stream(panes).mapToObj(PaneId::new).toList());
        var places = new LinkedHashMap<PaneId, LayoutDocument.Place>();
        for (int pane : panes)
            places.put(
                    new PaneId(pane),
                    new LayoutDocument.Place(
                            ScriptedServer.id(pane), new TerminalSize(80 + pane, 20 + pane)));
        layouts.stored.put(HOST, new LayoutDocument(tree, places, null).toJson());
        return this;
    }

    /** Started, connected, listed, every attach answered. */
    WorkspaceKit running() {
        workspace.start();
        server.connectsAndLists();
        List.copyOf(server.attached).forEach(attached -> attached.answer(false));
        return this;
    }

    /** The same with stored panes whose sessions all live. */
    public WorkspaceKit running(int... panes) {
        server.has(panes);
        return stored(panes).running();
    }

    void command(WorkspaceCommand.PaneCommand command) {
        workspace.execute(command);
        fx.run();
    }

    void type(PaneModel pane, String text) {
        pane.input(ByteString.utf8(text));
        fx.run();
    }

    public PaneModel pane(int number) {
        return workspace.pane(new PaneId(number)).orElseThrow();
    }

    PaneModel focused() {
        return workspace.focusedProperty().get().orElseThrow();
    }

    public String tree() {
        return workspace.treeProperty().get().map(PaneTree::toString).orElse("empty");
    }

    String notice() {
        return workspace.noticeProperty().get().map(Notice::text).orElse("");
    }
}
