package dev.wormhole.app.terminal;

import javafx.geometry.Bounds;
import javafx.scene.Group;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextBoundsType;

import java.lang.Character.UnicodeScript;

/**
 * A character with marks for which the font does not say where they go: JavaFX draws them beside
 * the character. Here each is drawn over it, in its middle.
 *
 * <p>Used on the FX thread.
 */
final class StackedMarks {

    /** Without any, a mark is drawn with a dotted circle for what it stands at. */
    private static final String BASE = "\u00a0";

    private StackedMarks() {}

    /** Whether it is a character with marks of any script behind it, and nothing else. */
    static boolean has(String text) {
        int base = Character.charCount(text.codePointAt(0));
        return text.length() > base && text.codePoints().skip(1).allMatch(StackedMarks::isMark);
    }

    private static boolean isMark(int code) {
        int type = Character.getType(code);
        return (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK)
                && UnicodeScript.of(code) == UnicodeScript.INHERITED;
    }

    /**
     * The baseline at 0, the left edge of the character too.
     *
     * @param width of the character
     */
    static Group draw(String text, Font font, double width) {
        var all = new Group();
        text.codePoints()
                .forEach(
                        code -> {
                            boolean isMark = isMark(code);
                            String base = isMark ? BASE : "";
                            Text part = part(base + Character.toString(code), font);
                            if (isMark) part.setX(width / 2 - middle(part));
                            all.getChildren().add(part);
                        });
        return all;
    }

    private static Text part(String text, Font font) {
        var part = new Text(text);
        part.setFont(font);
        part.setFill(Color.WHITE);
        part.setBoundsType(TextBoundsType.VISUAL);
        return part;
    }

    /** Of what is seen of it. */
    private static double middle(Text part) {
        Bounds ink = part.getLayoutBounds();
        return ink.isEmpty() ? 0 : ink.getCenterX();
    }
}
