package dev.wormhole.bench.window;

import dev.wormhole.bench.peer.Column;
import dev.wormhole.bench.probe.Row;

/** One thing to measure of terminals in windows. Immutable. */
public interface WindowRow extends Row<Column<Window>, Window> {

    @Override
    default boolean suits(Column<Window> program) {
        return true;
    }

    /** A row for the one whose keys are known. */
    interface Own extends WindowRow {

        @Override
        default boolean suits(Column<Window> program) {
            return program instanceof WormholeWindow;
        }
    }
}
