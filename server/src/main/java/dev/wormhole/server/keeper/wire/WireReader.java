package dev.wormhole.server.keeper.wire;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.ProcessKey;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads the payload of one frame. Nothing is allocated for a length before the frame is known to
 * hold that much.
 *
 * <p>Owned by the thread that made it.
 */
final class WireReader {

    private final ByteBuffer payload;

    WireReader(ByteBuffer payload) {
        this.payload = payload;
    }

    /** Refuses what no field has taken. */
    void end() throws WireException {
        if (payload.hasRemaining())
            throw new WireException(payload.remaining() + " bytes too many");
    }

    int u8() throws WireException {
        return need(1).get() & 0xff;
    }

    boolean flag() throws WireException {
        int value = u8();
        if (value > 1) throw new WireException("flag: " + value);
        return value == 1;
    }

    int u16() throws WireException {
        return need(2).getShort() & 0xffff;
    }

    int u32() throws WireException {
        return need(4).getInt();
    }

    long number() throws WireException {
        long value = need(8).getLong();
        if (value < 0 || value >= Wire.MAX_NUMBER) throw new WireException("number: " + value);
        return value;
    }

    String string() throws WireException {
        ByteBuffer bytes = part(Wire.MAX_FRAME);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new WireException("not UTF-8");
        }
    }

    /** Empty is null. */
    @Nullable String optString() throws WireException {
        String value = string();
        return value.isEmpty() ? null : value;
    }

    String note() throws WireException {
        int length = payload.remaining() >= 4 ? payload.getInt(payload.position()) : 0;
        if (length > Wire.MAX_NOTE) throw new WireException("note: " + length);
        return string();
    }

    ByteString bytes() throws WireException {
        return ByteString.copyOf(part(Wire.MAX_FRAME));
    }

    ByteString piece() throws WireException {
        return ByteString.copyOf(part(Wire.MAX_BYTES));
    }

    TerminalSize size() throws WireException {
        int cols = u16();
        int rows = u16();
        try {
            return new TerminalSize(cols, rows);
        } catch (IllegalArgumentException e) {
            throw new WireException("size: " + cols + "x" + rows);
        }
    }

    ProcessKey key() throws WireException {
        return new ProcessKey(new SessionId(uuid()), number());
    }

    /** All zero is null. */
    @Nullable ClientKey optClient() throws WireException {
        UUID id = uuid();
        return id.getMostSignificantBits() == 0 && id.getLeastSignificantBits() == 0
                ? null
                : new ClientKey(id);
    }

    ClientKey client() throws WireException {
        ClientKey client = optClient();
        if (client == null) throw new WireException("client: none");
        return client;
    }

    List<String> strings() throws WireException {
        int count = count(4);
        var values = new ArrayList<String>();
        for (int i = 0; i < count; i++) values.add(string());
        return values;
    }

    List<String> command() throws WireException {
        List<String> words = strings();
        if (words.isEmpty()) throw new WireException("command: empty");
        return words;
    }

    Map<String, String> pairs() throws WireException {
        int count = count(8);
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < count; i++)
            if (values.put(string(), string()) != null) throw new WireException("a name twice");
        return values;
    }

    /** A number of items, each of at least {@code smallest} bytes. */
    int count(int smallest) throws WireException {
        int count = u32();
        if (count < 0 || count > payload.remaining() / smallest)
            throw new WireException("count: " + Integer.toUnsignedString(count));
        return count;
    }

    private UUID uuid() throws WireException {
        need(16);
        return new UUID(payload.getLong(), payload.getLong());
    }

    private ByteBuffer part(int most) throws WireException {
        int length = u32();
        if (length < 0 || length > most)
            throw new WireException("length: " + Integer.toUnsignedString(length));
        need(length);
        ByteBuffer part = payload.slice(payload.position(), length);
        payload.position(payload.position() + length);
        return part;
    }

    private ByteBuffer need(int bytes) throws WireException {
        if (payload.remaining() < bytes) throw new WireException("the frame ends too early");
        return payload;
    }
}
