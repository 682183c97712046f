package dev.wormhole.client.link;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Decoded;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Frame;
import dev.wormhole.protocol.Limits;
import dev.wormhole.protocol.MessageCodec;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;

/**
 * The link thread: takes one mail after the other, does what the machine asks for, and hands frames
 * to requests and attachments.
 *
 * <p>Owned by the link thread.
 */
final class LinkLoop {

    /**
     * What the loop needs of the world.
     *
     * @param resolver runs a job that may block, elsewhere
     * @param timer runs a job that does not block, later
     * @param jitter from 0 to 1
     */
    record Surroundings(
            Transport.Connector connector,
            Executor resolver,
            BiConsumer<Duration, Runnable> timer,
            DoubleSupplier jitter) {}

    private static final Logger log = LoggerFactory.getLogger(LinkLoop.class);

    private final LinkTarget target;
    private final LinkListener listener;
    private final Mailbox mailbox;
    private final Surroundings surroundings;
    private final Capabilities capabilities;
    private final ClientMessage.Hello greeting;

    private final Wire wire = new Wire();
    private final Requests requests = new Requests(wire);
    private final Attachments attachments = new Attachments(wire, requests, this::later);
    private final Calls calls;

    // Owned by the link thread.
    private LinkMachine machine = LinkMachine.NEW;
    private @Nullable Transport transport;
    private long transportNumber;
    private boolean isClosed;

    private volatile LinkState state = machine.state();
    private volatile long differences;

    LinkLoop(
            LinkTarget target,
            LinkListener listener,
            String clientName,
            Capabilities capabilities,
            Mailbox mailbox,
            Surroundings surroundings) {
        this.target = target;
        this.listener = listener;
        this.mailbox = mailbox;
        this.surroundings = surroundings;
        this.calls = new Calls(requests, attachments, mailbox);
        this.capabilities = capabilities;
        this.greeting =
                new ClientMessage.Hello(
                        Limits.PROTOCOL,
                        capabilities.words(),
                        clientName,
                        UUID.randomUUID().toString());
    }

    /** What a call on a closed link fails with. */
    static LinkException closed() {
        return new LinkException(
                new LinkProblem(LinkProblem.Kind.UNREACHABLE, "The link is closed."));
    }

    /** Safe from any thread. */
    LinkState state() {
        return state;
    }

    /** Screens that differed from the server's. Safe from any thread. */
    long differences() {
        return differences;
    }

    /** Until the link is closed. */
    void run() {
        try {
            start();
            // What was posted while the link was closing still gets its refusal.
            while (!isClosed || !mailbox.isEmpty()) handle(mailbox.take());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void start() {
        take(new LinkMachine.Start());
    }

    /** One mail; a defect costs this mail and not the link. */
    void handle(Mail mail) {
        try {
            switch (mail) {
                case Mail.Arrived(long number, Frame frame) -> {
                    if (machine.hears(number)) received(number, frame);
                }
                case Mail.Happened(var event) -> take(event);
                case Mail.RetryNow() -> take(new LinkMachine.RetryNow());
                case Mail.Woke() -> {
                    log.info("link {}: the machine slept", target.name());
                    take(new LinkMachine.Woke());
                }
                case Mail.AttachAgain(var handle) -> attachments.attachAgain(handle);
                case Mail.Took(var handle, long bytes) -> attachments.took(handle, bytes);
                case Mail.ScreenDiffers(var handle) ->
                        differences = attachments.screenDiffers(handle);
                case Mail.Close() -> close();
                case Mail.Command command -> command(command);
            }
            if (mailbox.isEmpty()) attachments.idle();
        } catch (RuntimeException e) {
            log.error("link {}: {} failed", target.name(), mail.getClass().getSimpleName(), e);
        }
    }

    private void command(Mail.Command command) {
        switch (command) {
            case Mail.Attach attach -> attachments.attach(attach);
            case Mail.Type(var handle, ByteString bytes) -> attachments.type(handle, bytes);
            case Mail.DropPending(var handle) -> attachments.dropPending(handle);
            case Mail.Resize resize -> attachments.resize(resize);
            case Mail.Respawn(var handle, var done) -> attachments.respawn(handle, done);
            case Mail.AnswerOffer(var handle, long generation, boolean run) ->
                    attachments.answerOffer(handle, generation, run);
            case Mail.Detach(var handle, var done) -> attachments.detach(handle, done);
            case Mail.Create create -> calls.create(create);
            case Mail.ListSessions list -> calls.list(list);
            case Mail.Rename rename -> calls.rename(rename);
            case Mail.Destroy destroy -> calls.destroy(destroy);
            case Mail.TypeInto input -> calls.typeInto(input);
            case Mail.AskHistory ask -> calls.history(ask);
            case Mail.AskKeepers ask -> calls.keepers(ask);
            case Mail.AskRecovery ask -> calls.recovery(ask);
            case Mail.AskStore ask -> calls.store(ask);
            case Mail.Ask<?> ask -> calls.ask(ask);
            case Mail.EndOrphan end -> calls.endOrphan(end);
            case Mail.AdoptOrphan adopt -> calls.adoptOrphan(adopt);
            case Mail.TellViewer(var viewer) -> attachments.tellViewer(viewer);
            case Mail.AskHello ask -> calls.hello(ask);
        }
    }

    private void close() {
        take(new LinkMachine.Close());
        requests.close(closed().problem());
        attachments.close();
        calls.close();
        mailbox.close();
        isClosed = true;
    }

    // What the machine asks for.

    private void take(LinkMachine.Event event) {
        LinkMachine.Step step = machine.on(event, surroundings.jitter().getAsDouble());
        machine = step.next();
        for (LinkMachine.Effect effect : step.effects()) apply(effect);
    }

    private void apply(LinkMachine.Effect effect) {
        switch (effect) {
            case LinkMachine.Resolve(long number) -> resolve(number);
            case LinkMachine.OpenTransport(long number, var address) -> open(number, address);
            case LinkMachine.CloseTransport(long number) -> closeTransport(number);
            case LinkMachine.ScheduleTimeout(long number, Duration delay) ->
                    later(delay, new Mail.Happened(new LinkMachine.TimedOut(number)));
            case LinkMachine.ScheduleRetry(long number, Duration delay) ->
                    later(delay, new Mail.Happened(new LinkMachine.RetryDue(number)));
            case LinkMachine.SayHello() -> sayHello();
            case LinkMachine.Ping(long number, Duration delay) -> {
                wire.send(new ClientMessage.Ping());
                later(delay, new Mail.Happened(new LinkMachine.Silent(number)));
            }
            case LinkMachine.ReattachAll() -> {
                attachments.connected();
                requests.connected();
            }
            case LinkMachine.ForgetConnection(LinkProblem problem) -> {
                wire.disconnected();
                calls.disconnected();
                requests.disconnected(problem);
                attachments.disconnected();
            }
            case LinkMachine.Announce(LinkState next) -> announce(next);
        }
    }

    private void resolve(long number) {
        surroundings
                .resolver()
                .execute(() -> mailbox.signal(new Mail.Happened(resolved(target, number))));
    }

    /** On a thread of its own: may take as long as a server takes to start. */
    private static LinkMachine.Event resolved(LinkTarget target, long number) {
        try {
            return new LinkMachine.Resolved(number, target.resolve());
        } catch (LinkException e) {
            return new LinkMachine.Lost(number, e.problem());
        } catch (RuntimeException e) {
            // Whatever it is, the link has to hear of it, or it would wait for ever.
            log.error("link {}: its address could not be found out", target.name(), e);
            return new LinkMachine.Lost(
                    number,
                    new LinkProblem(
                            LinkProblem.Kind.UNREACHABLE,
                            "The address could not be found out; the log says more."));
        }
    }

    private void open(long number, LinkTarget.Address address) {
        transportNumber = number;
        transport = surroundings.connector().open(address, new Reports(mailbox, number));
    }

    private void closeTransport(long number) {
        if (transport == null || transportNumber != number) return;
        transport.close();
        transport = null;
    }

    private void sayHello() {
        if (transport == null) return;
        wire.connected(transport);
        wire.send(greeting);
    }

    private void later(Duration delay, Mail.Signal signal) {
        surroundings.timer().accept(delay, () -> mailbox.signal(signal));
    }

    private void announce(LinkState next) {
        LinkState last = state;
        state = next;
        log.info("link {}: {} -> {}{}", target.name(), word(last), word(next), reason(next));
        Callback.run("listener", () -> listener.stateChanged(next));
    }

    private static String word(LinkState state) {
        return switch (state) {
            case LinkState.Disconnected() -> "disconnected";
            case LinkState.Connecting _ -> "connecting";
            case LinkState.Connected _ -> "connected";
            case LinkState.Reconnecting _ -> "reconnecting";
        };
    }

    private static String reason(LinkState state) {
        return switch (state) {
            case LinkState.Disconnected() -> "";
            case LinkState.Connecting(int attempt) -> " (attempt " + attempt + ")";
            case LinkState.Connected(String server) -> " (" + server + ")";
            case LinkState.Reconnecting(_, Duration delay, LinkProblem problem) ->
                    " (" + problem.message() + " Again in " + delay.toMillis() + " ms.)";
        };
    }

    // What the server says.

    private void received(long number, Frame frame) {
        switch (frame) {
            case Frame.Empty() -> {}
            case Frame.Data(int channel, ByteString bytes) -> attachments.data(channel, bytes);
            case Frame.Control(ByteString json) -> {
                switch (MessageCodec.decodeServer(json)) {
                    case Decoded.Message<ServerMessage>(ServerMessage message, String ref) -> {
                        observe(number, message, ref);
                        if (ref != null) requests.answered(ref, message);
                    }
                    // Announced by features that we did not ask for, or newer than we are.
                    case Decoded.Unknown<ServerMessage> _ -> {}
                    case Decoded.Malformed<ServerMessage>(String reason, String ref) -> {
                        log.warn("link {}: a malformed message: {}", target.name(), reason);
                        if (ref != null) requests.garbled(ref);
                    }
                }
            }
        }
    }

    /** What a message means beside answering a request. */
    private void observe(long number, ServerMessage message, @Nullable String ref) {
        switch (message) {
            case ServerMessage.Hello greeted -> greeted(number, greeted);
            case ServerMessage.Resync resync -> attachments.resync(resync);
            case ServerMessage.Size size -> attachments.size(size);
            case ServerMessage.Respawned respawned -> attachments.respawned(respawned, ref != null);
            case ServerMessage.Exit exit -> attachments.exited(exit);
            case ServerMessage.Event event -> attachments.event(event);
            case ServerMessage.Renamed(SessionId id, String name) ->
                    Callback.run("listener", () -> listener.sessionRenamed(id, name));
            case ServerMessage.Destroyed(SessionId id) -> {
                attachments.destroyed(id);
                Callback.run("listener", () -> listener.sessionDestroyed(id));
            }
            case ServerMessage.Changed(var entry) ->
                    Callback.run("listener", () -> listener.sessionChanged(entry));
            case ServerMessage.TaskChanged(var task) ->
                    Callback.run("listener", () -> listener.taskChanged(task));
            case ServerMessage.StoreState state ->
                    Callback.run("listener", () -> listener.storeChanged(state));
            case ServerMessage.Failure(ErrorCode code, _, SessionId id) -> {
                if (ref == null) log.warn("link {}: error {} about {}", target.name(), code, id);
            }
            case ServerMessage.Hash hash -> attachments.hash(hash);
            case ServerMessage.Offer offer -> attachments.offered(offer);
            case ServerMessage.InputAck ack -> attachments.inputTaken(ack);
            case ServerMessage.InputDiscarded discarded -> attachments.inputDiscarded(discarded);
            case ServerMessage.Pong() -> take(new LinkMachine.Answered(number));
            // Answers and nothing else.
            case ServerMessage.Created _,
                    ServerMessage.Detached _,
                    ServerMessage.Sessions _,
                    ServerMessage.History _,
                    ServerMessage.Keepers _,
                    ServerMessage.Recovery _,
                    ServerMessage.TaskCreated _,
                    ServerMessage.Task _,
                    ServerMessage.Tasks _,
                    ServerMessage.TaskOutput _,
                    ServerMessage.OrphanEnded _,
                    ServerMessage.OrphanAdopted _ -> {}
        }
    }

    private void greeted(long number, ServerMessage.Hello greeted) {
        if (greeted.protocol() != Limits.PROTOCOL) {
            var problem =
                    new LinkProblem(
                            LinkProblem.Kind.VERSION,
                            "The server speaks protocol "
                                    + greeted.protocol()
                                    + ", this program "
                                    + Limits.PROTOCOL
                                    + ": update the older one.");
            take(new LinkMachine.Lost(number, problem));
            return;
        }
        if (machine.hears(number)) attachments.agreed(capabilities.agreed(greeted));
        take(new LinkMachine.Greeted(number, greeted.server()));
        calls.greeted(greeted);
    }

    /** Turns what a transport reports into mail under the transport's number. */
    private record Reports(Mailbox mailbox, long number) implements Transport.Events {

        @Override
        public void opened() {
            mailbox.signal(new Mail.Happened(new LinkMachine.Opened(number)));
        }

        @Override
        public void received(Frame frame) {
            try {
                mailbox.arrived(new Mail.Arrived(number, frame));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void closed(LinkProblem problem) {
            mailbox.signal(new Mail.Happened(new LinkMachine.Lost(number, problem)));
        }
    }
}
