package dev.wormhole.client.cli;

import picocli.CommandLine.Model.CommandSpec;

/** One word of the command line: what it takes and what it does. */
interface Command {

    /** Its options and arguments, without those that all commands take. */
    CommandSpec spec();

    /** Does it; returns the exit status. */
    int run(Call call) throws CliException;
}
