package dev.wormhole.client.local;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of systemd that belongs to a user: whether it is there, whether it outlives the logout,
 * and how a keeper becomes one of its services. Elsewhere than on Linux with systemd nothing
 * answers, and nothing is done.
 *
 * <p>Immutable. Every question blocks for a few milliseconds; for {@link #PATIENCE} at most.
 */
public final class UserManager {

    /** A manager that is busy with a login takes a second. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A person may be asked for a password. */
    private static final Duration PATIENCE_WITH_A_PERSON = Duration.ofMinutes(2);

    /** What becomes of a user's processes at logout, as far as systemd decides it. */
    public enum Logout {
        /** No systemd answers: whoever started the processes decides. */
        NOT_OURS,
        /** Lingering is on: services of the user go on. */
        GOES_ON,
        /** Lingering is off: logout can end everything the user runs. */
        ENDS
    }

    private final Map<String, String> environment;

    public UserManager(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Asks the manager and the login manager. */
    public Logout logout() {
        if (!answers()) return Logout.NOT_OURS;
        // By name: without one loginctl means the session of the caller, which may have none.
        Optional<String> lingers =
                Tool.ask(
                                environment,
                                PATIENCE,
                                "loginctl",
                                "show-user",
                                "--property=Linger",
                                "--value",
                                user())
                        .filter(Tool.Answer::isGood)
                        .map(Tool.Answer::lastLine);
        if (lingers.isEmpty()) return Logout.NOT_OURS;
        return lingers.get().equals("yes") ? Logout.GOES_ON : Logout.ENDS;
    }

    private boolean answers() {
        return Tool.ask(
                        environment,
                        PATIENCE,
                        "systemctl",
                        "--user",
                        "show",
                        "--property=Version",
                        "--value")
                .filter(Tool.Answer::isGood)
                .isPresent();
    }

    /**
     * Switches lingering on for this user; a password may be asked for by the desktop.
     *
     * @throws IOException with a sentence for a person
     */
    public void enableLinger() throws IOException {
        Optional<Tool.Answer> answer =
                Tool.ask(environment, PATIENCE_WITH_A_PERSON, "loginctl", "enable-linger", user());
        if (answer.isEmpty()) throw new IOException("loginctl did not answer");
        if (!answer.get().isGood())
            throw new IOException(
                    "loginctl enable-linger failed: "
                            + answer.get().lastLine()
                            + ": try sudo loginctl enable-linger "
                            + user());
        if (logout() != Logout.GOES_ON)
            throw new IOException("loginctl enable-linger had no effect");
    }

    /**
     * Starts the words as a service of their own, which nothing but they themselves ends: their
     * children are no business of the manager, and memory is taken from others first.
     *
     * @param unit without {@code .service}; not in use
     * @param given the environment of the service beside the manager's own
     * @param log an absolute path that the service's words are appended to
     * @throws IOException with the reason, when it was not started
     */
    void startService(String unit, List<String> command, Map<String, String> given, String log)
            throws IOException {
        var words = new ArrayList<>(List.of("--user", "--quiet", "--collect", "--unit=" + unit));
        words.addAll(
                List.of(
                        "--description=Wormhole keeper: the processes of your terminal sessions",
                        "--working-directory=/",
                        "--property=Type=exec",
                        // Of a service that ends, systemd would end every process.
                        "--property=KillMode=process",
                        // One shell's compiler that takes too much memory is no reason to end all.
                        "--property=OOMPolicy=continue",
                        "--property=ManagedOOMPreference=avoid",
                        "--property=IgnoreSIGPIPE=no",
                        "--property=StandardInput=null",
                        "--property=StandardOutput=append:" + log,
                        "--property=StandardError=append:" + log));
        given.forEach((name, value) -> words.add("--setenv=" + name + "=" + value));
        words.add("--");
        // The manager replaces variables in the words of a service.
        for (String word : command) words.add(word.replace("$", "$$"));
        Tool.Answer answer =
                Tool.ask(environment, PATIENCE, "systemd-run", words)
                        .orElseThrow(() -> new IOException("systemd-run did not answer"));
        if (!answer.isGood()) throw new IOException("systemd-run: " + answer.lastLine());
    }

    private static String user() {
        return System.getProperty("user.name");
    }
}
