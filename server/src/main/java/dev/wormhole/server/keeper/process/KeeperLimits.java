package dev.wormhole.server.keeper.process;

/**
 * How much a keeper holds, in bytes.
 *
 * <p>Immutable.
 *
 * @param ring of one process's output in memory
 * @param memory of all output and input in memory
 * @param ahead of output read before a connection that is there has taken it: what lies between a
 *     program and its screen also lies between Ctrl-C and its effect
 * @param flushDue of unconfirmed output, from which on the server is asked to hurry
 * @param input that may wait for a program that does not read
 */
public record KeeperLimits(int ring, long memory, int ahead, int flushDue, int input) {

    public static final KeeperLimits STANDARD =
            new KeeperLimits(32 << 20, 256 << 20, 256 << 10, 8 << 20, 8 << 20);
}
