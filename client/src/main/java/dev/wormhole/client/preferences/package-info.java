/**
 * What a person keeps between runs on this device: {@code preferences.json} and one token file per
 * saved host. {@link dev.wormhole.client.preferences.PreferencesFile} is the door. What the layout
 * means is known to the window alone.
 *
 * <p>No thread of its own: calls block on files.
 */
@NullMarked
package dev.wormhole.client.preferences;

import org.jspecify.annotations.NullMarked;
