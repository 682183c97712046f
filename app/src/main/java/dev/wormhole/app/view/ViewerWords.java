package dev.wormhole.app.view;

import dev.wormhole.app.terminal.SurfaceFacts;
import dev.wormhole.app.terminal.TerminalTheme;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ColorScheme;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.ViewerColors;

import javafx.scene.paint.Color;

/** What a terminal knows of itself, in the words of the wire. Pure. */
final class ViewerWords {

    private ViewerWords() {}

    static ClientMessage.ViewerState of(SessionId session, SurfaceFacts facts) {
        TerminalTheme theme = facts.theme();
        var colours =
                new ViewerColors(
                        rgb(theme.foreground()),
                        rgb(theme.background()),
                        rgb(theme.cursor()),
                        theme.palette().stream().map(ViewerWords::rgb).toList());
        return new ClientMessage.ViewerState(
                session,
                facts.focused(),
                facts.visible(),
                facts.cellWidth(),
                facts.cellHeight(),
                colours,
                theme.isDark() ? ColorScheme.DARK : ColorScheme.LIGHT);
    }

    private static int rgb(Color colour) {
        return (int) Math.round(colour.getRed() * 255) << 16
                | (int) Math.round(colour.getGreen() * 255) << 8
                | (int) Math.round(colour.getBlue() * 255);
    }
}
