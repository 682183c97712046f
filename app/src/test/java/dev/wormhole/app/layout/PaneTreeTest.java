package dev.wormhole.app.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class PaneTreeTest {

    private static final PaneTree ONE = PaneTree.of(pane(1));

    @Test
    void aSplitAlongTheParentsAxisAddsASibling() {
        PaneTree tree = ONE.split(pane(1), Axis.ROW, pane(2)).split(pane(1), Axis.ROW, pane(3));

        assertThat(tree).hasToString("row(1 25%, 3 25%, 2 50%) focus 3");
    }

    @Test
    void aSplitAcrossTheParentsAxisWrapsThePane() {
        PaneTree tree = ONE.split(pane(1), Axis.ROW, pane(2)).split(pane(1), Axis.COLUMN, pane(3));

        assertThat(tree).hasToString("row(column(1 50%, 3 50%) 50%, 2 50%) focus 3");
        assertThat(tree.at(PanePath.ROOT.child(0).child(1))).contains(new Node.Pane(pane(3)));
    }

    @Test
    void removingTheLastChildOfASplitRemovesTheSplit() {
        PaneTree tree = ONE.split(pane(1), Axis.ROW, pane(2)).split(pane(2), Axis.COLUMN, pane(3));

        assertThat(tree.remove(pane(3)).orElseThrow()).hasToString("row(1 50%, 2 50%) focus 2");
        assertThat(ONE.remove(pane(1))).isEmpty();
    }

    @Test
    void aSplitThatCollapsesIntoItsGrandparentsAxisOpensUp() {
        PaneTree tree =
                ONE.split(pane(1), Axis.ROW, pane(2))
                        .split(pane(2), Axis.COLUMN, pane(3))
                        .split(pane(3), Axis.ROW, pane(4));

        assertThat(tree)
                .hasToString("row(1 50%, column(2 50%, row(3 50%, 4 50%) 50%) 50%) focus 4");
        assertThat(tree.remove(pane(2)).orElseThrow())
                .hasToString("row(1 50%, 3 25%, 4 25%) focus 4");
    }

    @Test
    void theFocusStaysWhereItIsWhenAnotherPaneGoes() {
        PaneTree tree = ONE.split(pane(1), Axis.ROW, pane(2)).withFocus(pane(1));

        assertThat(tree.remove(pane(2)).orElseThrow().focus()).isEqualTo(pane(1));
    }

    @Test
    void aDirectionLeadsToThePaneThatSharesMostOfTheEdge() {
        PaneTree tree =
                ONE.split(pane(1), Axis.ROW, pane(2))
                        .split(pane(2), Axis.COLUMN, pane(3))
                        .moveDivider(PanePath.ROOT.child(1), 0, 0.3);

        assertThat(tree.neighbour(pane(1), Direction.RIGHT)).contains(pane(3));
        assertThat(tree.neighbour(pane(2), Direction.LEFT)).contains(pane(1));
        assertThat(tree.neighbour(pane(2), Direction.DOWN)).contains(pane(3));
        assertThat(tree.neighbour(pane(2), Direction.UP)).isEmpty();
        assertThat(tree.neighbour(pane(2), Direction.RIGHT)).isEmpty();
    }

    @Test
    void aDividerLeavesTheLeastShareToBothSides() {
        PaneTree tree = ONE.split(pane(1), Axis.ROW, pane(2));

        assertThat(tree.moveDivider(PanePath.ROOT, 0, 0.3))
                .hasToString("row(1 30%, 2 70%) focus 2");
        assertThat(tree.moveDivider(PanePath.ROOT, 0, -5)).hasToString("row(1 2%, 2 98%) focus 2");
        assertThat(tree.moveDivider(PanePath.ROOT, 0, 5)).hasToString("row(1 98%, 2 2%) focus 2");
    }

    @Test
    void aDividerThatIsNotThereMovesNothing() {
        PaneTree tree = ONE.split(pane(1), Axis.ROW, pane(2));

        assertThat(tree.moveDivider(PanePath.ROOT, 1, 0.3)).isSameAs(tree);
        assertThat(tree.moveDivider(PanePath.ROOT.child(0), 0, 0.3)).isSameAs(tree);
        assertThat(tree.moveDivider(PanePath.ROOT.child(7), 0, 0.3)).isSameAs(tree);
        assertThat(tree.moveDivider(PanePath.ROOT, 0, Double.NaN)).isSameAs(tree);
    }

    @Test
    void aNudgeMovesTheNearestDividerInItsDirection() {
        PaneTree tree = ONE.split(pane(1), Axis.ROW, pane(2));

        assertThat(tree.nudge(pane(1), Direction.RIGHT, 0.1))
                .hasToString("row(1 60%, 2 40%) focus 2");
        assertThat(tree.nudge(pane(2), Direction.RIGHT, 0.1))
                .hasToString("row(1 60%, 2 40%) focus 2");
        assertThat(tree.nudge(pane(2), Direction.LEFT, 0.1))
                .hasToString("row(1 40%, 2 60%) focus 2");
        assertThat(tree.nudge(pane(2), Direction.UP, 0.1)).isSameAs(tree);
    }

    @Test
    void swappedPanesChangePlacesAndKeepTheFocus() {
        PaneTree tree = ONE.split(pane(1), Axis.ROW, pane(2)).moveDivider(PanePath.ROOT, 0, 0.3);

        assertThat(tree.swap(pane(1), pane(2))).hasToString("row(2 30%, 1 70%) focus 2");
    }

    @Test
    void readingOrderGoesRound() {
        PaneTree tree = ONE.split(pane(1), Axis.ROW, pane(2)).split(pane(1), Axis.COLUMN, pane(3));

        assertThat(tree.panes()).containsExactly(pane(1), pane(3), pane(2));
        assertThat(tree.following(pane(2), true)).isEqualTo(pane(1));
        assertThat(tree.following(pane(1), false)).isEqualTo(pane(2));
    }

    @Test
    void aGridIsAboutAsWideAsHigh() {
        assertThat(PaneTree.tiled(panes(1))).hasToString("1 focus 1");
        assertThat(PaneTree.tiled(panes(3)))
                .hasToString("row(1 50%, column(2 50%, 3 50%) 50%) focus 1");
        assertThat(PaneTree.tiled(panes(4)))
                .hasToString("row(column(1 50%, 2 50%) 50%, column(3 50%, 4 50%) 50%) focus 1");
        assertThat(PaneTree.tiled(panes(PaneTree.MAX_PANES)).panes())
                .isEqualTo(panes(PaneTree.MAX_PANES));
    }

    @Test
    void aPaneWithoutRoomCannotBeSplit() {
        PaneTree narrow = ONE;
        int added = 1;
        while (narrow.canSplit(pane(1), Axis.ROW))
            narrow = narrow.split(pane(1), Axis.ROW, pane(++added));
        PaneTree full = narrow;

        assertThat(added).isEqualTo(6);
        assertThat(full.canSplit(pane(1), Axis.COLUMN)).isTrue();
        assertThat(full.canSplit(pane(99), Axis.COLUMN)).isFalse();
        assertThat(PaneTree.tiled(panes(PaneTree.MAX_PANES)).canSplit(pane(1), Axis.ROW)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> full.split(pane(1), Axis.ROW, pane(50)));
    }

    @Test
    void splittingCrosswiseEndsAtTheGreatestDepth() {
        PaneTree tree = ONE;
        int splits = 0;
        Axis axis = Axis.ROW;
        while (tree.canSplit(tree.focus(), axis)) {
            tree = tree.split(tree.focus(), axis, pane(++splits + 1));
            axis = axis.other();
        }

        assertThat(splits).isEqualTo(PaneTree.MAX_DEPTH);
    }

    @Test
    void aTreeThatIsNotOneCannotBeMade() {
        var twice =
                new Node.Split(
                        Axis.ROW,
                        List.of(
                                new Node.Child(new Node.Pane(pane(1)), 0.5),
                                new Node.Child(new Node.Pane(pane(1)), 0.5)));

        assertThatIllegalArgumentException().isThrownBy(() -> PaneTree.of(twice, pane(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PaneTree.of(new Node.Pane(pane(1)), pane(2)));
        assertThatIllegalArgumentException().isThrownBy(() -> PaneTree.tiled(List.of()));
    }

    private static PaneId pane(int number) {
        return new PaneId(number);
    }

    private static List<PaneId> panes(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(PaneId::new).toList();
    }

    @Test
    void aPaneIsReplacedInItsPlaceWithItsFocus() {
        var two = new PaneId(2);
        var nine = new PaneId(9);
        PaneTree tree = PaneTree.of(new PaneId(1)).split(new PaneId(1), Axis.ROW, two);

        assertThat(tree.replace(two, nine)).hasToString("row(1 50%, 9 50%) focus 9");
        assertThat(tree.replace(new PaneId(1), nine)).hasToString("row(9 50%, 2 50%) focus 2");
        assertThat(tree.replace(nine, new PaneId(7))).isEqualTo(tree);
        assertThat(tree.replace(two, new PaneId(1))).isEqualTo(tree);
    }
}
