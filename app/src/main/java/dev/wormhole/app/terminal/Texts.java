package dev.wormhole.app.terminal;

import dev.wormhole.terminal.screen.ScreenCopy;

/** Pieces of a screen's text. Pure; may take long. */
final class Texts {

    private Texts() {}

    static Selection line(ScreenCopy copy, TextPlace at) {
        return new Selection(
                new TextPlace(at.line(), 0), new TextPlace(at.line() + 1, 0), false, 0, 0);
    }

    static Selection word(ScreenCopy copy, TextPlace at) {
        return new Selection(at, new TextPlace(at.line(), at.column() + 1), false, 0, 0);
    }

    static Selection everything(ScreenCopy copy) {
        return Selection.text(new TextPlace(copy.firstLine(), 0), new TextPlace(copy.endLine(), 0));
    }

    static String of(ScreenCopy copy, Selection selection, int columns) {
        TextPlace from = selection.from();
        TextPlace to = selection.to();
        return copy.text(from.line(), from.column(), to.line(), to.column());
    }
}
