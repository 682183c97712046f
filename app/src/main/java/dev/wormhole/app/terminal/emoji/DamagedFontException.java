package dev.wormhole.app.terminal.emoji;

import java.io.IOException;

/** A font says something that cannot be, or that takes too long to follow. */
final class DamagedFontException extends IOException {

    private static final long serialVersionUID = 1;

    DamagedFontException(String message) {
        super(message);
    }
}
