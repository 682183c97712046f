package dev.wormhole.client.local;

import dev.wormhole.protocol.CleanEnvironment;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How server and keeper leave the process that starts them: a session of their own, cwd /, no
 * input, signals as in an ordinary login, the user's environment without the launcher's. Knows
 * neither of them.
 */
final class Background {

    private static final String SETSID = "setsid";
    private static final String ENV = "env";

    /** Under nohup a starter ignores SIGHUP, and would leave that to every child for ever. */
    private static final String DEFAULT_SIGNALS = "--default-signal=HUP,INT,QUIT,PIPE,TERM";

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Background() {}

    /** Whether this system has the tool that gives a process a session of its own. */
    static boolean canLeaveTheTerminal(Map<String, String> environment) {
        return Tool.find(SETSID, environment) != null;
    }

    /**
     * The words in front of a command that is to leave its starter: what this system lacks of them
     * is left out. Asks one short program.
     */
    static List<String> prefix(Map<String, String> environment) {
        var words = new ArrayList<String>();
        // A session of its own: closing the terminal it was started from must not hang it up.
        Path setsid = Tool.find(SETSID, environment);
        if (setsid != null) words.add(setsid.toString());
        Path env = Tool.find(ENV, environment);
        boolean canReset =
                env != null
                        && Tool.ask(environment, PATIENCE, ENV, DEFAULT_SIGNALS, "true")
                                .filter(Tool.Answer::isGood)
                                .isPresent();
        if (env != null && canReset) words.addAll(List.of(env.toString(), DEFAULT_SIGNALS));
        return words;
    }

    /** Starts the words; what it says goes to {@code output}. */
    static Process start(
            List<String> words, Map<String, String> environment, ProcessBuilder.Redirect output)
            throws IOException {
        var builder = new ProcessBuilder(words);
        builder.environment().clear();
        builder.environment().putAll(CleanEnvironment.of(environment));
        builder.directory(new File("/"));
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.redirectErrorStream(true);
        builder.redirectOutput(output);
        return builder.start();
    }

    /** The java command of a JVM with these properties. */
    static Path java(Properties jvm) {
        return Path.of(jvm.getProperty("java.home"), "bin", "java");
    }

    /** The class path of a JVM with these properties, meaning the same from the root directory. */
    static String classPath(Properties jvm) {
        return Stream.of(jvm.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
