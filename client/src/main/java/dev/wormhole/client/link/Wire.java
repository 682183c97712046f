package dev.wormhole.client.link;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Frame;
import dev.wormhole.protocol.MessageCodec;

import org.jspecify.annotations.Nullable;

/**
 * The sending side of the present connection, if there is one: what requests and attachments write
 * to without knowing which transport that is.
 *
 * <p>Owned by the link thread.
 */
final class Wire {

    private @Nullable Transport transport;

    void connected(Transport transport) {
        this.transport = transport;
    }

    void disconnected() {
        transport = null;
    }

    boolean isConnected() {
        return transport != null;
    }

    void send(ClientMessage message) {
        send(message, null);
    }

    void send(ClientMessage message, @Nullable String ref) {
        write(new Frame.Control(MessageCodec.encode(message, ref)));
    }

    void send(int channel, ByteString bytes) {
        write(new Frame.Data(channel, bytes));
    }

    private void write(Frame frame) {
        if (transport != null) transport.send(frame);
    }
}
