package dev.wormhole.server.checkpoint;

import java.nio.file.Path;

/** Another program that takes a database for itself until it is told to let go. */
public final class LockingProgram {

    static final String LOCKED = "locked";

    private LockingProgram() {}

    public static void main(String[] arguments) throws Exception {
        try (var database = Database.open(Path.of(arguments[0]))) {
            database.execute("BEGIN EXCLUSIVE");
            System.out.println(LOCKED);
            // The end of its input is the word to go.
            while (System.in.read() >= 0) {}
            database.execute("ROLLBACK");
        }
    }

    /** Starts one; returns when it holds the database. */
    public static Process start(Path file) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LockingProgram.class.getName(),
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String said = process.inputReader().readLine();
        if (!LOCKED.equals(said)) {
            process.destroyForcibly();
            throw new AssertionError("the database was not locked: " + said);
        }
        return process;
    }
}
