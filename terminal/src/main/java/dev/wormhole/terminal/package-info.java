/**
 * The terminal language: what a program's output says, and what keys, paste and mouse say to a
 * program. {@link Parser} is the only place that knows the grammar; everything that reads output is
 * a {@link Parser.Handler}.
 *
 * <p>Pure: no I/O, no threads, no clock. The mutable types are owned by the thread that feeds them.
 * "ctlseqs" in the comments is the manual <em>XTerm Control Sequences</em> by Moy, Gildea and
 * Dickey.
 */
@NullMarked
package dev.wormhole.terminal;

import org.jspecify.annotations.NullMarked;
