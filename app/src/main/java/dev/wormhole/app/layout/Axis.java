package dev.wormhole.app.layout;

import java.util.Locale;

/** How the children of a split lie. The stored name is the constant in lower case. */
public enum Axis {
    /** Side by side, from left to right. */
    ROW,
    /** One below the other, from top to bottom. */
    COLUMN;

    public Axis other() {
        return this == ROW ? COLUMN : ROW;
    }

    String storedName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
