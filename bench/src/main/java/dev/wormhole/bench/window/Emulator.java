package dev.wormhole.bench.window;

import dev.wormhole.bench.peer.Column;
import dev.wormhole.bench.peer.Commands;
import dev.wormhole.bench.peer.Place;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A terminal as the distribution has it, with its own settings but for font, size and blinking.
 * Immutable.
 *
 * @param settings what stands between its name and the program that is to run in it
 */
public record Emulator(String name, String versionOption, List<String> settings)
        implements Column<Window> {

    static final String FONT = "DejaVu Sans Mono";

    /** With 96 dots an inch these are cells 8 pixels wide. */
    private static final int POINTS = 10;

    /** The same in pixels. */
    static final double PIXELS = POINTS * 96 / 72.0;

    private static final int LINES = dev.wormhole.terminal.screen.Screen.DEFAULT_HISTORY;
    private static final int COLUMNS = Window.CELLS.columns();
    private static final int ROWS = Window.CELLS.rows();

    public Emulator {
        settings = List.copyOf(settings);
    }

    public static final Emulator XTERM =
            new Emulator(
                    "xterm",
                    "-version",
                    List.of(
                            "-geometry",
                            COLUMNS + "x" + ROWS,
                            "-fa",
                            FONT,
                            "-fs",
                            String.valueOf(POINTS),
                            "-sl",
                            String.valueOf(LINES),
                            "-e"));

    public static final Emulator KITTY =
            new Emulator(
                    "kitty",
                    "--version",
                    options(
                            "--config NONE",
                            "font_family=" + FONT,
                            "font_size=" + POINTS,
                            "initial_window_width=" + COLUMNS + "c",
                            "initial_window_height=" + ROWS + "c",
                            "remember_window_size=no",
                            "scrollback_lines=" + LINES,
                            "cursor_stop_blinking_after=0",
                            "update_check_interval=0"));

    public static final Emulator ALACRITTY =
            new Emulator(
                    "alacritty",
                    "--version",
                    with(
                            options(
                                    "--config-file /dev/null",
                                    "font.normal.family=" + FONT,
                                    "font.size=" + POINTS,
                                    "window.dimensions.columns=" + COLUMNS,
                                    "window.dimensions.lines=" + ROWS,
                                    "scrolling.history=" + LINES,
                                    "cursor.blink_timeout=0"),
                            "-e"));

    /** The fastest of them at a drain. */
    public static final Emulator URXVT =
            new Emulator(
                    "urxvt",
                    "-help",
                    List.of(
                            "-geometry",
                            COLUMNS + "x" + ROWS,
                            "-fn",
                            "xft:%s:pixelsize=%s".formatted(FONT, PIXELS),
                            "-sl",
                            String.valueOf(LINES),
                            "-e"));

    @Override
    public Optional<String> absence() {
        return Commands.isInstalled(name)
                ? Optional.empty()
                : Optional.of(name + " is not installed");
    }

    @Override
    public String version() {
        return Commands.version(name, versionOption);
    }

    @Override
    public Window start(Place place) throws IOException {
        var words = new ArrayList<>(List.of(name));
        words.addAll(settings);
        return Window.open(place, agent -> with(words, agent.toString()), Map.of(), () -> {});
    }

    private static List<String> options(String first, String... settings) {
        var words = new ArrayList<>(List.of(first.split(" ")));
        for (String setting : settings) words.addAll(List.of("-o", setting));
        return words;
    }

    private static List<String> with(List<String> words, String last) {
        var all = new ArrayList<>(words);
        all.add(last);
        return all;
    }
}
