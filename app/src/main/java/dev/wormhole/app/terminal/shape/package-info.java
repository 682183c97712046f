/**
 * What a font must not draw, because it has to meet the next cell: lines, blocks, dots and slopes
 * that fill their cell, and the lines under, through and over text.
 *
 * <p>Shapes are made of whole device pixels of a cell of a known size and know neither fonts nor
 * screens. Everything belongs to the FX thread.
 */
@NullMarked
package dev.wormhole.app.terminal.shape;

import org.jspecify.annotations.NullMarked;
