package dev.wormhole.app.terminal;

import dev.wormhole.app.fx.FxThread;
import dev.wormhole.terminal.screen.CellRange;
import dev.wormhole.terminal.screen.Links;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.TextLink;
import dev.wormhole.terminal.screen.ViewRow;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.Optional;

/**
 * The link under the mouse, while the key for links is held.
 *
 * <p>Owned by the FX thread; the text is read elsewhere.
 */
final class LinkHover {

    private final ScreenLoop loop;
    private final Runnable changed;
    private @Nullable TextPlace pointed;
    private @Nullable TextLink link;
    private int asked;

    /**
     * @param changed another link is under the mouse, or none
     */
    LinkHover(ScreenLoop loop, Runnable changed) {
        this.loop = loop;
        this.changed = changed;
    }

    /** The cell below the mouse; null: none, or links are not wanted. */
    void point(@Nullable TextPlace place) {
        if (place == null) {
            pointed = null;
            asked++;
            set(null);
        } else if (!place.equals(pointed)) {
            pointed = place;
            look(place);
        }
    }

    /** The text may be another one. */
    void changed() {
        if (pointed != null) look(pointed);
    }

    private void look(TextPlace place) {
        int mine = ++asked;
        loop.ask(Screen::copy)
                .thenApplyAsync(copy -> Links.at(copy, place.line(), place.column()))
                .thenAccept(found -> FxThread.later(() -> found(mine, found)));
    }

    private void found(int mine, Optional<TextLink> found) {
        if (mine == asked) set(found.orElse(null));
    }

    private void set(@Nullable TextLink found) {
        TextLink before = link;
        link = found;
        if (!Objects.equals(before, found)) changed.run();
    }

    Optional<String> uri() {
        return Optional.ofNullable(link).map(TextLink::uri);
    }

    /** The link's cells in a row, as {@link Highlights} tells them. */
    int[] of(ViewRow row) {
        TextLink present = link;
        if (present == null) return Highlights.NONE;
        for (CellRange cells : present.cells()) {
            int from = cells.from() - row.column();
            int to = cells.to() - row.column();
            if (cells.line() == row.line() && from < row.columns() && to > 0)
                return new int[] {from, to, Highlights.LINK};
        }
        return Highlights.NONE;
    }
}
