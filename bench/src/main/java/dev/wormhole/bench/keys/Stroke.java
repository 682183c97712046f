package dev.wormhole.bench.keys;

import java.util.Arrays;
import java.util.List;

/**
 * Keys pressed and let go one after the other. Immutable.
 *
 * @param codes keycodes of the evdev driver
 * @param name what stands on the key of a US keyboard
 */
record Stroke(List<Integer> codes, String name) {

    /** Every key of a PC keyboard but those that only modify or lock. */
    static final List<Stroke> KEYS =
            table(
                    """
                    9 Esc
                    67 F1
                    68 F2
                    69 F3
                    70 F4
                    71 F5
                    72 F6
                    73 F7
                    74 F8
                    75 F9
                    76 F10
                    95 F11
                    96 F12
                    107 Print
                    78 ScrollLock
                    127 Pause
                    49 `
                    10 1
                    11 2
                    12 3
                    13 4
                    14 5
                    15 6
                    16 7
                    17 8
                    18 9
                    19 0
                    20 -
                    21 =
                    22 Backspace
                    23 Tab
                    24 q
                    25 w
                    26 e
                    27 r
                    28 t
                    29 y
                    30 u
                    31 i
                    32 o
                    33 p
                    34 [
                    35 ]
                    51 \\
                    38 a
                    39 s
                    40 d
                    41 f
                    42 g
                    43 h
                    44 j
                    45 k
                    46 l
                    47 ;
                    48 quote
                    36 Enter
                    94 <
                    52 z
                    53 x
                    54 c
                    55 v
                    56 b
                    57 n
                    58 m
                    59 ,
                    60 .
                    61 /
                    65 Space
                    135 Menu
                    118 Insert
                    110 Home
                    112 PageUp
                    119 Delete
                    115 End
                    117 PageDown
                    111 Up
                    113 Left
                    116 Down
                    114 Right
                    106 KP/
                    63 KP*
                    82 KP-
                    79 KP7
                    80 KP8
                    81 KP9
                    86 KP+
                    83 KP4
                    84 KP5
                    85 KP6
                    87 KP1
                    88 KP2
                    89 KP3
                    104 KPEnter
                    90 KP0
                    91 KP.
                    """);

    /** On the layout us(intl): a dead key and what it is put on. */
    static final List<Stroke> DEAD =
            table(
                    """
                    48+26 quote,e
                    48+65 quote,Space
                    49+38 `,a
                    48+24 quote,q
                    48+48 quote,quote
                    """);

    /** A key that ends whatever an input method has begun. */
    static final int ESCAPE = 9;

    /** Two keys that no single stroke types together, on no layout. */
    static final List<Integer> MARK = List.of(52, 29);

    Stroke {
        codes = List.copyOf(codes);
    }

    private static List<Stroke> table(String lines) {
        return lines.lines().map(Stroke::of).toList();
    }

    private static Stroke of(String line) {
        String[] words = line.split(" ");
        return new Stroke(
                Arrays.stream(words[0].split("\\+")).map(Integer::valueOf).toList(), words[1]);
    }
}
