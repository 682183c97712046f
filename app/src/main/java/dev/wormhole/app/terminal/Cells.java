package dev.wormhole.app.terminal;

import com.techsenger.jeditermfx.core.model.TerminalLine;
import com.techsenger.jeditermfx.core.util.CharUtils;

/**
 * What stands in the cells of a line as the library keeps it: one UTF-16 unit a cell, with fillers.
 * Pure.
 */
final class Cells {

    private static final char BLANK = '\0';

    private Cells() {}

    /** The character in a cell, both halves of it if it has two; empty for a blank. */
    static String at(TerminalLine line, int col) {
        char first = line.charAt(col);
        if (first == BLANK || first == ' ' || first == CharUtils.DWC) return "";
        if (!Character.isHighSurrogate(first)) return Character.toString(first);
        char second = line.charAt(col + 1);
        return Character.isLowSurrogate(second) ? new String(new char[] {first, second}) : "";
    }

    static int width(TerminalLine line, int col) {
        char next = line.charAt(col + 1);
        boolean isWide = next == CharUtils.DWC || Character.isLowSurrogate(next);
        return isWide && line.charAt(col) != BLANK ? 2 : 1;
    }

    /** A whole line as text, without fillers and trailing blanks. */
    static String text(TerminalLine line) {
        var text = new StringBuilder();
        for (char c : line.getText().toCharArray()) {
            if (c != CharUtils.DWC) text.append(c == BLANK ? ' ' : c);
        }
        return text.toString().stripTrailing();
    }
}
