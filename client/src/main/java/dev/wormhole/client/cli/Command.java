package dev.wormhole.client.cli;

import picocli.CommandLine.Model.CommandSpec;

/** One word of the command line: what it takes and what it does. */
interface Command {

    /** Its options and arguments, without those that all commands take. */
    CommandSpec spec();

    /** The exit status when it was refused or failed. */
    default int failure() {
        return CliException.FAILED;
    }

    /** Does it; returns the exit status. */
    int run(Call call) throws CliException;
}
