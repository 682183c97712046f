package dev.wormhole.app.terminal;

import javafx.scene.text.Font;
import javafx.scene.text.Text;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The monospaced font families of this computer. Finding them opens every font, which takes long
 * enough to be seen, so it is done elsewhere and once.
 *
 * <p>Owned by the FX thread.
 */
public final class InstalledFonts {

    private static final double SIZE = 40;

    /** Letters that differ in width wherever letters do. */
    private static final List<String> SAMPLES = List.of("W", ".", "l", "m");

    private final Executor finder;
    private @Nullable CompletableFuture<List<String>> families;

    /**
     * @param finder where they are looked for
     */
    public InstalledFonts(Executor finder) {
        this.finder = finder;
    }

    /** In alphabetical order; completes on another thread. */
    public CompletableFuture<List<String>> monospaced() {
        if (families == null)
            families = CompletableFuture.supplyAsync(InstalledFonts::find, finder);
        return families;
    }

    private static List<String> find() {
        var found = new ArrayList<String>();
        for (String family : Fonts.families()) if (isMonospaced(family)) found.add(family);
        found.sort(String.CASE_INSENSITIVE_ORDER);
        return List.copyOf(found);
    }

    private static boolean isMonospaced(String family) {
        Font font = Font.font(family, SIZE);
        double expected = width("i", font);
        return expected > 0 && SAMPLES.stream().allMatch(s -> width(s, font) == expected);
    }

    /** A text that is in no scene may be measured on any thread. */
    private static double width(String text, Font font) {
        var node = new Text(text);
        node.setFont(font);
        return node.getLayoutBounds().getWidth();
    }
}
