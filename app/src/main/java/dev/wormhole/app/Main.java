package dev.wormhole.app;

import dev.wormhole.client.cli.WormholeCli;

/** The program: without a command, and for {@code open}, the window; else the command line. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(WormholeCli.run(args, new dev.wormhole.server.Main(), WindowProgram::open));
    }
}
