package dev.wormhole.bench.keys;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The terminals compared. Immutable. */
enum Subject {
    WORMHOLE,
    XTERM,
    /** With a format that no program can ask of xterm 379: it only is a setting. */
    XTERM_U,
    KITTY;

    static Subject named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    String lowerName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it has the mode: xterm does not know kitty's, nor kitty xterm's. */
    boolean knows(Mode mode) {
        return switch (this) {
            case WORMHOLE -> true;
            case XTERM -> !mode.isKittys() && !mode.name().endsWith("u");
            case XTERM_U -> mode.name().endsWith("u");
            case KITTY -> !mode.name().startsWith("other");
        };
    }

    /**
     * How it is started: without shortcuts, which are no answer to what it sends, and xterm with
     * ESC for Alt, which it else adds 128 for.
     *
     * @param program what is to run in it
     */
    List<String> words(Path program) {
        return switch (this) {
            case WORMHOLE ->
                    List.of(
                            System.getProperty("java.home") + "/bin/java",
                            "--enable-native-access=ALL-UNNAMED",
                            "-Dprism.order=sw",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.wormhole.app.terminal.TerminalDemo",
                            program.toString());
            case XTERM -> xterm(program, 0);
            case XTERM_U -> xterm(program, 1);
            case KITTY ->
                    List.of(
                            "kitty",
                            "--config",
                            "NONE",
                            "-o",
                            "clear_all_shortcuts=yes",
                            "-o",
                            "update_check_interval=0",
                            "-o",
                            "linux_display_server=x11",
                            program.toString());
        };
    }

    private static List<String> xterm(Path program, int formatOtherKeys) {
        return List.of(
                "xterm",
                "-xrm",
                "*allowTitleOps: true",
                "-xrm",
                "*altSendsEscape: true",
                "-xrm",
                "*metaSendsEscape: true",
                "-xrm",
                "*formatOtherKeys: " + formatOtherKeys,
                "-xrm",
                "*omitTranslation: fullscreen,paging,select,shift-fonts",
                "-e",
                program.toString());
    }

    /** What its environment has besides ours. */
    Map<String, String> environment() {
        return Map.of("LIBGL_ALWAYS_SOFTWARE", "1", "LC_ALL", "C.UTF-8");
    }
}
