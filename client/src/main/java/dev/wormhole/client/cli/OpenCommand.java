package dev.wormhole.client.cli;

import picocli.CommandLine.Model.CommandSpec;

import java.util.List;

/** {@code wormhole} and {@code wormhole open}: the window, which another module brings. */
record OpenCommand(OpenFunction open) implements Command {

    static final String NAME = "open";

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Options.command(
                        NAME, "Opens the window, with that session or a new one in a pane.");
        spec.usageMessage().customSynopsis("wormhole open [OPTIONS] [SESSION | -- COMMAND…]");
        return spec.addPositional(
                Options.words("0", "0..1", "SESSION", "an id, a unique prefix of one, or a name"));
    }

    @Override
    public int run(Call call) throws CliException {
        List<String> words = call.words();
        if (!words.isEmpty() && !call.rest().isEmpty()) {
            throw CliException.usage("open takes a SESSION or a command after --, not both");
        }
        String session = words.isEmpty() ? null : words.getFirst();
        return open.open(
                new OpenOptions(
                        call.dataDirectory(), call.option(Options.SERVER), session, call.rest()));
    }

    /** For a program without a window. */
    static int refuse(OpenOptions options) {
        System.err.println(
                "wormhole: this program has no window: use 'wormhole attach' in this terminal");
        return CliException.FAILED;
    }
}
