package dev.wormhole.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the commands need of the session server's own code; handed in by the server, since the
 * client does not know it. Where one returns an exit status, what went wrong is already on stderr,
 * in one line.
 */
public interface ServerFunctions {

    /** Runs the session server in the foreground; the exit status when it has ended. */
    int serve(ServeOptions options);

    /** Runs a keeper in the foreground; the exit status when it has ended. */
    int keep(Path dataDirectory);

    /**
     * Reads the whole store of a data directory, changing nothing.
     *
     * @param served a server is at work on it; else nobody may be
     * @return what is damaged, a sentence each
     * @throws IOException when it cannot be looked at, with a line for a person
     */
    List<String> inspectStore(Path dataDirectory, boolean served) throws IOException;

    /**
     * Ends every keeper of a data directory that no server runs for, with all their processes.
     * Blocks until they have ended, for some seconds at most.
     *
     * @return how many there were
     * @throws IOException when one does not end, with a line for a person
     */
    int endKeepers(Path dataDirectory) throws IOException;
}
