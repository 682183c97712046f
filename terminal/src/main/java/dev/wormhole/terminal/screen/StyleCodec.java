package dev.wormhole.terminal.screen;

/** Styles as bytes. */
final class StyleCodec {

    private static final int MAX_TEXT = 1 << 16;
    private static final int MAX_FLAGS = 0xffff;

    private StyleCodec() {}

    static void write(Bytes out, Style style) {
        Hyperlink link = style.link();
        out.varint(style.flags() << 1 | (link == null ? 0 : 1));
        out.varint(style.foreground());
        out.varint(style.background());
        out.varint(style.underlineColor());
        if (link != null) {
            out.string(link.id());
            out.string(link.uri());
        }
    }

    static Style read(Bytes.Reader in) {
        int head = in.varint(MAX_FLAGS << 1 | 1);
        int max = Style.RGB | 0xffffff;
        int foreground = in.varint(max);
        int background = in.varint(max);
        int underline = in.varint(max);
        Hyperlink link =
                (head & 1) == 0 ? null : new Hyperlink(in.string(MAX_TEXT), in.string(MAX_TEXT));
        return new Style(foreground, background, underline, head >> 1, link);
    }
}
