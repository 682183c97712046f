package dev.wormhole.client.local;

import dev.wormhole.client.link.LinkException;
import dev.wormhole.client.link.LinkProblem;
import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.protocol.Endpoint;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The session server of this machine as the target of a link: finds the one that runs for a data
 * directory, or starts it and waits until it accepts.
 *
 * <p>Safe from any thread; one resolves at a time, so that a target never starts two servers.
 */
public final class LocalServer implements LinkTarget {

    public static final String NAME = "local";

    /** A cold JVM needs about a second; a large database and a busy machine more. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Small against the start of a JVM, large against a look into /proc/locks. */
    private static final Duration BEAT = Duration.ofMillis(20);

    private final Path dataDirectory;
    private final Start start;
    private final Map<String, String> environment;
    private final ReentrantLock resolving = new ReentrantLock();

    /** When a server that does not run is started; else that it does not run is the problem. */
    public enum Start {
        NEVER,
        /**
         * Where the last one did not stop in order, which its endpoint file tells: it was left
         * behind. For a link that was connected before: a person who stops the server does not want
         * every open viewer to start it again.
         */
        AFTER_A_CRASH,
        ALWAYS
    }

    /**
     * @param mayStart whether a server is started when none runs
     */
    public LocalServer(Path dataDirectory, boolean mayStart) {
        this(dataDirectory, mayStart, System.getenv());
    }

    public LocalServer(Path dataDirectory, boolean mayStart, Map<String, String> environment) {
        this(dataDirectory, mayStart ? Start.ALWAYS : Start.NEVER, environment);
    }

    public LocalServer(Path dataDirectory, Start start, Map<String, String> environment) {
        this.dataDirectory = dataDirectory.toAbsolutePath().normalize();
        this.start = start;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String name() {
        return NAME;
    }

    public Path dataDirectory() {
        return dataDirectory;
    }

    /** What the endpoint file says now; starts nothing and waits for nothing. */
    public LocalEndpoint look() {
        return LocalEndpoint.read(dataDirectory);
    }

    @Override
    public Address resolve() throws LinkException {
        resolving.lock();
        try {
            if (look() instanceof LocalEndpoint.Trusted trusted) return address(trusted);
            if (start != Start.NEVER) PrivateDirectory.ensure(dataDirectory);
            return address(await());
        } catch (IOException e) {
            throw problem(Failures.reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problem("interrupted while waiting for the local server");
        } finally {
            resolving.unlock();
        }
    }

    /**
     * Of a server that was asked to listen with TLS any certificate is taken: the process that
     * holds the lock has just been seen to own this endpoint, which says more than a certificate
     * could.
     */
    private static Address address(LocalEndpoint.Trusted trusted) {
        boolean isEncrypted = "wss".equals(trusted.uri().getScheme());
        return new Address(trusted.uri(), trusted.endpoint().token(), isEncrypted ? _ -> {} : null);
    }

    /**
     * Waits until an endpoint can be trusted. The lock decides who is coming: while somebody holds
     * it a server is starting or stopping, so another start would only be refused.
     */
    private LocalEndpoint.Trusted await() throws IOException, LinkException, InterruptedException {
        var lock = new ServerLock(dataDirectory);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        ServerProcess started = null;
        try {
            while (true) {
                if (look() instanceof LocalEndpoint.Trusted trusted) return trusted;
                // Before the lock is asked: else one that lost the race for it would look like one
                // that failed.
                ServerProcess ended = started != null && !started.isAlive() ? started : null;
                if (!lock.isHeld()) {
                    if (ended != null) throw problem(failed(ended));
                    if (started == null && !mayStart()) throw problem(notRunning());
                    if (started == null) started = ServerProcess.start(dataDirectory, environment);
                }
                if (System.nanoTime() - deadline > 0) throw problem(tooSlow(lock));
                if (started != null && ended == null) started.waitAtMost(BEAT);
                else Thread.sleep(BEAT);
            }
        } finally {
            if (started != null) started.forgetWords();
        }
    }

    private boolean mayStart() {
        return switch (start) {
            case NEVER -> false;
            case AFTER_A_CRASH -> Files.exists(dataDirectory.resolve(Endpoint.FILE_NAME));
            case ALWAYS -> true;
        };
    }

    private String notRunning() {
        String why =
                look() instanceof LocalEndpoint.Untrusted(String reason) ? " (" + reason + ")" : "";
        return "no server runs for "
                + dataDirectory
                + why
                + ": start one with 'wormhole new' or 'wormhole serve'";
    }

    private static String failed(ServerProcess process) {
        @Nullable String line = process.lastLine();
        String said = line == null ? "it said nothing" : line.replaceFirst("^wormhole: ", "");
        return "the local server did not start (exit status " + process.exitStatus() + "): " + said;
    }

    private String tooSlow(ServerLock lock) throws IOException {
        String why =
                look() instanceof LocalEndpoint.Untrusted(String reason) ? " (" + reason + ")" : "";
        return "the local server does not accept after %d seconds%s: see %s, process %s"
                .formatted(
                        PATIENCE.toSeconds(),
                        why,
                        dataDirectory.resolve("server.log"),
                        lock.holders());
    }

    private static LinkException problem(String message) {
        return new LinkException(new LinkProblem(LinkProblem.Kind.LOCAL_SERVER, message));
    }
}
