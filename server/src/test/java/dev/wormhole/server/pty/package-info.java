/** Tests with real processes on real pseudo-terminals. */
package dev.wormhole.server.pty;
