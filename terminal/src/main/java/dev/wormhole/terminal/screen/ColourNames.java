package dev.wormhole.terminal.screen;

import java.util.Map;

/** The names of X11's rgb.txt that programs send; a name not in it changes nothing. */
final class ColourNames {

    private static final Map<String, Integer> NAMES =
            Map.ofEntries(
                    Map.entry("black", 0x000000),
                    Map.entry("white", 0xffffff),
                    Map.entry("red", 0xff0000),
                    Map.entry("green", 0x00ff00),
                    Map.entry("blue", 0x0000ff),
                    Map.entry("yellow", 0xffff00),
                    Map.entry("magenta", 0xff00ff),
                    Map.entry("cyan", 0x00ffff),
                    Map.entry("gray", 0xbebebe),
                    Map.entry("grey", 0xbebebe),
                    Map.entry("orange", 0xffa500),
                    Map.entry("purple", 0xa020f0),
                    Map.entry("brown", 0xa52a2a),
                    Map.entry("pink", 0xffc0cb),
                    Map.entry("navy", 0x000080),
                    Map.entry("darkblue", 0x00008b),
                    Map.entry("darkgreen", 0x006400),
                    Map.entry("darkred", 0x8b0000),
                    Map.entry("darkgray", 0xa9a9a9),
                    Map.entry("darkgrey", 0xa9a9a9),
                    Map.entry("lightgray", 0xd3d3d3),
                    Map.entry("lightgrey", 0xd3d3d3),
                    Map.entry("lightblue", 0xadd8e6),
                    Map.entry("lightgreen", 0x90ee90),
                    Map.entry("lightyellow", 0xffffe0),
                    Map.entry("gold", 0xffd700),
                    Map.entry("violet", 0xee82ee),
                    Map.entry("maroon", 0xb03060),
                    Map.entry("turquoise", 0x40e0d0));

    private ColourNames() {}

    /** 0xRRGGBB, or -1. */
    static int of(String name) {
        return NAMES.getOrDefault(name.replace(" ", ""), -1);
    }
}
