package dev.wormhole.app.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskReason;

import org.junit.jupiter.api.Test;

import java.util.List;

class TaskListTest {

    private final TaskList list = new TaskList();
    private final TaskEntry one = ScriptedTasks.running(1, "one");
    private final TaskEntry two = ScriptedTasks.running(2, "two");
    private final TaskEntry three = ScriptedTasks.running(3, "three");

    @Test
    void whatRunsIsActiveAndTheNewestComesFirst() {
        list.put(one);
        list.put(three);
        list.put(two);

        assertThat(list.active()).containsExactly(three, two, one);
        assertThat(list.recent()).isEmpty();
    }

    @Test
    void whatIsOverIsRecentAndTheLastToEndComesFirst() {
        TaskEntry first = ScriptedTasks.completed(one);
        TaskEntry second = ScriptedTasks.over(two, TaskReason.EXITED, 2);
        list.replace(List.of(first, two));
        list.put(second);

        assertThat(list.active()).isEmpty();
        assertThat(list.recent()).containsExactly(second, first);
    }

    @Test
    void anEndIsNewsOnce() {
        list.replace(List.of(one));

        assertThat(list.put(ScriptedTasks.completed(one))).isTrue();
        assertThat(list.put(ScriptedTasks.completed(one))).isFalse();
    }

    @Test
    void whatHadEndedBeforeTheFirstListIsNoNews() {
        assertThat(list.replace(List.of(ScriptedTasks.completed(one), two))).isEmpty();
    }

    @Test
    void whatEndedWhileThereWasNoConnectionIsNewsOfTheNextList() {
        list.replace(List.of(one, two));
        TaskEntry ended = ScriptedTasks.completed(one);
        TaskEntry cameAndWent = ScriptedTasks.completed(three);

        assertThat(list.replace(List.of(cameAndWent, two, ended)))
                .containsExactly(cameAndWent, ended);
        assertThat(list.active()).containsExactly(two);
    }

    @Test
    void whatIsInNoListAnyMoreIsGone() {
        list.replace(List.of(one, two));
        list.replace(List.of(two));

        assertThat(list.find(one.id())).isEmpty();
        assertThat(list.active()).containsExactly(two);
    }

    @Test
    void whatWasMissedCountsUntilItIsSeenOrGone() {
        list.replace(List.of(one, two, three));
        for (TaskEntry entry : List.of(one, two, three)) list.missed(entry.id());
        assertThat(list.unseen()).isEqualTo(3);

        assertThat(list.seen(one.id())).isTrue();
        assertThat(list.seen(one.id())).isFalse();
        assertThat(list.remove(two.id())).isTrue();
        assertThat(list.unseen()).isEqualTo(1);

        list.allSeen();
        assertThat(list.unseen()).isZero();
    }

    @Test
    void whatIsUnknownCannotBeMissed() {
        list.missed(one.id());

        assertThat(list.unseen()).isZero();
        assertThat(list.remove(one.id())).isFalse();
    }
}
