package dev.wormhole.bench.window;

/** Something that can be looked at, pixel by pixel. */
interface Picture {

    int width();

    int height();

    /** As 0xRRGGBB. */
    int rgb(int x, int y);
}
