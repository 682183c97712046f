package dev.wormhole.terminal.screen;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/**
 * A case of the corpus: what is fed to a screen, and what has to be seen of it afterwards.
 *
 * <p>Immutable.
 *
 * @param group the file it stands in
 * @param citation what it follows
 * @param unlike where it differs from xterm and why, if it does
 */
record ScreenCase(
        String group,
        String name,
        String citation,
        Optional<String> unlike,
        int columns,
        int rows,
        List<Step> steps,
        Expected expected) {

    /** What happens to the screen, in order. */
    sealed interface Step {

        /** Output. */
        final class Feed implements Step {

            private final byte[] bytes;

            Feed(byte[] bytes) {
                this.bytes = bytes.clone();
            }

            byte[] bytes() {
                return bytes.clone();
            }
        }

        record Resize(int columns, int rows) implements Step {}
    }

    /** Rows and columns are counted from 1, as in the sequences. */
    record Place(int row, int column) {}

    /** The cells from one column to another, both included, and their SGR parameters. */
    record Rendition(int row, int from, int to, String parameters) {}

    /**
     * What has to be seen. Empty optionals are not looked at.
     *
     * @param screen the rows, without trailing blanks; blank rows at the end are left out
     * @param wrapPending whether a wrap has to be pending; false: not looked at
     * @param wrapped the rows that go on in the next one
     * @param history the logical lines above the screen
     * @param replies what has to be answered, as Latin-1
     * @param replyPattern a pattern that the replies have to match, in place of the replies
     * @param events all that the listener hears but replies
     */
    record Expected(
            List<String> screen,
            Optional<Place> cursor,
            boolean wrapPending,
            Optional<List<Integer>> wrapped,
            Optional<List<String>> history,
            List<Rendition> renditions,
            Optional<String> title,
            boolean alternate,
            String replies,
            Optional<String> replyPattern,
            Optional<List<String>> events) {}

    /** All output of the case in one piece, for a terminal that is not resized. */
    byte[] output() {
        var all = new ByteArrayOutputStream();
        for (Step step : steps) if (step instanceof Step.Feed feed) all.writeBytes(feed.bytes());
        return all.toByteArray();
    }

    boolean isResized() {
        return steps.stream().anyMatch(Step.Resize.class::isInstance);
    }

    /** As the table of differences names it. */
    String title() {
        return group + ": " + name;
    }

    @Override
    public String toString() {
        return title();
    }
}
