package dev.wormhole.app.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.app.layout.PaneTree;
import dev.wormhole.client.link.LinkTarget;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class WorkspacesTest {

    private final FxQueue fx = new FxQueue();
    private final MemoryLayouts layouts = new MemoryLayouts();
    private final ManualTimer timer = new ManualTimer();
    private final LayoutSaver saver = new LayoutSaver(layouts, timer, _ -> {});
    private final List<ScriptedServer> servers = new ArrayList<>();
    private final Workspaces workspaces = new Workspaces(this::open, saver, new Named("local"));

    @Test
    void changingTheHostKeepsTheOldLayoutAndShowsTheNewOne() {
        servers.getFirst().connectsAndLists();
        servers.getFirst().creates(1);

        Workspace office = workspaces.switchTo(new Named("office"));
        servers.getLast().has(7, 8).connectsAndLists();
        assertThat(servers.getFirst().isClosed).isTrue();
        assertThat(workspaces.current()).isSameAs(office);
        assertThat(tree(office)).isEqualTo("row(1 50%, 2 50%) focus 1");

        Workspace local = workspaces.switchTo(new Named("local"));
        assertThat(tree(local)).isEqualTo("1 focus 1");
        assertThat(servers.getLast().attachment(1)).isNotNull();
        assertThat(layouts.stored).containsOnlyKeys("local", "office");
    }

    @Test
    void closingTheWindowSavesAndEndsTheSaver() {
        servers.getFirst().connectsAndLists();
        servers.getFirst().creates(1);

        assertThat(workspaces.close()).isCompleted();

        assertThat(layouts.stored).containsOnlyKeys("local");
        assertThat(servers.getFirst().isClosed).isTrue();
        assertThat(timer.isClosed()).isTrue();
    }

    private Workspace open(LinkTarget target) {
        servers.add(new ScriptedServer(fx));
        return new Workspace(target.name(), servers.getLast().opener(), saver, fx);
    }

    private static String tree(Workspace workspace) {
        return workspace.treeProperty().get().map(PaneTree::toString).orElse("empty");
    }

    private record Named(String name) implements LinkTarget {

        @Override
        public Address resolve() {
            throw new UnsupportedOperationException("nobody connects here");
        }
    }
}
