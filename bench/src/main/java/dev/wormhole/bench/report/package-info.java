/** Numbers into a table. Pure. */
@NullMarked
package dev.wormhole.bench.report;

import org.jspecify.annotations.NullMarked;
