package dev.wormhole.protocol;

/**
 * The bounds of the wire (DESIGN section 7). Both ends check them: the server to protect itself,
 * clients to say it early.
 */
public final class Limits {

    /** The version of the protocol that this code speaks. */
    public static final int PROTOCOL = 1;

    /** The WebSocket subprotocol that names version 1. */
    public static final String SUBPROTOCOL = "wormhole.v1";

    /** Bytes of one WebSocket message, channel byte included. */
    public static final int MESSAGE_BYTES = 1 << 20;

    /** The highest channel that carries a session. */
    public static final int MAX_CHANNEL = 254;

    /** The channel of JSON control messages. */
    public static final int CONTROL_CHANNEL = 255;

    /** Integers on the wire stay below this, so that every JSON library reads them exactly. */
    public static final long MAX_INTEGER = (1L << 53) - 1;

    public static final int NAME_CODE_POINTS = 128;
    public static final int REF_CHARS = 64;
    public static final int ENV_ENTRIES = 256;
    public static final int ENV_BYTES = 64 << 10;
    public static final int COMMAND_WORDS = 1024;
    public static final int COMMAND_BYTES = 128 << 10;
    public static final int PATH_CHARS = 4096;
    public static final int FEATURES = 64;
    public static final int FEATURE_CHARS = 64;

    /** Numbered input that may be under way, not acknowledged, on one channel. */
    public static final int INPUT_WINDOW = 256 << 10;

    /** Lines that one history_request may ask for. */
    public static final int HISTORY_LINES = 10_000;

    /**
     * Bytes of lines in one history message, but for a single longer line: a longer answer would
     * hold up what is typed meanwhile.
     */
    public static final int HISTORY_BYTES = 192 << 10;

    /** Bytes of a single line in a history message: with base64 it is still one message. */
    public static final int HISTORY_LINE_BYTES = 640 << 10;

    /** Characters that say what a task is for. */
    public static final int TASK_CHARS = 8192;

    /** Milliseconds that a task may be given at most: a year. */
    public static final long TASK_MILLIS = 366L * 24 * 3600 * 1000;

    /** Bytes of output that one task_output_request may ask for. */
    public static final int TASK_OUTPUT_BYTES = 192 << 10;

    /** Colours that a viewer may tell. */
    public static final int PALETTE_COLORS = 256;

    private Limits() {}
}
