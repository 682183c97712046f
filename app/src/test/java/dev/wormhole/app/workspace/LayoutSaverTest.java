package dev.wormhole.app.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.app.layout.LayoutDocument;
import dev.wormhole.app.layout.PaneId;
import dev.wormhole.app.layout.PanePath;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

class LayoutSaverTest {

    private final WorkspaceKit kit = new WorkspaceKit();

    @Test
    void aLayoutIsSavedWhenItHasBeenQuietForHalfASecond() {
        kit.running(1, 2);
        kit.timer.pass(500);
        int before = kit.layouts.writes;

        for (int i = 1; i < 10; i++) {
            kit.workspace.moveDivider(PanePath.ROOT, 0, i / 10.0);
            kit.timer.pass(499);
        }
        assertThat(kit.layouts.writes).isEqualTo(before);

        kit.timer.pass(1);
        assertThat(kit.layouts.writes).isEqualTo(before + 1);
        assertThat(stored().tree()).hasToString("row(1 90%, 2 10%) focus 1");
        kit.timer.pass(10_000);
        assertThat(kit.layouts.writes).isEqualTo(before + 1);
    }

    @Test
    void aLayoutIsSavedAtOnceOnClose() {
        kit.running(1, 2);
        kit.workspace.focus(new PaneId(2));

        assertThat(kit.workspace.close()).isCompleted();

        assertThat(stored().tree().focus()).isEqualTo(new PaneId(2));
    }

    @Test
    void anEmptyWindowHasNoLayout() {
        kit.running(1);

        kit.command(new WorkspaceCommand.Close());
        kit.timer.pass(500);

        assertThat(kit.layouts.stored).isEmpty();
    }

    @Test
    void aSaveThatFailsIsToldOnceAndTriedAgainWithTheNextChange() {
        kit.running(1, 2);
        kit.layouts.isFull = true;
        kit.workspace.focus(new PaneId(2));
        kit.timer.pass(500);
        kit.workspace.focus(new PaneId(1));
        kit.timer.pass(500);
        assertThat(kit.saveProblems).containsExactly("The layout cannot be saved: disk full");

        kit.layouts.isFull = false;
        kit.workspace.focus(new PaneId(2));
        kit.timer.pass(500);
        assertThat(stored().tree().focus()).isEqualTo(new PaneId(2));
    }

    @Test
    void theRealThreadSavesOnCloseAndEnds() throws Exception {
        kit.running(1);
        LayoutDocument document = stored();
        var layouts = new MemoryLayouts();
        var saver = LayoutSaver.start(layouts, kit.saveProblems::add);

        saver.changed("local", Optional.of(document));
        saver.close().get(10, TimeUnit.SECONDS);

        assertThat(layouts.load("local")).contains(document.toJson());
    }

    private LayoutDocument stored() {
        var json = kit.layouts.load(WorkspaceKit.HOST).orElseThrow();
        return ((LayoutDocument.Reading.Restored) LayoutDocument.read(json)).document();
    }
}
