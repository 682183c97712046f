/** Deaths, and what they take of what sessions have printed. */
@NullMarked
package dev.wormhole.bench.durability;

import org.jspecify.annotations.NullMarked;
