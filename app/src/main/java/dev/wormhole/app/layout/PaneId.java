package dev.wormhole.app.layout;

/**
 * Names a pane within its tree, for as long as the pane exists; the stored layout keeps it.
 *
 * <p>Immutable.
 */
public record PaneId(int number) {

    public PaneId {
        if (number < 1) throw new IllegalArgumentException("pane: " + number);
    }

    @Override
    public String toString() {
        return "pane " + number;
    }
}
