package dev.wormhole.server.session;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ColorScheme;
import dev.wormhole.protocol.ViewerColors;
import dev.wormhole.terminal.screen.TerminalFacts;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What a viewer has told, as the screen wants to know it. Pure. */
final class KnownFacts {

    private static final TerminalFacts UNKNOWN = TerminalFacts.UNKNOWN;

    private KnownFacts() {}

    static TerminalFacts of(ClientMessage.ViewerState state) {
        ViewerColors colors = state.colors();
        return new TerminalFacts(
                state.focused() == null ? UNKNOWN.focused() : state.focused(),
                pixels(state.cellWidth()),
                pixels(state.cellHeight()),
                colors == null ? UNKNOWN.foreground() : colors.fg(),
                colors == null ? UNKNOWN.background() : colors.bg(),
                colors == null ? UNKNOWN.cursor() : colors.cursor(),
                colors == null ? List.of() : colors.palette(),
                isDark(state.scheme(), colors));
    }

    private static double pixels(@Nullable Double told) {
        // A cell of other sizes is a mistake, and programs divide by it.
        return told == null || !(told > 0 && told <= 1000) ? 0 : told;
    }

    private static boolean isDark(@Nullable ColorScheme scheme, @Nullable ViewerColors colors) {
        if (scheme != null) return scheme == ColorScheme.DARK;
        return colors == null ? UNKNOWN.dark() : luma(colors.bg()) < luma(colors.fg());
    }

    /** Rec. 601, good enough to tell light from dark. */
    private static int luma(int color) {
        return 299 * (color >> 16 & 0xff) + 587 * (color >> 8 & 0xff) + 114 * (color & 0xff);
    }
}
