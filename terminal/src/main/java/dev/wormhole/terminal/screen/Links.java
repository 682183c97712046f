package dev.wormhole.terminal.screen;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the link at a place: what a program made one (OSC 8), or a URL in the text. Either is
 * well-formed, of the schemes http, https, ftp, file, mailto or ssh, and has no character that
 * cannot be seen or that reorders others. A host's name may be of any script; a file may be named
 * on another host.
 *
 * <p>Pure, safe from any thread.
 */
public final class Links {

    /** Lines that a link with an id is followed up, and down. */
    private static final int MAX_LINES = 200;

    private static final Pattern BEGINNING =
            Pattern.compile(
                    "(?<![A-Za-z0-9+.-])(?:(?:https?|ftp|ssh)://|file:/|mailto:)",
                    Pattern.CASE_INSENSITIVE);

    /** They stand around a URL, or in no well-formed one. */
    private static final String STOPS = "\"<>`{}|\\^";

    /** They end the sentence that the URL is in. */
    private static final String SENTENCE_ENDS = ".,:;!?'";

    private static final String OPENING = "([";
    private static final String CLOSING = ")]";

    private Links() {}

    /** The link at a place. A link that a program made hides what its text would be. */
    public static Optional<TextLink> at(ScreenCopy copy, long line, int column) {
        Hyperlink made = LinkRuns.of(copy, line).at(column);
        if (made == null) return plain(copy.indexed(line), line, column);
        return Uris.wellFormed(made.uri())
                .map(uri -> new TextLink(uri, cells(copy, line, column, made)));
    }

    // ---- OSC 8

    /** The adjacent cells of the link; with an id all those in lines that follow each other. */
    private static List<CellRange> cells(ScreenCopy copy, long line, int column, Hyperlink link) {
        if (link.id().isEmpty()) {
            return LinkRuns.of(copy, line).with(link, line).stream()
                    .filter(range -> range.holds(column))
                    .toList();
        }
        List<CellRange> cells = new ArrayList<>();
        for (long n = line - 1; n >= Math.max(copy.firstLine(), line - MAX_LINES); n--) {
            List<CellRange> above = LinkRuns.of(copy, n).with(link, n);
            if (above.isEmpty()) break;
            cells.addAll(0, above);
        }
        for (long n = line; n < Math.min(copy.endLine(), line + MAX_LINES); n++) {
            List<CellRange> below = LinkRuns.of(copy, n).with(link, n);
            if (below.isEmpty()) break;
            cells.addAll(below);
        }
        return cells;
    }

    /** Which cells of a line are of which link. */
    private static final class LinkRuns implements LineSink {

        private record Run(int from, int to, Hyperlink link) {}

        private final List<Run> runs = new ArrayList<>();
        private int column;

        static LinkRuns of(ScreenCopy copy, long line) {
            var runs = new LinkRuns();
            copy.line(line, runs);
            return runs;
        }

        @Override
        public void blanks(int count, Style style) {
            add(count, style.link());
        }

        @Override
        public void cell(int[] codePoints, int length, boolean wide, Style style) {
            add(wide ? 2 : 1, style.link());
        }

        private void add(int width, @Nullable Hyperlink link) {
            int from = column;
            column += width;
            if (link == null) return;
            Run last = runs.isEmpty() ? null : runs.getLast();
            if (last != null && last.to == from && last.link.equals(link)) {
                runs.removeLast();
                from = last.from;
            }
            runs.add(new Run(from, column, link));
        }

        @Nullable Hyperlink at(int wanted) {
            for (Run run : runs) if (wanted >= run.from && wanted < run.to) return run.link;
            return null;
        }

        List<CellRange> with(Hyperlink link, long line) {
            return runs.stream()
                    .filter(run -> run.link.equals(link))
                    .map(run -> new CellRange(line, run.from, run.to))
                    .toList();
        }
    }

    // ---- URLs in the text

    /** The URL of the text at a place. */
    static Optional<TextLink> plain(IndexedLine line, long number, int column) {
        String text = line.text();
        Matcher beginning = BEGINNING.matcher(text);
        int at = 0;
        while (beginning.find(at)) {
            int from = beginning.start();
            if (line.columnOf(from) > column) return Optional.empty();
            int end = end(text, from, beginning.end());
            var cells = new CellRange(number, line.columnOf(from), line.columnOf(end));
            if (cells.holds(column)) {
                boolean isHiding = end < text.length() && Uris.isHidden(text.codePointAt(end));
                if (isHiding) return Optional.empty();
                return Uris.wellFormed(text.substring(from, end))
                        .map(uri -> new TextLink(uri, List.of(cells)));
            }
            at = Math.max(end, beginning.end());
        }
        return Optional.empty();
    }

    /**
     * Where the URL ends: before a blank, a quote, what URLs cannot hold, or a bracket that was
     * opened before it; and before what ends the sentence around it.
     *
     * @param first index of the first character after the scheme
     */
    private static int end(String text, int start, int first) {
        boolean isQuoted = start > 0 && text.charAt(start - 1) == '\'';
        var open = new StringBuilder();
        int end = first;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            if (!isPart(c) || (isQuoted && c == '\'')) break;
            if (OPENING.indexOf(c) >= 0) {
                open.append(CLOSING.charAt(OPENING.indexOf(c)));
            } else if (CLOSING.indexOf(c) >= 0) {
                if (open.isEmpty() || open.charAt(open.length() - 1) != c) break;
                open.setLength(open.length() - 1);
            }
            end += Character.charCount(c);
        }
        boolean isHiding = end < text.length() && Uris.isHidden(text.codePointAt(end));
        // The caller has to see what hides there.
        if (isHiding) return end;
        while (end > first && isTrailing(text.charAt(end - 1))) end--;
        return end;
    }

    private static boolean isPart(int c) {
        if (c < 0x80) return c > ' ' && c != 0x7f && STOPS.indexOf(c) < 0;
        boolean isLetter = Character.isLetterOrDigit(c) || Words.isMark(c);
        return isLetter && !Uris.isHidden(c);
    }

    private static boolean isTrailing(char c) {
        return SENTENCE_ENDS.indexOf(c) >= 0 || OPENING.indexOf(c) >= 0;
    }
}
