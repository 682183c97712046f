package dev.wormhole.terminal;

/**
 * Which complete sequences do something beside the screen that the server's own words are for: it
 * tells a bell, a notification or a clipboard once and to the right viewer. And the private strings
 * of snapshots, which no other terminal knows.
 *
 * <p>Pure.
 */
final class SideEffects {

    private static final int SNAPSHOT = '>' << 24 | 'w';

    private SideEffects() {}

    static boolean isControl(int control) {
        return control == 0x07;
    }

    /** OSC 52, OSC 777, and OSC 9 but for ConEmu's numbered functions, such as progress. */
    static boolean isOsc(byte[] data, int length) {
        if (begins(data, length, "52;") || begins(data, length, "777;")) return true;
        return begins(data, length, "9;") && !isNumbered(data, length);
    }

    private static boolean isNumbered(byte[] data, int length) {
        int i = 2;
        while (i < length && data[i] >= '0' && data[i] <= '9') i++;
        return (i == 3 || i == 4) && (i == length || data[i] == ';');
    }

    static boolean isDcs(Csi head) {
        return head.id() == SNAPSHOT;
    }

    private static boolean begins(byte[] data, int length, String text) {
        if (length < text.length()) return false;
        for (int i = 0; i < text.length(); i++) {
            if (data[i] != text.charAt(i)) return false;
        }
        return true;
    }
}
