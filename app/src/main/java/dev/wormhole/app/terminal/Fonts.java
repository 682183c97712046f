package dev.wormhole.app.terminal;

import javafx.scene.text.Font;

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

    /** The first installed one of a comma-separated list, else the system's monospaced one. */
    static String family(String list) {
        List<String> installed = Font.getFamilies();
        for (String name : list.split(",")) {
            if (installed.contains(name.strip())) return name.strip();
        }
        return "Monospaced";
    }

    /** All installed families and the program's own. Safe from any thread. */
    static List<String> families() {
        return Font.getFamilies();
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
