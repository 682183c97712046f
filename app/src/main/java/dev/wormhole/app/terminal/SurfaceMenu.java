package dev.wormhole.app.terminal;

import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.Clipboard;

/**
 * The menu of the right button over a terminal.
 *
 * <p>Owned by the FX thread.
 */
final class SurfaceMenu {

    private final ScreenSurface surface;
    private final Node owner;
    private ContextMenu menu = new ContextMenu();

    SurfaceMenu(ScreenSurface surface, Node owner) {
        this.surface = surface;
        this.owner = owner;
    }

    void show(double screenX, double screenY) {
        menu.hide();
        boolean canPaste = !surface.isReadOnly() && Clipboard.getSystemClipboard().hasString();
        menu =
                new ContextMenu(
                        item("Copy", surface.hasSelection(), surface::copySelection),
                        item("Paste", canPaste, surface::pasteClipboard),
                        new SeparatorMenuItem(),
                        item("Select all", true, surface::selectAll),
                        item("Clear scrollback", true, surface::clearScrollback));
        menu.show(owner, screenX, screenY);
    }

    void hide() {
        menu.hide();
    }

    private static MenuItem item(String text, boolean isEnabled, Runnable action) {
        var item = new MenuItem(text);
        item.setDisable(!isEnabled);
        item.setOnAction(_ -> action.run());
        return item;
    }
}
