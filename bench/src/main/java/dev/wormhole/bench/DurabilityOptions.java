package dev.wormhole.bench;

import java.util.List;

/**
 * What the person asked for. Immutable.
 *
 * @param kills 0 for as many as the size says
 * @param only names of trials; empty for all
 */
record DurabilityOptions(boolean quick, boolean markdown, int kills, List<String> only) {

    static final String USAGE =
            """
            usage: bench/run durability [--kills N] [--quick] [--markdown] [--only NAME,…]

              --kills     how often the server alone is killed (default: 20)
              --quick     few deaths and a short flood: to see that it works, not to quote
              --markdown  the table as it stands in docs/durability.md
              --only      these parts: server all flood machine store wear
            """;

    static DurabilityOptions parse(List<String> words) {
        boolean quick = false;
        boolean markdown = false;
        int kills = 0;
        List<String> only = List.of();
        for (int i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case "--quick" -> quick = true;
                case "--markdown" -> markdown = true;
                case "--kills" -> kills = Options.count("--kills", Options.value(words, ++i), 1000);
                case "--only" -> only = List.of(Options.value(words, ++i).split(","));
                default -> throw new IllegalArgumentException("unknown: " + words.get(i));
            }
        }
        return new DurabilityOptions(quick, markdown, kills, only);
    }
}
