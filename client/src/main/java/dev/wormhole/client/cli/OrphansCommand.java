package dev.wormhole.client.cli;

import dev.wormhole.protocol.OrphanEntry;
import dev.wormhole.protocol.ServerMessage;

import picocli.CommandLine.Model.CommandSpec;

import java.util.List;

/**
 * {@code wormhole orphans}: the processes that a keeper holds and no session knows, to see and to
 * end.
 */
final class OrphansCommand implements Command {

    static final String NAME = "orphans";

    private static final String END = "end";

    @Override
    public CommandSpec spec() {
        return Options.command(
                        NAME, "Lists processes whose sessions are lost; 'orphans end ID' ends one.")
                .addOption(Options.flag(Options.JSON, "prints a JSON array"))
                .addPositional(Options.words("0..1", "0..2", "end ID", "which one to end"));
    }

    @Override
    public int run(Call call) throws CliException {
        List<String> words = call.words();
        boolean isToEnd = words.size() == 2 && words.getFirst().equals(END);
        if (!words.isEmpty() && !isToEnd)
            throw CliException.usage(
                    "orphans takes nothing, or end ID: see wormhole orphans --help");
        try (ServerConnection server = call.connect(false)) {
            ServerMessage.Keepers keepers =
                    server.keepers()
                            .orElseThrow(
                                    () ->
                                            CliException.failed(
                                                    "this server has no keepers: update it"));
            if (isToEnd) {
                OrphanEntry orphan = chosen(words.getLast(), keepers.orphans());
                server.endOrphan(orphan.sessionId(), orphan.generation());
            } else if (call.has(Options.JSON)) {
                call.console().out().println(KeeperWords.orphansJson(keepers).toText());
            } else {
                for (OrphanEntry orphan : keepers.orphans())
                    call.console().out().println(KeeperWords.orphan(orphan));
            }
            return 0;
        }
    }

    /** By the whole of its name or a beginning that no other one has. */
    private static OrphanEntry chosen(String word, List<OrphanEntry> orphans) throws CliException {
        List<OrphanEntry> meant =
                orphans.stream().filter(orphan -> KeeperWords.id(orphan).startsWith(word)).toList();
        if (meant.size() == 1) return meant.getFirst();
        throw CliException.failed(
                meant.isEmpty()
                        ? "no orphan is called " + word + ": 'wormhole orphans' lists them"
                        : "more than one orphan begins with " + word + ": give more of it");
    }
}
