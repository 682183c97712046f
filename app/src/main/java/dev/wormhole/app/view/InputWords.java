package dev.wormhole.app.view;

import dev.wormhole.app.workspace.InputNotice;

import java.util.Locale;

/** The words for what there is to say of a pane's input. Pure. */
final class InputWords {

    private static final double MEGABYTE = 1 << 20;

    private InputWords() {}

    /** Empty for nothing. */
    static String of(InputNotice notice) {
        return switch (notice) {
            case InputNotice.Nothing() -> "";
            case InputNotice.Pasting(long taken, long total) ->
                    "pasting… " + amount(taken) + " of " + amount(total) + " MB, Ctrl-C stops";
            case InputNotice.Discarded(long bytes) ->
                    (bytes == 1 ? "1 byte" : String.format(Locale.ROOT, "%,d bytes", bytes))
                            + " of your input reached no program: it had ended";
        };
    }

    /** In megabytes, with one decimal where that says anything. */
    private static String amount(long bytes) {
        String text = String.format(Locale.ROOT, "%.1f", bytes / MEGABYTE);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
