/**
 * The colours of terminals: {@link dev.wormhole.app.terminal.scheme.Scheme} by name, those that
 * come with the program ({@code schemes.json}) and a person's own.
 */
@NullMarked
package dev.wormhole.app.terminal.scheme;

import org.jspecify.annotations.NullMarked;
