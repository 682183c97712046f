package dev.wormhole.terminal.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Finds text in a {@link ScreenCopy}, across soft wraps because its lines are logical ones. A match
 * does not reach over the end of its line.
 *
 * <p>Immutable, safe from any thread; it may take long and is not for a thread that people wait
 * for. Interrupting the thread ends it, also inside a pattern that would take for ever.
 */
public final class Search {

    /** How the words are taken. */
    public enum Kind {
        PLAIN,
        /** {@link Pattern}'s language. */
        REGEX
    }

    /** Upper and lower case. */
    public enum Case {
        EXACT,
        IGNORED,
        /** Ignored unless the words have an upper case letter. */
        SMART
    }

    /**
     * A place where it was found.
     *
     * @param line number of the logical line
     * @param from column of its first cell in the line
     * @param to column after its last cell
     */
    public record Match(long line, int from, int to) {}

    private final Pattern pattern;

    private Search(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * @throws IllegalArgumentException for an empty or malformed text; the message says where
     */
    public static Search of(String text, Kind kind, Case letters) {
        if (text.isEmpty()) throw new IllegalArgumentException("nothing to search for");
        boolean upper = text.codePoints().anyMatch(Character::isUpperCase);
        boolean ignores = letters == Case.IGNORED || (letters == Case.SMART && !upper);
        int flags = ignores ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
        if (kind == Kind.PLAIN) flags |= Pattern.LITERAL;
        try {
            return new Search(Pattern.compile(text, flags));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "%s at %d".formatted(e.getDescription(), Math.max(0, e.getIndex())), e);
        }
    }

    /**
     * All matches in the lines from one number to another, the end exclusive, in order; at most so
     * many, the newest ones.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    public List<Match> find(ScreenCopy copy, long from, long to, int most)
            throws InterruptedException {
        List<Match> found = new ArrayList<>();
        long first = Math.max(from, copy.firstLine());
        for (long n = Math.min(to, copy.endLine()) - 1; n >= first && found.size() < most; n--) {
            List<Match> ofLine = find(copy, n);
            int surplus = Math.max(0, found.size() + ofLine.size() - most);
            found.addAll(ofLine.subList(surplus, ofLine.size()).reversed());
        }
        return found.reversed();
    }

    /** The next match before this line and column, if any. */
    public Optional<Match> previous(ScreenCopy copy, long line, int column)
            throws InterruptedException {
        for (long n = Math.min(line, copy.endLine() - 1); n >= copy.firstLine(); n--) {
            long number = n;
            Optional<Match> match =
                    find(copy, n).reversed().stream()
                            .filter(m -> number < line || m.from() < column)
                            .findFirst();
            if (match.isPresent()) return match;
        }
        return Optional.empty();
    }

    /** The next match at or after this line and column, if any. */
    public Optional<Match> next(ScreenCopy copy, long line, int column)
            throws InterruptedException {
        for (long n = Math.max(line, copy.firstLine()); n < copy.endLine(); n++) {
            long number = n;
            Optional<Match> match =
                    find(copy, n).stream()
                            .filter(m -> number > line || m.from() >= column)
                            .findFirst();
            if (match.isPresent()) return match;
        }
        return Optional.empty();
    }

    private List<Match> find(ScreenCopy copy, long number) throws InterruptedException {
        var line = new IndexedLine();
        copy.line(number, line);
        String text = line.text();
        Matcher matcher = pattern.matcher(new Interruptible(text));
        List<Match> found = new ArrayList<>();
        try {
            while (matcher.find()) {
                if (matcher.end() == matcher.start()) continue;
                int from = line.columnOf(matcher.start());
                int to = line.columnOf(matcher.end());
                // The end may stand inside a cell of several characters: it is in whole.
                found.add(new Match(number, from, Math.max(to, from + 1)));
            }
        } catch (Interruption e) {
            throw new InterruptedException("search given up");
        } catch (StackOverflowError e) {
            // java.util.regex recurses on some patterns: this line has no answer.
            return found;
        }
        if (Thread.interrupted()) throw new InterruptedException("search given up");
        return found;
    }

    private static final class Interruption extends RuntimeException {
        private static final long serialVersionUID = 1;

        Interruption() {
            super(null, null, false, false);
        }
    }

    /** A text that ends a matcher when the thread is interrupted. */
    private record Interruptible(CharSequence text) implements CharSequence {

        @Override
        public char charAt(int index) {
            if (Thread.currentThread().isInterrupted()) {
                Thread.interrupted();
                throw new Interruption();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
