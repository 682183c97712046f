package dev.wormhole.protocol;

import java.util.Locale;

/** Whether a terminal is light on dark or dark on light. */
public enum ColorScheme {
    LIGHT,
    DARK;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
