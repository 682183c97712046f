/**
 * The way onto the FX thread.
 *
 * <p>Only {@link dev.wormhole.app.fx.FxThread} calls {@code Platform.runLater}.
 */
@NullMarked
package dev.wormhole.app.fx;

import org.jspecify.annotations.NullMarked;
