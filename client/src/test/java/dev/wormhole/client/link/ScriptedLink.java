package dev.wormhole.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Decoded;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Frame;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.MessageCodec;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A link without threads, sockets and clocks: the test is the server and the time. Every step runs
 * until the mailbox is empty.
 */
final class ScriptedLink implements LinkTarget, Transport.Connector {

    static final TerminalSize SIZE = new TerminalSize(80, 24);

    final List<LinkState> states = new ArrayList<>();
    final List<String> announced = new ArrayList<>();
    final Deque<Attempt> attempts = new ArrayDeque<>();
    final List<Alarm> alarms = new ArrayList<>();
    final Mailbox mailbox = new Mailbox();
    final LinkLoop loop;
    final Link link;

    record Alarm(Duration delay, Runnable wake) {}

    record Request(ClientMessage message, String ref) {}

    private final List<String> serverFeatures;
    private final int serverScreen;

    ScriptedLink() {
        this(Capabilities.NONE, Capabilities.NONE);
    }

    ScriptedLink(Capabilities ours, Capabilities servers) {
        serverFeatures = servers.words();
        serverScreen = servers.screen();
        var listener =
                new LinkListener() {
                    @Override
                    public void stateChanged(LinkState state) {
                        states.add(state);
                    }

                    @Override
                    public void sessionRenamed(SessionId id, String name) {
                        announced.add("renamed " + name);
                    }

                    @Override
                    public void sessionDestroyed(SessionId id) {
                        announced.add("destroyed " + id);
                    }
                };
        loop =
                new LinkLoop(
                        this,
                        listener,
                        "test",
                        ours,
                        mailbox,
                        new LinkLoop.Surroundings(
                                this,
                                Runnable::run,
                                (delay, wake) -> alarms.add(new Alarm(delay, wake)),
                                () -> 0.5));
        link = new Link(mailbox, loop);
    }

    /** Starts the link and answers its first attempt. */
    static ScriptedLink connected() {
        return connected(Capabilities.NONE, Capabilities.NONE);
    }

    static ScriptedLink connected(Capabilities ours, Capabilities servers) {
        var scripted = new ScriptedLink(ours, servers);
        scripted.loop.start();
        scripted.settle();
        scripted.accept();
        return scripted;
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public Address resolve() {
        return new Address(URI.create("ws://127.0.0.1:1/"), "token", null);
    }

    @Override
    public Transport open(Address address, Transport.Events events) {
        var attempt = new Attempt(events);
        attempts.add(attempt);
        return attempt;
    }

    void settle() {
        try {
            while (!mailbox.isEmpty()) loop.handle(mailbox.take());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Attempt now() {
        return attempts.getLast();
    }

    /** The server opens the latest attempt and answers its hello. */
    void accept() {
        now().events.opened();
        settle();
        assertThat(now().nextRequest()).isInstanceOf(ClientMessage.Hello.class);
        say(new ServerMessage.Hello(1, serverFeatures, "wormhole 1", serverScreen, 0), null);
    }

    /** The connection breaks and the next one is accepted. */
    void breakAndReconnect() {
        breakConnection();
        reconnect();
    }

    void breakConnection() {
        now().events.closed(new LinkProblem(LinkProblem.Kind.UNREACHABLE, "It was lost."));
        settle();
    }

    void reconnect() {
        link.retryNow();
        settle();
        accept();
    }

    void say(ServerMessage message, String ref) {
        now().events.received(new Frame.Control(MessageCodec.encode(message, ref)));
        settle();
    }

    void refuse(Request request, ErrorCode code) {
        say(new ServerMessage.Failure(code, "No.", null), request.ref());
    }

    void data(int channel, String text) {
        now().events.received(new Frame.Data(channel, ByteString.utf8(text)));
        settle();
    }

    void created(Request request, SessionId id, int channel, boolean fresh, long at, long event) {
        say(
                new ServerMessage.Created(id, channel, fresh, at, event, SIZE, 1, false, false),
                request.ref());
    }

    void resync(SessionId id, int channel, long offset, long event, String snapshot) {
        say(
                new ServerMessage.Resync(
                        id, channel, offset, event, SIZE, snapshot.length(), false, true),
                null);
        if (!snapshot.isEmpty()) data(channel, snapshot);
    }

    /** Attaches a session on the present connection, with a snapshot at offset 100, event 3. */
    Attachment attached(SessionId id, int channel, RecordingSink sink) {
        Attachment attachment = link.attach(id, SIZE, false, RespawnMode.AUTO, sink);
        settle();
        created(now().next(ClientMessage.Attach.class), id, channel, false, 100, 3);
        resync(id, channel, 100, 3, "snap");
        sink.calls.clear();
        return attachment;
    }

    static ClientMessage message(Decoded<ClientMessage> decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Message.class);
        return ((Decoded.Message<ClientMessage>) decoded).message();
    }

    void fireAlarms() {
        List<Alarm> due = List.copyOf(alarms);
        alarms.clear();
        due.forEach(alarm -> alarm.wake().run());
        settle();
    }

    /** One attempt as the server sees it. */
    static final class Attempt implements Transport {

        final Transport.Events events;
        final Deque<Frame> sent = new ArrayDeque<>();
        boolean isClosed;

        Attempt(Transport.Events events) {
            this.events = events;
        }

        @Override
        public void send(Frame frame) {
            sent.add(frame);
        }

        @Override
        public void close() {
            isClosed = true;
        }

        ClientMessage nextRequest() {
            return next(ClientMessage.class).message();
        }

        /** The next control message, which has to be of this type. */
        Request next(Class<? extends ClientMessage> type) {
            assertThat(sent).as("frames sent").isNotEmpty();
            Frame frame = sent.removeFirst();
            assertThat(frame).isInstanceOf(Frame.Control.class);
            var decoded = MessageCodec.decodeClient(((Frame.Control) frame).json());
            assertThat(decoded).isInstanceOf(Decoded.Message.class);
            var message = (Decoded.Message<ClientMessage>) decoded;
            assertThat(message.message()).isInstanceOf(type);
            return new Request(message.message(), message.ref());
        }
    }

    /** Writes down what it is told, one line a call. */
    static class RecordingSink implements SessionSink {

        final List<String> calls = new ArrayList<>();

        @Override
        public void attached(ServerMessage.Created created) {
            calls.add("attached " + created.channel());
        }

        @Override
        public void resync(ServerMessage.Resync what, ByteString snapshot) {
            String kept = what.keepsHistory() ? " kept" : "";
            calls.add("resync " + what.size() + kept + " " + snapshot.toUtf8());
        }

        @Override
        public void output(long offset, ByteString bytes) {
            calls.add(offset + " " + bytes.toUtf8());
        }

        @Override
        public void size(TerminalSize size) {
            calls.add("size " + size);
        }

        @Override
        public void respawned(long generation) {
            calls.add("generation " + generation);
        }

        @Override
        public void exited(ServerMessage.Exit exit) {
            calls.add("exited " + exit.exitCode());
        }

        @Override
        public void event(Happening what) {
            calls.add(what.toString());
        }

        @Override
        public void hash(long hash) {
            calls.add("hash " + hash);
        }

        @Override
        public void ended(ErrorCode code, String message) {
            calls.add("ended " + code);
        }
    }
}
