package dev.wormhole.app.dialog;

import dev.wormhole.app.terminal.InstalledFonts;
import dev.wormhole.app.terminal.TerminalTheme;

import javafx.beans.property.StringProperty;
import javafx.scene.control.ComboBox;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Makes the list of fonts to choose from: the default and those that are installed. */
final class FontChoice {

    private FontChoice() {}

    /**
     * A box that shows and changes the family. Until the fonts are found it offers what is set.
     *
     * @param fx runs what it is given on the FX thread
     */
    static ComboBox<String> create(StringProperty family, InstalledFonts fonts, Executor fx) {
        var box = new ComboBox<String>();
        box.setId("font-family");
        box.setConverter(new Words());
        box.getItems().setAll(choices(family.get(), List.of()));
        box.valueProperty().bindBidirectional(family);
        fonts.monospaced().thenAcceptAsync(found -> offer(box, choices(family.get(), found)), fx);
        return box;
    }

    /** Adds only what is missing: a box whose items are all replaced forgets its value. */
    private static void offer(ComboBox<String> box, List<String> choices) {
        for (String choice : choices)
            if (!box.getItems().contains(choice)) box.getItems().add(choice);
    }

    /** The default first, and the one that is set in any case: it may be a list of names. */
    private static List<String> choices(String current, List<String> found) {
        var choices = new ArrayList<String>();
        choices.add(TerminalTheme.FONTS);
        if (!current.equals(TerminalTheme.FONTS) && !found.contains(current)) choices.add(current);
        choices.addAll(found);
        return choices;
    }

    private static final class Words extends StringConverter<String> {

        @Override
        public String toString(@Nullable String family) {
            if (family == null) return "";
            return family.equals(TerminalTheme.FONTS) ? "Default" : family;
        }

        @Override
        public String fromString(String words) {
            throw new UnsupportedOperationException("nobody types here");
        }
    }
}
