package dev.wormhole.client.link;

import static dev.wormhole.client.link.ScriptedLink.SIZE;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.client.link.ScriptedLink.Request;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.Frame;
import dev.wormhole.protocol.MessageCodec;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The other end of numbered input for one session, by the words of docs/protocol.md: takes what the
 * link sends when the test says so.
 */
final class NumberingServer {

    static final Capabilities NUMBERED = new Capabilities(Set.of(Feature.INPUT), 0);
    static final int CHANNEL = 5;

    final ScriptedLink link = ScriptedLink.connected(NUMBERED, NUMBERED);
    final SessionId id;
    long generation = 1;
    boolean isExited;

    /** What the process has got. */
    ByteArrayOutputStream taken = new ByteArrayOutputStream();

    /** What was sent for other processes than the one that runs. */
    final List<String> discarded = new ArrayList<>();

    private long spokenOf;
    private long next;

    NumberingServer(SessionId id) {
        this.id = id;
    }

    /** Answers the attach that the link has sent. */
    void attach() {
        Request attach = link.now().next(ClientMessage.Attach.class);
        link.say(
                new ServerMessage.Created(
                        id,
                        CHANNEL,
                        false,
                        100,
                        3,
                        SIZE,
                        generation,
                        isExited,
                        false,
                        (long) taken.size()),
                attach.ref());
    }

    void reconnect() {
        link.breakAndReconnect();
        attach();
    }

    /** Takes the oldest frames. */
    void take(int frames) {
        for (int i = 0; i < frames && !link.now().sent.isEmpty(); i++) {
            switch (link.now().sent.removeFirst()) {
                case Frame.Data(int channel, ByteString bytes) -> take(channel, bytes);
                case Frame.Control(ByteString json) -> {
                    ClientMessage message = ScriptedLink.message(MessageCodec.decodeClient(json));
                    if (message instanceof ClientMessage.InputBegin begin) {
                        assertThat(begin.channel()).isEqualTo(CHANNEL);
                        spokenOf = begin.generation();
                        next = begin.count();
                    }
                }
                case Frame.Empty() -> {}
            }
        }
    }

    private void take(int channel, ByteString bytes) {
        assertThat(channel).isEqualTo(CHANNEL);
        long from = next;
        next += bytes.length();
        if (spokenOf != generation || isExited) {
            discarded.add(bytes.toUtf8());
            return;
        }
        assertThat(from).as("no gap").isLessThanOrEqualTo(taken.size());
        int repeated = (int) Math.min(taken.size() - from, bytes.length());
        byte[] fresh = bytes.slice(repeated, bytes.length()).toArray();
        taken.write(fresh, 0, fresh.length);
    }

    void takeAll() {
        take(Integer.MAX_VALUE);
    }

    void acknowledge() {
        link.say(new ServerMessage.InputAck(CHANNEL, taken.size()), null);
    }

    /** Takes and acknowledges until the link has nothing more to send. */
    void drain() {
        do {
            takeAll();
            acknowledge();
        } while (!link.now().sent.isEmpty());
    }

    String text() {
        return taken.toString(java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
