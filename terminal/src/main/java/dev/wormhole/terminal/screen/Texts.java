package dev.wormhole.terminal.screen;

/** Makes a program's text fit to be shown elsewhere. */
final class Texts {

    private Texts() {}

    /**
     * No control characters, nor those that break lines or reorder the text that stands beside it;
     * at most so many code points.
     */
    static String tame(String text, int max) {
        var tame = new StringBuilder();
        text.codePoints().filter(Texts::isTame).limit(max).forEach(tame::appendCodePoint);
        return tame.toString();
    }

    private static boolean isTame(int c) {
        boolean isReordering = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
        boolean isBreak = c == 0x2028 || c == 0x2029;
        boolean isSurrogate = c >= 0xd800 && c <= 0xdfff;
        return !Character.isISOControl(c) && !isReordering && !isBreak && !isSurrogate;
    }
}
