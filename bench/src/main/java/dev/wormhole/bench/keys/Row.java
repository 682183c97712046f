package dev.wormhole.bench.keys;

import java.util.Arrays;
import java.util.List;

/**
 * All strokes with the same keys held on the same keyboard, written {@code KEYBOARD:HELD}, such as
 * {@code de:shift+altgr}; {@code us:} may be left out. Immutable.
 *
 * @param keyboard a layout ({@code us}, {@code de}, {@code ru}, {@code intl}), or a lock of the US
 *     keyboard ({@code num}, {@code caps})
 * @param held the keys held, or {@code -}; {@code dead} for sequences with a dead key
 */
record Row(String keyboard, String held) {

    static Row of(String written) {
        int colon = written.indexOf(':');
        var row =
                colon < 0
                        ? new Row("us", written)
                        : new Row(written.substring(0, colon), written.substring(colon + 1));
        row.layout();
        row.codes();
        return row;
    }

    /** What {@code setxkbmap} has to be told. */
    List<String> layout() {
        return switch (keyboard) {
            case "us", "num", "caps" -> List.of("-layout", "us");
            case "de" -> List.of("-layout", "de");
            case "ru" -> List.of("-layout", "us,ru");
            case "intl" -> List.of("-layout", "us", "-variant", "intl");
            default -> throw new IllegalArgumentException("no keyboard: " + keyboard);
        };
    }

    /** Which of its layouts is in use, counted from 0. */
    int group() {
        return keyboard.equals("ru") ? 1 : 0;
    }

    /** The key that locks, 0 for none. */
    int lock() {
        return switch (keyboard) {
            case "num" -> 77;
            case "caps" -> 66;
            default -> 0;
        };
    }

    /** The keys held. */
    List<Integer> codes() {
        if (held.equals("-") || held.equals("dead")) return List.of();
        return Arrays.stream(held.split("\\+", -1)).map(Row::code).toList();
    }

    List<Stroke> strokes() {
        return held.equals("dead") ? Stroke.DEAD : Stroke.KEYS;
    }

    private static int code(String name) {
        return switch (name) {
            case "shift" -> 50;
            case "ctrl" -> 37;
            case "alt" -> 64;
            case "super" -> 133;
            case "altgr" -> 108;
            default -> throw new IllegalArgumentException("no key to hold: " + name);
        };
    }
}
