package dev.wormhole.bench.report;

import org.jspecify.annotations.Nullable;

/**
 * One line of the table. Immutable.
 *
 * @param goal null where Wormhole is only compared
 */
public record Figure(String title, String unit, @Nullable Goal goal) {

    String label() {
        return title + ", " + unit;
    }
}
