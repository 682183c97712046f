package dev.wormhole.client.cli;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.SessionId;

import picocli.CommandLine.Model.CommandSpec;

import java.util.List;

/** {@code wormhole send}: types into a session without attaching. */
final class SendCommand implements Command {

    /** Well below the limit of a message, in base64 and with its frame. */
    private static final int PIECE = 256 << 10;

    @Override
    public CommandSpec spec() {
        return Options.command(
                        "send",
                        "Types TEXT into a session, joined by spaces; understands \\r"
                                + " \\n"
                                + " \\t \\e \\xNN \\\\ and adds nothing.")
                .addPositional(Options.session(0))
                .addPositional(
                        Options.words(
                                "1..*",
                                "1..*",
                                "TEXT",
                                "what to type; -- before words that begin with -"));
    }

    @Override
    public int run(Call call) throws CliException {
        List<String> words = call.words();
        ByteString bytes = Escapes.decode(String.join(" ", words.subList(1, words.size())));
        try (ServerConnection server = call.connect(false)) {
            SessionId id = SessionChoice.choose(words.getFirst(), server.list()).id();
            for (int from = 0; from < bytes.length(); from += PIECE) {
                server.input(id, bytes.slice(from, Math.min(bytes.length(), from + PIECE)));
            }
        }
        return 0;
    }
}
