package dev.wormhole.app.terminal;

/**
 * The text selected last in any terminal of the window, which the middle button pastes. JavaFX has
 * no access to the X11 selection of that name, so it does not reach other programs.
 *
 * <p>Owned by the FX thread.
 */
public final class PrimarySelection {

    private String text = "";

    String text() {
        return text;
    }

    void text(String selected) {
        if (!selected.isEmpty()) text = selected;
    }
}
