package dev.wormhole.client.cli;

import dev.wormhole.protocol.OrphanEntry;
import dev.wormhole.protocol.ServerMessage;

import picocli.CommandLine.Model.CommandSpec;

import java.util.List;

/**
 * {@code wormhole orphans}: the processes that a keeper holds and no session knows, to see, to end,
 * and to make sessions of again.
 */
final class OrphansCommand implements Command {

    static final String NAME = "orphans";

    private static final String END = "end";
    private static final String ADOPT = "adopt";

    @Override
    public CommandSpec spec() {
        return Options.command(
                        NAME,
                        "Lists processes whose sessions are lost; ends one, or gives it a session"
                                + " again.")
                .addOption(Options.flag(Options.JSON, "prints a JSON array"))
                .addPositional(
                        Options.words("0..1", "0..2", "adopt|end ID", "what to do with which one"));
    }

    @Override
    public int run(Call call) throws CliException {
        List<String> words = call.words();
        boolean isOne =
                words.size() == 2
                        && (words.getFirst().equals(END) || words.getFirst().equals(ADOPT));
        if (!words.isEmpty() && !isOne)
            throw CliException.usage(
                    "orphans takes nothing, adopt ID or end ID: see wormhole orphans --help");
        try (ServerConnection server = call.connect(false)) {
            ServerMessage.Keepers keepers =
                    server.keepers()
                            .orElseThrow(
                                    () ->
                                            CliException.failed(
                                                    "this server has no keepers: update it"));
            if (isOne) {
                OrphanEntry orphan = chosen(words.getLast(), keepers.orphans());
                if (words.getFirst().equals(END))
                    server.endOrphan(orphan.sessionId(), orphan.generation());
                else {
                    server.adoptOrphan(orphan.sessionId(), orphan.generation());
                    call.console().out().println(orphan.sessionId());
                }
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
