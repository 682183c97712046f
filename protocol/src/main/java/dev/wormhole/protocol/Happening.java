package dev.wormhole.protocol;

/**
 * Something that output caused once, beside what it drew. Kinds that this version does not know are
 * ignored.
 *
 * <p>Immutable.
 */
public sealed interface Happening {

    /** The word on the wire. */
    String kind();

    /** BEL. */
    record Bell() implements Happening {
        @Override
        public String kind() {
            return "bell";
        }
    }

    /**
     * A program wants to be noticed (OSC 9, OSC 777).
     *
     * @param title may be empty; no control characters
     * @param body may be empty; no control characters
     */
    record Notification(String title, String body) implements Happening {
        @Override
        public String kind() {
            return "notification";
        }
    }

    /**
     * A program writes a clipboard (OSC 52).
     *
     * @param selection which, in the letters of OSC 52; {@code c} where the program named none
     * @param data anything: not necessarily text
     */
    record Clipboard(String selection, ByteString data) implements Happening {
        @Override
        public String kind() {
            return "clipboard";
        }
    }
}
