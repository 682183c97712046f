package dev.wormhole.bench.report;

import org.jspecify.annotations.Nullable;

/**
 * One line of the table. Immutable.
 *
 * @param unit empty where things are counted
 * @param goal null where Wormhole is only compared
 */
public record Figure(String title, String unit, @Nullable Goal goal) {

    String label() {
        return unit.isEmpty() ? title : title + ", " + unit;
    }
}
