/** Where log lines go. The only importer of Logback; everybody else writes through SLF4J. */
@NullMarked
package dev.wormhole.client.log;

import org.jspecify.annotations.NullMarked;
