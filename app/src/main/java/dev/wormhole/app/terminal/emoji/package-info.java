/**
 * Pictures of emoji, for a system whose JavaFX cannot paint the colours of a font: read from an
 * installed font of bitmaps (cmap, GSUB, CBLC and CBDT of OpenType).
 *
 * <p>{@link dev.wormhole.app.terminal.emoji.EmojiImages} belongs to the FX thread; everything else
 * to the thread that it reads on. Knows neither screens nor cells. A font is somebody else's file:
 * whatever it says is checked, and costs a bounded number of steps.
 */
@NullMarked
package dev.wormhole.app.terminal.emoji;

import org.jspecify.annotations.NullMarked;
