/**
 * Measures Wormhole, alone (JMH) and beside its peers. Not part of the product; the only module
 * that may look at all the others.
 */
@NullMarked
package dev.wormhole.bench;

import org.jspecify.annotations.NullMarked;
