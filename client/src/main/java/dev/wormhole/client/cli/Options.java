package dev.wormhole.client.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.util.Set;

/** How commands write down what they take. Pure. */
final class Options {

    static final String SERVER = "--server";
    static final String DATA = "--data";
    static final String TOKEN_FILE = "--token-file";
    static final String FINGERPRINT = "--fingerprint";
    static final String JSON = "--json";
    static final String HELP = "--help";

    static final Set<String> COMMON_WITH_VALUE = Set.of(SERVER, DATA, TOKEN_FILE, FINGERPRINT);

    private Options() {}

    static CommandSpec command(String name, String sentence) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(sentence);
        return spec;
    }

    static OptionSpec value(String name, String label, String sentence) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(sentence)
                .build();
    }

    /** May be given more than once. */
    static OptionSpec values(String name, String label, String sentence) {
        return OptionSpec.builder(name)
                .type(String[].class)
                .arity("1")
                .paramLabel(label)
                .description(sentence)
                .build();
    }

    static OptionSpec flag(String name, String sentence) {
        return OptionSpec.builder(name).type(boolean.class).description(sentence).build();
    }

    static PositionalParamSpec word(int index, String label, String sentence) {
        return words(Integer.toString(index), "1", label, sentence);
    }

    static PositionalParamSpec words(String index, String arity, String label, String sentence) {
        return PositionalParamSpec.builder()
                .index(index)
                .arity(arity)
                .required(!arity.startsWith("0"))
                .type(String[].class)
                .paramLabel(label)
                .description(sentence)
                .build();
    }

    static PositionalParamSpec session(int index) {
        return word(index, "SESSION", "an id, a unique prefix of one, or a name");
    }

    static PositionalParamSpec oneTask() {
        return word(0, "TASK", "an id, a unique prefix of one, or the name of one task");
    }

    /** What every command takes, before or after its own arguments. */
    static CommandSpec withCommon(CommandSpec spec) {
        return spec.addOption(
                        value(
                                SERVER,
                                "HOST|URL",
                                "a saved host or wss://HOST:PORT/ instead of the local server"))
                .addOption(value(DATA, "DIR", "the data directory of the local server"))
                .addOption(
                        value(
                                TOKEN_FILE,
                                "FILE",
                                "holds the token for --server (else WORMHOLE_TOKEN)"))
                .addOption(
                        value(
                                FINGERPRINT,
                                "SHA256:…",
                                "accepts the certificate with this fingerprint"))
                .addOption(
                        OptionSpec.builder("-h", HELP)
                                .type(boolean.class)
                                .usageHelp(true)
                                .description("shows this help")
                                .build());
    }
}
