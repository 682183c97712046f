package dev.wormhole.client.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The policy of connecting and reconnecting: an event turns a machine into the next one and a list
 * of effects. Pure.
 *
 * <p>Every attempt has a new transport with a number of its own, and whatever a transport or a
 * timer reports carries that number: news of a replaced one changes nothing.
 *
 * <pre>
 * Idle      --Start-----------------------> Dialing     the first attempt is immediate
 * Dialing   --Opened----------------------> Greeting    hello and all attachments are sent
 * Greeting  --Greeted---------------------> Connected   the waits start again from the shortest
 * Dialing, Greeting  --Lost, TimedOut-----> Waiting
 * Connected --Lost------------------------> Waiting
 * Connected --Woke------------------------> Connected   and asks whether the server is still there
 * Connected --Silent, if not answered-----> Dialing     at once
 * Waiting   --RetryDue, RetryNow, Woke----> Dialing     for ever: there is no last attempt
 * any       --Close-----------------------> Closed      takes no more events
 * </pre>
 *
 * @param waits waits in a row since the last connection
 */
record LinkMachine(Phase phase, int waits) {

    /** For TCP, TLS, the upgrade and the server's hello together. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** For the answer to a ping, after the machine slept. */
    static final Duration ANSWER = Duration.ofSeconds(2);

    static final LinkMachine NEW = new LinkMachine(new Idle(), 0);

    /** Where the machine stands. */
    sealed interface Phase {}

    record Idle() implements Phase {}

    /** Asking for the address, then connecting. */
    record Dialing(long transport, int attempt) implements Phase {}

    /** The WebSocket is open, the server has not answered yet. */
    record Greeting(long transport, int attempt) implements Phase {}

    /**
     * The server answers.
     *
     * @param isAsked whether a ping is under way, because the machine slept
     */
    record Connected(long transport, String server, boolean isAsked) implements Phase {}

    /** Until the next transport, which will have this number. */
    record Waiting(long transport, int attempt, Duration delay, LinkProblem problem)
            implements Phase {}

    record Closed() implements Phase {}

    /** What can happen to a link. */
    sealed interface Event {}

    record Start() implements Event {}

    /** The target named the address for this attempt. */
    record Resolved(long transport, LinkTarget.Address address) implements Event {}

    record Opened(long transport) implements Event {}

    /** The server answered hello. */
    record Greeted(long transport, String server) implements Event {}

    /** The attempt failed or the connection broke. */
    record Lost(long transport, LinkProblem problem) implements Event {}

    /** {@link #PATIENCE} is over for this transport. */
    record TimedOut(long transport) implements Event {}

    /** The wait before this transport is over. */
    record RetryDue(long transport) implements Event {}

    record RetryNow() implements Event {}

    /** The machine slept: whatever was connected may be gone without a word. */
    record Woke() implements Event {}

    /** The server answered a ping. */
    record Answered(long transport) implements Event {}

    /** {@link #ANSWER} is over for a ping. */
    record Silent(long transport) implements Event {}

    record Close() implements Event {}

    /** What is to be done outside, in this order. */
    sealed interface Effect {}

    /** Ask the target for its address, under this number. */
    record Resolve(long transport) implements Effect {}

    record OpenTransport(long transport, LinkTarget.Address address) implements Effect {}

    record CloseTransport(long transport) implements Effect {}

    record ScheduleTimeout(long transport, Duration delay) implements Effect {}

    record ScheduleRetry(long transport, Duration delay) implements Effect {}

    record SayHello() implements Effect {}

    /** Ask the server for a sign of life, and say after this delay that none came. */
    record Ping(long transport, Duration delay) implements Effect {}

    /** Attach every known session and send every waiting request. */
    record ReattachAll() implements Effect {}

    /** Channels and unrepeatable requests are gone. */
    record ForgetConnection(LinkProblem problem) implements Effect {}

    record Announce(LinkState state) implements Effect {}

    /** The machine after an event, and what the event asks for. */
    record Step(LinkMachine next, List<Effect> effects) {
        Step {
            effects = List.copyOf(effects);
        }
    }

    /**
     * Takes one event.
     *
     * @param jitter from 0 to 1, used if the event leads to a wait
     */
    Step on(Event event, double jitter) {
        if (phase instanceof Closed) return late(event);
        return switch (event) {
            case Start() -> phase instanceof Idle ? dial(1, 1) : stay();
            case Resolved(long number, var address) -> resolved(number, address);
            case Opened(long number) -> opened(number);
            case Greeted(long number, String server) -> greeted(number, server);
            case Lost(long number, LinkProblem problem) -> lost(number, problem, jitter);
            case TimedOut(long number) -> timedOut(number, jitter);
            case RetryDue(long number) ->
                    phase instanceof Waiting waiting && waiting.transport == number
                            ? dial(number, waiting.attempt)
                            : stay();
            case RetryNow() ->
                    phase instanceof Waiting waiting
                            ? dial(waiting.transport, waiting.attempt)
                            : stay();
            case Woke() -> woke();
            case Answered(long number) -> answered(number);
            case Silent(long number) -> silent(number);
            case Close() -> close();
        };
    }

    /** What the outside sees of the phase. */
    LinkState state() {
        return switch (phase) {
            case Idle(), Closed() -> new LinkState.Disconnected();
            case Dialing(_, int attempt) -> new LinkState.Connecting(attempt);
            case Greeting(_, int attempt) -> new LinkState.Connecting(attempt);
            case Connected(_, String server, _) -> new LinkState.Connected(server);
            case Waiting(_, int attempt, Duration delay, LinkProblem problem) ->
                    new LinkState.Reconnecting(attempt, delay, problem);
        };
    }

    /** Whether frames of this transport belong to the present connection. */
    boolean hears(long transport) {
        return switch (phase) {
            case Greeting(long number, _) -> number == transport;
            case Connected(long number, _, _) -> number == transport;
            case Idle(), Dialing _, Waiting _, Closed() -> false;
        };
    }

    private Step dial(long number, int attempt) {
        var next = new LinkMachine(new Dialing(number, attempt), waits);
        return new Step(next, List.of(new Announce(next.state()), new Resolve(number)));
    }

    private Step resolved(long number, LinkTarget.Address address) {
        if (!(phase instanceof Dialing dialing) || dialing.transport != number) return stay();
        // The patience begins only now: resolving may start a server, which takes its own time.
        return stay(new OpenTransport(number, address), new ScheduleTimeout(number, PATIENCE));
    }

    private Step opened(long number) {
        if (phase instanceof Dialing dialing && dialing.transport == number) {
            var next = new LinkMachine(new Greeting(number, dialing.attempt), waits);
            // Nobody waits for the server's hello: a round trip less until the panes are back.
            return new Step(next, List.of(new SayHello(), new ReattachAll()));
        }
        // An attempt that was given up and came through after all must not stay open beside us.
        return hears(number) ? stay() : stay(new CloseTransport(number));
    }

    private Step greeted(long number, String server) {
        if (!(phase instanceof Greeting greeting) || greeting.transport != number) return stay();
        // Not when it opened: a server that accepts and drops us would be called without pause.
        var next = new LinkMachine(new Connected(number, server, false), 0);
        return new Step(next, List.of(new Announce(next.state())));
    }

    private Step lost(long number, LinkProblem problem, double jitter) {
        return switch (phase) {
            case Dialing(long mine, int attempt) when mine == number ->
                    await(number + 1, attempt + 1, problem, jitter, List.of());
            case Greeting(long mine, int attempt) when mine == number ->
                    await(
                            number + 1,
                            attempt + 1,
                            problem,
                            jitter,
                            List.of(new CloseTransport(number), new ForgetConnection(problem)));
            case Connected(long mine, _, _) when mine == number ->
                    await(
                            number + 1,
                            1,
                            problem,
                            jitter,
                            List.of(new CloseTransport(number), new ForgetConnection(problem)));
            case Idle(), Dialing _, Greeting _, Connected _, Waiting _, Closed() -> stay();
        };
    }

    private Step timedOut(long number, double jitter) {
        var problem =
                new LinkProblem(
                        LinkProblem.Kind.UNREACHABLE,
                        "The server did not answer within " + PATIENCE.toSeconds() + " s.");
        return switch (phase) {
            case Dialing(long mine, int attempt) when mine == number ->
                    await(
                            number + 1,
                            attempt + 1,
                            problem,
                            jitter,
                            List.of(new CloseTransport(number)));
            case Greeting(long mine, _) when mine == number -> lost(number, problem, jitter);
            case Idle(), Dialing _, Greeting _, Connected _, Waiting _, Closed() -> stay();
        };
    }

    /** The waits start again from the shortest: what kept the server away was the sleep. */
    private Step woke() {
        return switch (phase) {
            case Connected(long number, String server, _) ->
                    new Step(
                            new LinkMachine(new Connected(number, server, true), 0),
                            List.of(new Ping(number, ANSWER)));
            case Waiting(long number, _, _, _) -> new LinkMachine(phase, 0).dial(number, 1);
            case Dialing _, Greeting _ -> new Step(new LinkMachine(phase, 0), List.of());
            case Idle(), Closed() -> stay();
        };
    }

    private Step answered(long number) {
        return phase instanceof Connected(long mine, String server, _) && mine == number
                ? new Step(new LinkMachine(new Connected(mine, server, false), waits), List.of())
                : stay();
    }

    private Step silent(long number) {
        if (!(phase instanceof Connected(long mine, _, boolean isAsked))
                || mine != number
                || !isAsked) return stay();
        var problem =
                new LinkProblem(
                        LinkProblem.Kind.UNREACHABLE, "The connection did not outlast the sleep.");
        Step dialled = new LinkMachine(phase, 0).dial(number + 1, 1);
        var effects = new ArrayList<Effect>();
        effects.add(new CloseTransport(number));
        effects.add(new ForgetConnection(problem));
        effects.addAll(dialled.effects);
        return new Step(dialled.next, effects);
    }

    private Step await(
            long number, int attempt, LinkProblem problem, double jitter, List<Effect> first) {
        Duration delay = Backoff.delay(waits + 1, jitter);
        var next = new LinkMachine(new Waiting(number, attempt, delay, problem), waits + 1);
        var effects = new ArrayList<>(first);
        effects.add(new Announce(next.state()));
        effects.add(new ScheduleRetry(number, delay));
        return new Step(next, effects);
    }

    private Step close() {
        var problem = new LinkProblem(LinkProblem.Kind.UNREACHABLE, "The link was closed.");
        var next = new LinkMachine(new Closed(), 0);
        var announce = new Announce(next.state());
        return switch (phase) {
            case Idle(), Waiting _, Closed() -> new Step(next, List.of(announce));
            case Dialing(long number, _) ->
                    new Step(next, List.of(new CloseTransport(number), announce));
            case Greeting(long number, _) -> disconnect(next, number, problem);
            case Connected(long number, _, _) -> disconnect(next, number, problem);
        };
    }

    private static Step disconnect(LinkMachine next, long number, LinkProblem problem) {
        return new Step(
                next,
                List.of(
                        new CloseTransport(number),
                        new ForgetConnection(problem),
                        new Announce(next.state())));
    }

    private Step late(Event event) {
        return event instanceof Opened(long number) ? stay(new CloseTransport(number)) : stay();
    }

    private Step stay(Effect... effects) {
        return new Step(this, List.of(effects));
    }
}
