/**
 * The program and its window: {@link dev.wormhole.app.Main} chooses between window and command
 * line, and the rest of this package wires the parts of the window together. Nothing else imports
 * this package.
 */
@NullMarked
package dev.wormhole.app;

import org.jspecify.annotations.NullMarked;
