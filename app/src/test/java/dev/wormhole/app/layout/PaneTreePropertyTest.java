package dev.wormhole.app.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

class PaneTreePropertyTest {

    private static final int EDITS = 120;
    private static final double EPSILON = 1e-9;

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyEditKeepsTheTreeWhole(long seed) {
        var random = new RandomTree(seed);

        for (int i = 0; i < EDITS; i++) {
            random.edit();

            assertWhole(random.tree());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void panesTileTheWindowWithoutGapOrOverlap(long seed) {
        var random = new RandomTree(seed);

        for (int i = 0; i < EDITS; i++) {
            random.edit();

            var areas = new ArrayList<>(random.tree().areas().values());
            double covered = 0;
            for (Area area : areas) {
                assertThat(area.width()).isPositive();
                assertThat(area.height()).isPositive();
                assertThat(area.shared(Area.WHOLE))
                        .isCloseTo(area.width() * area.height(), within(EPSILON));
                covered += area.width() * area.height();
            }
            assertThat(covered).isCloseTo(1, within(EPSILON));
            double overlap = 0;
            for (int one = 0; one < areas.size(); one++)
                for (int other = one + 1; other < areas.size(); other++)
                    overlap = Math.max(overlap, areas.get(one).shared(areas.get(other)));
            assertThat(overlap).isCloseTo(0, within(EPSILON));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void removingWhatASplitAddedRestoresTheTree(long seed) {
        var random = new RandomTree(seed);
        for (int i = 0; i < EDITS; i++) {
            random.edit();
            PaneTree before = random.tree();
            PaneId pane = random.anyPane();
            Axis axis = random.random().nextBoolean() ? Axis.ROW : Axis.COLUMN;
            if (!before.canSplit(pane, axis)) continue;

            PaneId added = random.newPane();
            PaneTree split = before.withFocus(pane).split(pane, axis, added);
            PaneTree removed = split.remove(added).orElseThrow();

            assertThat(split.focus()).isEqualTo(added);
            assertThat(removed).isEqualTo(before.withFocus(pane));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aNeighbourTouchesTheEdgeAndSharesMostOfIt(long seed) {
        var random = new RandomTree(seed);
        for (int i = 0; i < EDITS; i++) random.edit();
        PaneTree tree = random.tree();
        Map<PaneId, Area> areas = tree.areas();

        for (PaneId pane : tree.panes()) {
            for (Direction direction : Direction.values()) {
                Area from = area(areas, pane);
                Optional<PaneId> neighbour = tree.neighbour(pane, direction);
                List<PaneId> touching =
                        tree.panes().stream()
                                .filter(p -> touches(from, area(areas, p), direction))
                                .toList();

                assertThat(neighbour.isPresent()).isEqualTo(!touching.isEmpty());
                if (neighbour.isEmpty()) continue;
                assertThat(touching).contains(neighbour.get());
                Axis across = direction.axis().other();
                double shared = from.overlap(across, area(areas, neighbour.get()));
                for (PaneId other : touching)
                    assertThat(from.overlap(across, area(areas, other)))
                            .isLessThanOrEqualTo(shared + EPSILON);
                assertThat(touches(area(areas, neighbour.get()), from, direction.opposite()))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whenTheFocusedPaneGoesTheOneThatTakesMostOfItsPlaceIsFocused(long seed) {
        var random = new RandomTree(seed);
        for (int i = 0; i < EDITS; i++) {
            random.edit();
            PaneTree before = random.tree();
            Area place = area(before.areas(), before.focus());

            Optional<PaneTree> after = before.remove(before.focus());

            if (after.isEmpty()) continue;
            Map<PaneId, Area> areas = after.get().areas();
            double taken = area(areas, after.get().focus()).shared(place);
            assertThat(taken).isPositive();
            assertThat(areas.values()).allMatch(area -> area.shared(place) <= taken + EPSILON);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void movingADividerChangesOnlyItsTwoNeighbours(long seed) {
        var random = new RandomTree(seed);
        for (int i = 0; i < EDITS; i++) {
            random.edit();
            PaneTree before = random.tree();
            for (PanePath path : random.splits()) {
                var split = (Node.Split) before.at(path).orElseThrow();
                int divider = random.random().nextInt(split.children().size() - 1);

                PaneTree after =
                        before.moveDivider(path, divider, random.random().nextDouble() * 3 - 1);

                var moved = (Node.Split) after.at(path).orElseThrow();
                assertThat(after.panes()).isEqualTo(before.panes());
                for (int child = 0; child < split.children().size(); child++) {
                    if (child == divider || child == divider + 1) continue;
                    assertThat(moved.children().get(child)).isEqualTo(split.children().get(child));
                }
                assertWhole(after);
            }
        }
    }

    private static void assertWhole(PaneTree tree) {
        assertThat(tree.panes()).isNotEmpty().doesNotHaveDuplicates();
        assertThat(tree.panes()).hasSizeLessThanOrEqualTo(PaneTree.MAX_PANES);
        assertThat(tree.panes()).contains(tree.focus());
        assertThat(tree.areas().keySet()).isEqualTo(new HashSet<>(tree.panes()));
        assertWhole(tree.root(), 0);
    }

    private static void assertWhole(Node node, int depth) {
        assertThat(depth).isLessThanOrEqualTo(PaneTree.MAX_DEPTH);
        if (!(node instanceof Node.Split(var axis, var children))) return;
        assertThat(children).hasSizeGreaterThanOrEqualTo(2);
        assertThat(children.stream().mapToDouble(Node.Child::weight).sum())
                .isCloseTo(1, within(EPSILON));
        for (Node.Child child : children) {
            // A quarter: merging splits raises weights to the least share and divides them anew.
            assertThat(child.weight()).isGreaterThan(PaneTree.MIN_SHARE / 4);
            assertThat(child.node() instanceof Node.Split inner && inner.axis() == axis).isFalse();
            assertWhole(child.node(), depth + 1);
        }
    }

    private static boolean touches(Area from, Area other, Direction direction) {
        Axis axis = direction.axis();
        double gap =
                direction.step() > 0
                        ? other.start(axis) - from.end(axis)
                        : from.start(axis) - other.end(axis);
        return Math.abs(gap) < EPSILON && from.overlap(axis.other(), other) > EPSILON;
    }

    private static Area area(Map<PaneId, Area> areas, PaneId pane) {
        return Optional.ofNullable(areas.get(pane)).orElseThrow();
    }
}
