package dev.wormhole.server.pty;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The words in front of a command that give it the signal handling, the limits and the mask of
 * modes of an ordinary login, which a JVM's child may not have: the JVM raises the soft limit of
 * descriptors, under nohup every child ignores SIGHUP, and what started the program may have had a
 * mask that lets others write.
 *
 * <p>Immutable.
 */
final class LoginSurroundings {

    /**
     * The soft limit of descriptors that a login has on Linux and that programs with select() rely
     * on.
     */
    private static final int SOFT_DESCRIPTORS = 1024;

    private final List<String> prefix;

    private LoginSurroundings(List<String> prefix) {
        this.prefix = List.copyOf(prefix);
    }

    /** Finds out what this system's tools can do; starts one short process. */
    static LoginSurroundings probe() {
        var prefix = new ArrayList<String>();
        // A shell cannot undo an inherited "ignore"; env from coreutils 8.31 on can.
        List<String> defaultSignals =
                List.of("/usr/bin/env", "--default-signal=HUP,INT,QUIT,PIPE,TERM");
        if (works(defaultSignals)) prefix.addAll(defaultSignals);
        prefix.addAll(
                List.of(
                        "/bin/sh",
                        "-c",
                        "umask %04o; ulimit -Sn %d 2>/dev/null; exec \"$0\" \"$@\""
                                .formatted(LoginMask.probe(), SOFT_DESCRIPTORS)));
        return new LoginSurroundings(prefix);
    }

    /**
     * The command that ends up, by exec and with the same pid, as {@code program} with {@code
     * arguments}.
     */
    String[] wrap(String program, List<String> arguments) {
        var words = new ArrayList<>(prefix);
        words.add(program);
        words.addAll(arguments);
        return words.toArray(String[]::new);
    }

    private static boolean works(List<String> words) {
        var command = new ArrayList<>(words);
        command.add("true");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
