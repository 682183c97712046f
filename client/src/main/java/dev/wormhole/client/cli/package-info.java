/**
 * The command line: {@link dev.wormhole.client.cli.WormholeCli} turns arguments into one command,
 * runs it and gives the exit status. Only importer of picocli. The server itself comes in as {@link
 * dev.wormhole.client.cli.ServeFunction}, the window as {@link
 * dev.wormhole.client.cli.OpenFunction}.
 *
 * <p>Everything runs on the calling thread.
 */
@NullMarked
package dev.wormhole.client.cli;

import org.jspecify.annotations.NullMarked;
