package dev.wormhole.bench;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What the person asked for. Immutable.
 *
 * @param only names of rows, or beginnings of names; empty for all
 * @param peers names of columns; empty for all
 * @param passes 0 for as many as the scale says
 */
record Options(
        Table table,
        boolean quick,
        boolean markdown,
        List<String> only,
        List<String> peers,
        int passes) {

    /** What can be measured side by side. */
    enum Table {
        PEERS("--peers", "raw", "tmux"),
        WINDOW("--terminals", "xterm", null);

        private final String columns;
        private final String base;
        private final @Nullable String rival;

        Table(String columns, String base, @Nullable String rival) {
            this.columns = columns;
            this.base = base;
            this.rival = rival;
        }

        String base() {
            return base;
        }

        @Nullable String rival() {
            return rival;
        }
    }

    static final String USAGE =
            """
            usage: bench/run peers  [--quick] [--markdown] [--passes N] [--only NAME,…] [--peers NAME,…]
                   bench/run window [--quick] [--markdown] [--passes N] [--only NAME,…] [--terminals NAME,…]

              --quick      small sizes and one pass: to see that it works, not to quote
              --markdown   the table as it stands in docs/performance.md
              --passes     how many passes the median is taken of
              --only       these rows; a beginning of a name stands for all that begin so
                           peers:  cat seq echo flood-echo ctrl-c viewers-1 viewers-10 viewers-50
                                   memory history attach
                           window: drain key frames frames-4 fx idle pane
              --peers      these columns: raw keeper wormhole tmux abduco dtach
              --terminals  these columns: wormhole xterm kitty alacritty urxvt
            """;

    /**
     * @param words the table's name first
     */
    static Options parse(List<String> words) {
        Table table = table(words.isEmpty() ? "" : words.getFirst());
        boolean quick = false;
        boolean markdown = false;
        List<String> only = List.of();
        List<String> peers = List.of();
        int passes = 0;
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--quick")) quick = true;
            else if (word.equals("--markdown")) markdown = true;
            else if (word.equals("--only")) only = List.of(value(words, ++i).split(","));
            else if (word.equals(table.columns)) peers = List.of(value(words, ++i).split(","));
            else if (word.equals("--passes")) passes = count(word, value(words, ++i), 100);
            else throw new IllegalArgumentException("unknown: " + word);
        }
        return new Options(table, quick, markdown, only, peers, passes);
    }

    private static Table table(String word) {
        return switch (word) {
            case "peers" -> Table.PEERS;
            case "window" -> Table.WINDOW;
            default -> throw new IllegalArgumentException("peers or window, not " + word);
        };
    }

    static String value(List<String> words, int at) {
        if (at >= words.size())
            throw new IllegalArgumentException(words.getLast() + " needs a value");
        return words.get(at);
    }

    static int count(String option, String text, int most) {
        try {
            int count = Integer.parseInt(text);
            if (count >= 1 && count <= most) return count;
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                option + ": a number from 1 to " + most + ", not " + text);
    }
}
