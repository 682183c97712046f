package dev.wormhole.app.terminal;

import javafx.scene.text.Font;
import javafx.scene.text.Text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The monospaced font that comes with the program, and the choice among the installed ones.
 *
 * <p>Owned by the FX thread.
 */
final class Fonts {

    private static final List<String> BUNDLED =
            List.of(
                    "JetBrainsMono-Regular.ttf",
                    "JetBrainsMono-Bold.ttf",
                    "JetBrainsMono-Italic.ttf",
                    "JetBrainsMono-BoldItalic.ttf");

    static {
        BUNDLED.forEach(Fonts::load);
    }

    private Fonts() {}

    /**
     * The theme's font at the size nearest to the wished one at which a character is a whole number
     * of pixels wide: the cells are, and text in between looks gappy or cramped.
     */
    static Font of(TerminalTheme theme) {
        String family = family(theme.fontFamily());
        double wished = theme.fontSize();
        double advance = advance(Font.font(family, wished));
        return Font.font(family, wished * Math.max(1, Math.round(advance)) / advance);
    }

    private static String family(String list) {
        List<String> installed = Font.getFamilies();
        for (String name : list.split(",")) {
            if (installed.contains(name.strip())) return name.strip();
        }
        return "Monospaced";
    }

    private static double advance(Font font) {
        var text = new Text("W".repeat(100));
        text.setFont(font);
        return text.getLayoutBounds().getWidth() / 100;
    }

    private static void load(String file) {
        try (InputStream in = Fonts.class.getResourceAsStream("/dev/wormhole/app/fonts/" + file)) {
            if (in == null) throw new IllegalStateException("missing resource: " + file);
            Font.loadFont(in, 12);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
