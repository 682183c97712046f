/** What is measured: one type a row, the same steps for every peer. */
@NullMarked
package dev.wormhole.bench.probe;

import org.jspecify.annotations.NullMarked;
