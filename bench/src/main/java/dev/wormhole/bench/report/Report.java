package dev.wormhole.bench.report;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of one run as a table: a line for each figure, a column for each peer. Owned by the
 * thread that measures.
 */
public final class Report {

    private static final String OURS = "wormhole";

    private final List<String> peers;
    private final String base;
    private final @Nullable String rival;
    private final Map<Figure, Map<String, Outcome>> lines = new LinkedHashMap<>();

    /**
     * @param peers the columns
     * @param base the column that the figures of all others are put into relation to, in
     *     parentheses
     * @param rival the peer that ours is put into relation to in a column of its own; null for none
     */
    public Report(List<String> peers, String base, @Nullable String rival) {
        this.peers = List.copyOf(peers);
        this.base = base;
        this.rival = rival;
    }

    public void put(Figure figure, String peer, Outcome outcome) {
        lines.computeIfAbsent(figure, _ -> new LinkedHashMap<>()).put(peer, outcome);
    }

    /** For a page. */
    public String markdown() {
        var page = new StringBuilder();
        List<List<String>> rows = rows();
        for (int i = 0; i < rows.size(); i++) {
            page.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
            if (i == 0) page.append("| --- ".repeat(rows.getFirst().size())).append("|\n");
        }
        return page.toString();
    }

    /** For a terminal. */
    public String plain() {
        List<List<String>> rows = rows();
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        var page = new StringBuilder();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
            }
            page.append(line.toString().stripTrailing()).append('\n');
        }
        return page.toString();
    }

    private List<List<String>> rows() {
        var rows = new ArrayList<List<String>>();
        var head = new ArrayList<>(List.of("figure"));
        head.addAll(peers);
        if (rival != null) head.add(OURS + " : " + rival);
        head.add("to reach");
        rows.add(head);
        lines.forEach((figure, outcomes) -> rows.add(row(figure, outcomes)));
        return rows;
    }

    private List<String> row(Figure figure, Map<String, Outcome> outcomes) {
        double raw = value(outcomes, base);
        double ours = value(outcomes, OURS);
        var row = new ArrayList<String>();
        row.add(figure.label());
        for (String peer : peers) row.add(cell(peer, outcomes, raw));
        if (rival != null) {
            double relation = ours / value(outcomes, rival);
            row.add(Double.isFinite(relation) ? number(relation) : "");
        }
        Goal goal = figure.goal();
        if (goal == null) row.add("");
        else if (Double.isNaN(ours) || (goal.ofRaw() && Double.isNaN(raw)))
            row.add(goal.toString());
        else row.add(goal + (goal.isReached(ours, raw) ? ": reached" : ": not reached"));
        return row;
    }

    private String cell(String peer, Map<String, Outcome> outcomes, double raw) {
        return switch (outcomes.getOrDefault(peer, new Outcome.Unfit())) {
            case Outcome.Unfit() -> "–";
            case Outcome.Failure(String reason) -> reason;
            case Outcome.Share(long part, long whole) ->
                    String.format(Locale.ROOT, "%,d of %,d", part, whole);
            case Outcome.Value(double value) ->
                    peer.equals(base) || Double.isNaN(raw)
                            ? number(value)
                            : number(value) + " (" + number(value / raw) + ")";
        };
    }

    private static double value(Map<String, Outcome> outcomes, String peer) {
        return switch (outcomes.get(peer)) {
            case Outcome.Value(double value) -> value;
            case Outcome.Share(long part, long whole) -> (double) part / whole;
            case null, default -> Double.NaN;
        };
    }

    /** Three figures are what such a run is good for. */
    static String number(double value) {
        double size = Math.abs(value);
        int places = size >= 100 ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + places + "f", value);
    }
}
