package dev.wormhole.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class ReportTest {

    private static final Figure SPEED = new Figure("speed", "MB/s", Goal.shareOfRaw(0.80));

    private static Report report(double raw, double ours, Outcome rival) {
        var report = new Report(List.of("raw", "wormhole", "tmux"), "raw", "tmux");
        report.put(SPEED, "raw", new Outcome.Value(raw));
        report.put(SPEED, "wormhole", new Outcome.Value(ours));
        report.put(SPEED, "tmux", rival);
        return report;
    }

    @Test
    void everyFigureStandsBesideItsShareOfTheBareTerminal() {
        String table = report(80, 60, new Outcome.Value(20)).markdown();

        assertThat(table.lines())
                .containsExactly(
                        "| figure | raw | wormhole | tmux | wormhole : tmux | to reach |",
                        "| --- | --- | --- | --- | --- | --- |",
                        "| speed, MB/s | 80.0 | 60.0 (0.75) | 20.0 (0.25) | 3.00"
                                + " | ≥ 0.80 of raw: not reached |");
    }

    @Test
    void aPeerThatFailedSaysWhyInItsCell() {
        String table = report(80, 70, new Outcome.Failure("7 of 10 lost the end")).markdown();

        assertThat(table).contains("| 7 of 10 lost the end |  | ≥ 0.80 of raw: reached |");
    }

    @Test
    void whatWasNotMeasuredIsNotJudged() {
        var report = new Report(List.of("wormhole", "tmux"), "raw", "tmux");
        report.put(SPEED, "wormhole", new Outcome.Value(60));
        report.put(SPEED, "tmux", new Outcome.Unfit());

        assertThat(report.markdown()).contains("| 60.0 | – |  | ≥ 0.80 of raw |");
    }

    @Test
    void whatMustNotHappenIsReachedByNoneOfMany() {
        var lost = new Figure("lines lost", "", Goal.none());
        var report = new Report(List.of("wormhole", "tmux"), "raw", "tmux");
        report.put(lost, "wormhole", new Outcome.Share(0, 12_345));
        report.put(lost, "tmux", new Outcome.Share(4, 4));

        assertThat(report.markdown().lines())
                .contains("| lines lost | 0 of 12,345 | 4 of 4 | 0.00 | 0: reached |");
        report.put(lost, "wormhole", new Outcome.Share(1, 12_345));
        assertThat(report.markdown()).contains("0: not reached");
    }

    @Test
    void withoutARivalTheOtherFiguresStandBesideTheirShareOfTheBase() {
        var report = new Report(List.of("wormhole", "xterm"), "xterm", null);
        report.put(SPEED, "wormhole", new Outcome.Value(60));
        report.put(SPEED, "xterm", new Outcome.Value(20));

        assertThat(report.markdown().lines())
                .startsWith("| figure | wormhole | xterm | to reach |")
                .anyMatch(line -> line.startsWith("| speed, MB/s | 60.0 (3.00) | 20.0 |"));
    }
}
