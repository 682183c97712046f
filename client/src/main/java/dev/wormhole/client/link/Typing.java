package dev.wormhole.client.link;

import dev.wormhole.client.link.AttachedSession.Standing;
import dev.wormhole.client.link.InputWindow.Backlog;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The way of what is typed into attached sessions: numbered where the server counts with us, so
 * that each byte reaches its process once over all connections; else sent as it comes.
 *
 * <p>Owned by the link thread.
 */
final class Typing {

    /** Leaves room beside a paste for whatever else is typed; far below the message limit. */
    static final int PIECE = 64 << 10;

    /** How a terminal spells Ctrl-C: as ever, in kitty's form, and in xterm's modifyOtherKeys. */
    private static final List<ByteString> INTERRUPTS =
            List.of(
                    ByteString.utf8("\003"),
                    ByteString.utf8("\033[99;5u"),
                    ByteString.utf8("\033[99;5:1u"),
                    ByteString.utf8("\033[27;5;99~"));

    private final Wire wire;

    // Owned by the link thread.
    /** Of sessions detached on this connection, while not all that was sent is acknowledged. */
    private final Map<SessionId, InputWindow> unfinished = new HashMap<>();

    Typing(Wire wire) {
        this.wire = wire;
    }

    /**
     * What is under way to a session that was let go a moment ago counts on in its next attachment.
     */
    InputWindow window(SessionId id) {
        InputWindow left = unfinished.remove(id);
        return left == null ? new InputWindow() : left;
    }

    void type(AttachedSession session, ByteString bytes) {
        if (session.isNumbered) {
            number(session, bytes);
            return;
        }
        switch (session.standing) {
            case Standing.Live(int channel) -> send(channel, bytes);
            case Standing.Asked() -> session.typeAhead(bytes);
            case Standing.Away(), Standing.Postponed(), Standing.Refused() -> {}
        }
    }

    /** Forgets what waits for room in the window. */
    void dropPending(AttachedSession session) {
        session.input.dropPending();
        advance(session, 0);
    }

    /** The session has a channel: what is not known to be taken goes out, again or at last. */
    void live(AttachedSession session, ServerMessage.Created created) {
        InputWindow input = session.input;
        Long count = created.inputCount();
        session.isNumbered = count != null;
        if (count == null || created.isExited()) {
            advance(session, input.close());
        } else {
            long discarded = input.open(created.generation(), count);
            input.resend(new Channel(created.channel()));
            advance(session, discarded);
        }
        for (ByteString typed : session.takeTypedAhead()) type(session, typed);
    }

    /**
     * A generation was started.
     *
     * @param inPlace heard in the stream: nothing about the one before can follow
     */
    void began(AttachedSession session, long generation, boolean inPlace) {
        InputWindow input = session.input;
        if (!session.isNumbered || !(session.standing instanceof Standing.Live(int channel)))
            return;
        if (generation <= Math.max(session.stream.generation(), input.generation())) return;
        // Acknowledgements of the former one may still be under way.
        if (input.isOpen() && !inPlace) return;
        long discarded = input.open(generation, 0);
        input.resend(new Channel(channel));
        advance(session, discarded);
    }

    /** The process of this generation takes nothing more. */
    void ended(AttachedSession session, long generation) {
        InputWindow input = session.input;
        if (!input.isOpen() || input.generation() != generation) return;
        advance(session, input.close());
    }

    void acknowledged(AttachedSession session, long count) {
        if (!session.input.isOpen()) return;
        session.input.acknowledged(count);
        advance(session, 0);
    }

    /** The attachment is over; nobody hears of its input any more. */
    void detached(AttachedSession session) {
        InputWindow input = session.input;
        input.dropPending();
        if (!input.isOpen() || !(session.standing instanceof Standing.Live(int channel))) return;
        input.send(new Channel(channel));
        if (input.hasUnacknowledged()) unfinished.put(session.id(), input);
    }

    void disconnected() {
        unfinished.clear();
    }

    private void number(AttachedSession session, ByteString bytes) {
        InputWindow input = session.input;
        if (INTERRUPTS.contains(bytes)) input.dropPending();
        long discarded = session.maySendLater(bytes) ? input.add(bytes) : bytes.length();
        advance(session, discarded);
    }

    /** Sends what there is room for, and tells the sink what became of its input. */
    private void advance(AttachedSession session, long discarded) {
        InputWindow input = session.input;
        if (input.isOpen() && session.standing instanceof Standing.Live(int channel)) {
            input.send(new Channel(channel));
        }
        if (discarded > 0) session.stream.tell(sink -> sink.inputDiscarded(discarded));
        Backlog backlog = input.backlog();
        if (backlog.equals(session.toldBacklog)) return;
        session.toldBacklog = backlog;
        session.stream.tell(sink -> sink.inputWaits(backlog.taken(), backlog.total()));
    }

    private void send(int channel, ByteString bytes) {
        for (int from = 0; from < bytes.length(); from += PIECE) {
            wire.send(channel, bytes.slice(from, Math.min(from + PIECE, bytes.length())));
        }
    }

    /** One channel of the present connection. */
    private final class Channel implements InputWindow.Outlet {

        private final int channel;

        Channel(int channel) {
            this.channel = channel;
        }

        @Override
        public void begin(long generation, long count) {
            wire.send(new ClientMessage.InputBegin(channel, generation, count));
        }

        @Override
        public void bytes(ByteString bytes) {
            wire.send(channel, bytes);
        }
    }
}
