package dev.wormhole.app.dialog;

import javafx.scene.layout.Region;

/**
 * Something to show over the window until the person is done with it.
 *
 * <p>Owned by the FX thread. A panel is shown once.
 */
public interface Panel {

    /** Names it, in its head. */
    String title();

    Region content();

    /**
     * It is on the screen: takes the keyboard.
     *
     * @param dismiss closes the panel
     */
    void opened(Runnable dismiss);

    /** Escape was pressed: leaves what is under way in the panel; false where that is nothing. */
    default boolean stepBack() {
        return false;
    }

    /** Whether it changes what is behind it: it then stands aside, and nothing is dimmed. */
    default boolean isBeside() {
        return false;
    }

    /** It is gone from the screen, whoever closed it. */
    default void closed() {}
}
