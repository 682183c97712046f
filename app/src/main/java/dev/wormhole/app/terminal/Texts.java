package dev.wormhole.app.terminal;

import dev.wormhole.terminal.screen.CellRange;
import dev.wormhole.terminal.screen.Links;
import dev.wormhole.terminal.screen.ScreenCopy;
import dev.wormhole.terminal.screen.ScreenCopy.RowPlace;
import dev.wormhole.terminal.screen.TextLink;
import dev.wormhole.terminal.screen.Words;

/** Pieces of a screen's text. Pure; may take long. */
final class Texts {

    private static final Words WORDS = new Words(Words.DEFAULT_EXTRA);

    private Texts() {}

    /** A whole logical line, its end included. */
    static Selection line(TextPlace at) {
        return Selection.text(new TextPlace(at.line(), 0), new TextPlace(at.line() + 1, 0));
    }

    /** A link, whole; else what stands between blanks or other separators. */
    static Selection word(ScreenCopy copy, TextPlace at) {
        return Links.at(copy, at.line(), at.column())
                .map(TextLink::cells)
                .filter(cells -> !cells.isEmpty())
                .map(cells -> span(cells.getFirst(), cells.getLast()))
                .orElseGet(
                        () -> {
                            CellRange word = WORDS.word(copy, at.line(), at.column());
                            // Behind the text there is nothing to select.
                            if (rest(copy, word).isEmpty()) return Selection.text(at, at);
                            return span(word, word);
                        });
    }

    /** The text from there to the end of its line, without trailing blanks. */
    private static String rest(ScreenCopy copy, CellRange from) {
        return copy.text(from.line(), from.from(), from.line(), Integer.MAX_VALUE).stripTrailing();
    }

    private static Selection span(CellRange first, CellRange last) {
        return Selection.text(
                new TextPlace(first.line(), first.from()), new TextPlace(last.line(), last.to()));
    }

    static Selection everything(ScreenCopy copy) {
        return Selection.text(new TextPlace(copy.firstLine(), 0), new TextPlace(copy.endLine(), 0));
    }

    static String of(ScreenCopy copy, Selection selection) {
        TextPlace from = selection.from();
        TextPlace to = selection.to();
        if (selection.rectangle()) {
            return copy.rectangle(
                    new RowPlace(from.line(), from.column()),
                    new RowPlace(to.line(), to.column()),
                    selection.left(),
                    selection.right());
        }
        return copy.text(from.line(), from.column(), to.line(), to.column());
    }
}
