package dev.wormhole.bench;

import java.util.List;

/**
 * What the person asked for. Immutable.
 *
 * @param only names of probes, or beginnings of names; empty for all
 * @param peers names of peers; empty for all
 * @param passes 0 for as many as the scale says
 */
record Options(boolean quick, boolean markdown, List<String> only, List<String> peers, int passes) {

    static final String USAGE =
            """
            usage: bench/run peers [--quick] [--markdown] [--only NAME,…] [--peers NAME,…] [--passes N]

              --quick     small sizes and one pass: to see that it works, not to quote
              --markdown  the table as it stands in docs/performance.md
              --only      these rows: cat seq echo flood-echo ctrl-c viewers-1 viewers-10 viewers-50
                          memory history attach; a beginning of a name stands for all that begin so
              --peers     these columns: raw keeper wormhole tmux abduco dtach
              --passes    how many passes the median is taken of
            """;

    static Options parse(List<String> words) {
        boolean quick = false;
        boolean markdown = false;
        List<String> only = List.of();
        List<String> peers = List.of();
        int passes = 0;
        for (int i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case "--quick" -> quick = true;
                case "--markdown" -> markdown = true;
                case "--only" -> only = List.of(value(words, ++i).split(","));
                case "--peers" -> peers = List.of(value(words, ++i).split(","));
                case "--passes" -> passes = count("--passes", value(words, ++i), 100);
                default -> throw new IllegalArgumentException("unknown: " + words.get(i));
            }
        }
        return new Options(quick, markdown, only, peers, passes);
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
