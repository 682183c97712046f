package dev.wormhole.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.client.link.LinkMachine.Announce;
import dev.wormhole.client.link.LinkMachine.Answered;
import dev.wormhole.client.link.LinkMachine.Close;
import dev.wormhole.client.link.LinkMachine.CloseTransport;
import dev.wormhole.client.link.LinkMachine.Closed;
import dev.wormhole.client.link.LinkMachine.Connected;
import dev.wormhole.client.link.LinkMachine.Dialing;
import dev.wormhole.client.link.LinkMachine.Effect;
import dev.wormhole.client.link.LinkMachine.Event;
import dev.wormhole.client.link.LinkMachine.ForgetConnection;
import dev.wormhole.client.link.LinkMachine.Greeted;
import dev.wormhole.client.link.LinkMachine.Greeting;
import dev.wormhole.client.link.LinkMachine.Idle;
import dev.wormhole.client.link.LinkMachine.Lost;
import dev.wormhole.client.link.LinkMachine.OpenTransport;
import dev.wormhole.client.link.LinkMachine.Opened;
import dev.wormhole.client.link.LinkMachine.Ping;
import dev.wormhole.client.link.LinkMachine.ReattachAll;
import dev.wormhole.client.link.LinkMachine.Resolve;
import dev.wormhole.client.link.LinkMachine.Resolved;
import dev.wormhole.client.link.LinkMachine.RetryDue;
import dev.wormhole.client.link.LinkMachine.RetryNow;
import dev.wormhole.client.link.LinkMachine.SayHello;
import dev.wormhole.client.link.LinkMachine.ScheduleRetry;
import dev.wormhole.client.link.LinkMachine.ScheduleTimeout;
import dev.wormhole.client.link.LinkMachine.Silent;
import dev.wormhole.client.link.LinkMachine.Start;
import dev.wormhole.client.link.LinkMachine.Step;
import dev.wormhole.client.link.LinkMachine.TimedOut;
import dev.wormhole.client.link.LinkMachine.Waiting;
import dev.wormhole.client.link.LinkMachine.Woke;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class LinkMachineTest {

    private static final LinkProblem PROBLEM =
            new LinkProblem(LinkProblem.Kind.UNREACHABLE, "Nobody answers.");
    private static final LinkTarget.Address ADDRESS =
            new LinkTarget.Address(URI.create("ws://127.0.0.1:1/"), "token", null);
    private static final Duration FIRST_WAIT = Backoff.delay(1, 0.5);

    /** Feeds events to a machine with jitter 0.5 and keeps the effects of the last one. */
    private static final class Run {
        LinkMachine machine = LinkMachine.NEW;
        List<Effect> effects = List.of();

        Run on(Event... events) {
            for (Event event : events) {
                Step step = machine.on(event, 0.5);
                machine = step.next();
                effects = step.effects();
            }
            return this;
        }
    }

    private static Run connected() {
        return new Run()
                .on(new Start(), new Resolved(1, ADDRESS), new Opened(1), new Greeted(1, "w 1"));
    }

    private static Run waiting() {
        return connected().on(new Lost(1, PROBLEM));
    }

    @Test
    void theFirstAttemptIsImmediate() {
        var run = new Run().on(new Start());

        assertThat(run.effects)
                .containsExactly(new Announce(new LinkState.Connecting(1)), new Resolve(1));
    }

    @Test
    void anOpenConnectionSaysHelloAndAttachesWithoutWaitingForTheAnswer() {
        var run = new Run().on(new Start(), new Resolved(1, ADDRESS));
        assertThat(run.effects)
                .containsExactly(
                        new OpenTransport(1, ADDRESS),
                        new ScheduleTimeout(1, LinkMachine.PATIENCE));

        run.on(new Opened(1));
        assertThat(run.effects).containsExactly(new SayHello(), new ReattachAll());
        assertThat(run.machine.state()).isEqualTo(new LinkState.Connecting(1));

        run.on(new Greeted(1, "w 1"));
        assertThat(run.effects).containsExactly(new Announce(new LinkState.Connected("w 1")));
    }

    @Test
    void afterASleepTheServerIsAskedAndAnAnswerKeepsTheConnection() {
        var run = connected().on(new Woke());
        assertThat(run.effects).containsExactly(new Ping(1, LinkMachine.ANSWER));
        assertThat(run.machine.state()).isEqualTo(new LinkState.Connected("w 1"));

        run.on(new Answered(1), new Silent(1));

        assertThat(run.effects).isEmpty();
        assertThat(run.machine.state()).isEqualTo(new LinkState.Connected("w 1"));
    }

    @Test
    void aConnectionThatASleepBrokeIsReplacedWithoutAWait() {
        var run = connected().on(new Woke(), new Silent(1));

        assertThat(run.effects)
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(new CloseTransport(1)),
                        second -> assertThat(second).isInstanceOf(ForgetConnection.class),
                        third ->
                                assertThat(third)
                                        .isEqualTo(new Announce(new LinkState.Connecting(1))),
                        fourth -> assertThat(fourth).isEqualTo(new Resolve(2)));
    }

    @Test
    void silenceIsAboutTheConnectionThatWasAsked() {
        var run = connected().on(new Woke(), new Lost(1, PROBLEM), new RetryDue(2));
        run.on(new Resolved(2, ADDRESS), new Opened(2), new Greeted(2, "w 1"), new Woke());

        run.on(new Silent(1));

        assertThat(run.effects).isEmpty();
        assertThat(run.machine.state()).isEqualTo(new LinkState.Connected("w 1"));
    }

    @Test
    void afterASleepAWaitIsOverAndTheWaitsBeginAgainFromTheShortest() {
        var run = waiting().on(new RetryDue(2), new Lost(2, PROBLEM), new Woke());
        assertThat(run.effects)
                .containsExactly(new Announce(new LinkState.Connecting(1)), new Resolve(3));

        run.on(new Lost(3, PROBLEM));

        assertThat(run.effects).contains(new ScheduleRetry(4, FIRST_WAIT));
    }

    @Test
    void aLostConnectionWaitsAndDialsAgain() {
        var run = waiting();
        assertThat(run.effects)
                .containsExactly(
                        new CloseTransport(1),
                        new ForgetConnection(PROBLEM),
                        new Announce(new LinkState.Reconnecting(1, FIRST_WAIT, PROBLEM)),
                        new ScheduleRetry(2, FIRST_WAIT));

        run.on(new RetryDue(2));
        assertThat(run.effects)
                .containsExactly(new Announce(new LinkState.Connecting(1)), new Resolve(2));
    }

    @Test
    void attemptsCountUpAndWaitsGrowUntilAConnection() {
        var run = new Run().on(new Start());
        for (int attempt = 1; attempt <= 20; attempt++) {
            assertThat(run.machine.state()).isEqualTo(new LinkState.Connecting(attempt));
            run.on(new Lost(attempt, PROBLEM));
            assertThat(run.machine.state())
                    .isEqualTo(
                            new LinkState.Reconnecting(
                                    attempt + 1, Backoff.delay(attempt, 0.5), PROBLEM));
            run.on(new RetryDue(attempt + 1));
        }

        run.on(new Resolved(21, ADDRESS), new Opened(21), new Greeted(21, "w"));
        run.on(new Lost(21, PROBLEM));

        assertThat(run.machine.state())
                .isEqualTo(new LinkState.Reconnecting(1, FIRST_WAIT, PROBLEM));
    }

    @Test
    void aServerThatOpensAndDropsUsIsNotCalledWithoutPause() {
        var run = new Run().on(new Start());
        for (int number = 1; number <= 9; number++) {
            run.on(new Resolved(number, ADDRESS), new Opened(number), new Lost(number, PROBLEM));
            run.on(new RetryDue(number + 1));
        }

        run.on(new Lost(10, PROBLEM));

        assertThat(run.machine.phase())
                .isInstanceOfSatisfying(
                        Waiting.class,
                        it -> assertThat(it.delay()).isGreaterThan(Duration.ofSeconds(15)));
    }

    @Test
    void retryNowSkipsTheWaitAndTheTimerThenChangesNothing() {
        var run = waiting().on(new RetryNow());
        assertThat(run.machine.phase()).isEqualTo(new Dialing(2, 1));

        run.on(new RetryDue(2));
        assertThat(run.effects).isEmpty();
        assertThat(run.machine.phase()).isEqualTo(new Dialing(2, 1));
    }

    @Test
    void retryNowWhileConnectedOrConnectingChangesNothing() {
        assertThat(connected().on(new RetryNow()).effects).isEmpty();
        assertThat(new Run().on(new Start(), new RetryNow()).effects).isEmpty();
    }

    @Test
    void whatAReplacedTransportReportsNeverTouchesTheNewConnection() {
        var run = waiting().on(new RetryDue(2), new Resolved(2, ADDRESS), new Opened(2));
        run.on(new Greeted(2, "w 2"));
        LinkMachine before = run.machine;

        for (Event stale :
                List.of(
                        new Lost(1, PROBLEM),
                        new Greeted(1, "w 1"),
                        new TimedOut(1),
                        new RetryDue(1),
                        new RetryDue(2),
                        new Resolved(1, ADDRESS),
                        new TimedOut(2))) {
            run.on(stale);
            assertThat(run.machine).as("%s", stale).isEqualTo(before);
            assertThat(run.effects).as("%s", stale).isEmpty();
        }
    }

    @Test
    void aGivenUpTransportThatOpensAfterAllIsClosed() {
        var run = waiting().on(new RetryDue(2));

        run.on(new Opened(1));

        assertThat(run.effects).containsExactly(new CloseTransport(1));
        assertThat(run.machine.phase()).isEqualTo(new Dialing(2, 1));
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUpBeforeAndAfterTheUpgrade() {
        var dialing = new Run().on(new Start(), new Resolved(1, ADDRESS), new TimedOut(1));
        assertThat(dialing.effects).contains(new CloseTransport(1));
        assertThat(dialing.machine.phase()).isInstanceOf(Waiting.class);

        var greeting = new Run().on(new Start(), new Resolved(1, ADDRESS), new Opened(1));
        greeting.on(new TimedOut(1));
        assertThat(greeting.effects).contains(new CloseTransport(1));
        assertThat(greeting.machine.phase()).isInstanceOf(Waiting.class);
    }

    @Test
    void aClosedLinkStaysClosed() {
        for (Run run : List.of(new Run(), new Run().on(new Start()), connected(), waiting())) {
            run.on(new Close());
            assertThat(run.effects).contains(new Announce(new LinkState.Disconnected()));

            for (Event event :
                    List.of(new Start(), new RetryNow(), new RetryDue(2), new Lost(1, PROBLEM))) {
                run.on(event);
                assertThat(run.effects).isEmpty();
            }
            run.on(new Opened(1));
            assertThat(run.effects).containsExactly(new CloseTransport(1));
        }
    }

    /** Random news, true and stale: there is always a next attempt, and it is never far away. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void whateverHappensTheLinkNeverGivesUp(long seed) {
        var random = new Random(seed);
        LinkMachine machine = LinkMachine.NEW.on(new Start(), 0).next();
        List<Event> owed = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            Step step = machine.on(anyEvent(machine, random), random.nextDouble());
            for (Effect effect : step.effects()) {
                if (effect instanceof ScheduleRetry(long number, Duration delay)) {
                    assertThat(delay).as("seed %d", seed).isLessThanOrEqualTo(Backoff.CAP);
                    owed.add(new RetryDue(number));
                }
            }
            machine = step.next();
            if (machine.phase() instanceof Waiting(long number, _, _, _)) {
                assertThat(owed.getLast()).as("seed %d", seed).isEqualTo(new RetryDue(number));
                assertThat(machine.on(owed.getLast(), 0).effects())
                        .as("seed %d", seed)
                        .contains(new Resolve(number));
            }
            assertThat(machine.state())
                    .as("seed %d", seed)
                    .isNotInstanceOf(LinkState.Disconnected.class);
        }
    }

    private static Event anyEvent(LinkMachine machine, Random random) {
        long current =
                switch (machine.phase()) {
                    case Dialing(long number, _) -> number;
                    case Greeting(long number, _) -> number;
                    case Connected(long number, _, _) -> number;
                    case Waiting(long number, _, _, _) -> number;
                    case Idle(), Closed() -> 0;
                };
        long number = Math.max(0, current - random.nextInt(3));
        return switch (random.nextInt(8)) {
            case 0 -> new Resolved(number, ADDRESS);
            case 1, 2 -> new Opened(number);
            case 3 -> new Greeted(number, "w");
            case 4 -> new Lost(number, PROBLEM);
            case 5 -> new TimedOut(number);
            case 6 -> new RetryDue(number);
            default -> random.nextInt(10) == 0 ? new RetryNow() : new Start();
        };
    }
}
