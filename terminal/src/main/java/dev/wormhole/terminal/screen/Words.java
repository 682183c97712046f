package dev.wormhole.terminal.screen;

import java.lang.Character.UnicodeScript;
import java.util.Optional;

/**
 * What a double and a triple click pick, across soft wraps because lines are logical ones.
 *
 * <p>A URL is picked as {@link Links} finds it. Elsewhere a word is a run of letters, digits, marks
 * and the extra characters, less the punctuation that ends a sentence; Chinese and Japanese, which
 * have no blanks between words, and Korean go by runs of one script. Of anything else, blanks and
 * lines of a box for example, it is the run of the same character.
 *
 * <p>Immutable, safe from any thread.
 */
public final class Words {

    /**
     * What identifiers, options, paths and addresses consist of. As in VTE and kitty the colon is
     * not in it: URLs are found without it, and of {@code file.c:12:5} or {@code user@host:path}
     * people want a part. Nor are brackets and quotes, which stand around words.
     */
    public static final String DEFAULT_EXTRA = "_-./~@%+#?&=\u00b7";

    /** They end a sentence when they end a word. */
    private static final String SENTENCE_ENDS = ".,:;!?";

    // Kinds of cells that are no single character.
    private static final int BLANK = -1;
    private static final int WORD = -2;

    /** A mark of length: it is of the script of the kana before it. */
    private static final int LENGTH_MARK = -3;

    private static final int HAN = -4;
    private static final int HIRAGANA = -5;
    private static final int KATAKANA = -6;
    private static final int HANGUL = -7;
    private static final int BOPOMOFO = -8;

    private final String extra;

    /**
     * @param extra characters that belong to words beside letters, digits and marks
     */
    public Words(String extra) {
        this.extra = extra;
    }

    /** All of a logical line, what a triple click picks; empty where it is. */
    public static CellRange line(ScreenCopy copy, long line) {
        return new CellRange(line, 0, copy.indexed(line).width());
    }

    /** The word at a place; what is behind the line's end is the blank that was pointed at. */
    public CellRange word(ScreenCopy copy, long number, int column) {
        IndexedLine line = copy.indexed(number);
        int at = line.cellAt(Math.max(0, column));
        int end = line.text().length();
        if (at == end) return new CellRange(number, line.width(), column + 1);
        Optional<CellRange> url =
                Links.plain(line, number, column).map(link -> link.cells().get(0));
        if (url.isPresent()) return url.get();
        int kind = kindAt(line, at);
        int from = at;
        while (from > 0 && kindAt(line, line.previousCell(from)) == kind) {
            from = line.previousCell(from);
        }
        int to = line.nextCell(at);
        while (to < end && kindAt(line, to) == kind) to = line.nextCell(to);
        if (kind == WORD) {
            int trimmed = trimmed(line.text(), from, to);
            if (at >= trimmed) from = trimmed;
            else to = trimmed;
        }
        return new CellRange(number, line.columnOf(from), line.columnOf(to));
    }

    /** The word's end without the punctuation of the sentence that it is in. */
    private static int trimmed(String text, int from, int to) {
        int end = to;
        while (end > from && SENTENCE_ENDS.indexOf(text.charAt(end - 1)) >= 0) end--;
        // Dots alone, or after a slash, are a directory.
        return end == from || text.charAt(end - 1) == '/' ? to : end;
    }

    private int kindAt(IndexedLine line, int index) {
        int at = index;
        int kind = kind(line.codePointAt(at));
        if (kind != LENGTH_MARK) return kind;
        while (kind == LENGTH_MARK && at > 0) {
            at = line.previousCell(at);
            kind = kind(line.codePointAt(at));
        }
        return kind == HIRAGANA ? HIRAGANA : KATAKANA;
    }

    private int kind(int c) {
        if (Character.isSpaceChar(c)) return BLANK;
        if (c == 0x30fc || c == 0xff70) return LENGTH_MARK;
        return switch (UnicodeScript.of(c)) {
            case HAN -> HAN;
            case HIRAGANA -> HIRAGANA;
            case KATAKANA -> KATAKANA;
            case HANGUL -> HANGUL;
            case BOPOMOFO -> BOPOMOFO;
            default -> isWord(c) ? WORD : c;
        };
    }

    private boolean isWord(int c) {
        return Character.isLetterOrDigit(c) || isMark(c) || extra.indexOf(c) >= 0;
    }

    static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }
}
