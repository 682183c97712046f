/** The engine by itself: parser, screen, snapshot, reflow, search. Run by JMH. */
@NullMarked
package dev.wormhole.bench.jmh;

import org.jspecify.annotations.NullMarked;
