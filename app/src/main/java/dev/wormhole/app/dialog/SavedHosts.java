package dev.wormhole.app.dialog;

import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.preferences.HostTokens;
import dev.wormhole.client.preferences.Preferences;
import dev.wormhole.client.preferences.PreferencesFile;
import dev.wormhole.client.preferences.SavedHost;
import dev.wormhole.client.trust.Fingerprint;
import dev.wormhole.client.trust.FirstContact;
import dev.wormhole.client.trust.RemoteHost;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * The hosts in the preferences file, their tokens in files of mode 0600.
 *
 * <p>Safe from any thread: each request is a job for the executor, which may block.
 */
public final class SavedHosts implements HostBook {

    private final LinkTarget local;
    private final PreferencesFile file;
    private final HostTokens tokens;
    private final Executor blocking;
    private volatile List<SavedHost> saved;

    /**
     * @param loaded what was read from the file at the start
     * @param blocking runs jobs that wait for disk and network, such as a virtual thread for each
     */
    public SavedHosts(
            LinkTarget local,
            PreferencesFile file,
            Preferences loaded,
            HostTokens tokens,
            Executor blocking) {
        this.local = local;
        this.file = file;
        this.tokens = tokens;
        this.blocking = blocking;
        saved = loaded.hosts();
    }

    @Override
    public LinkTarget local() {
        return local;
    }

    @Override
    public List<SavedHost> saved() {
        return saved;
    }

    @Override
    public CompletableFuture<Fingerprint> look(URI uri) {
        return later(() -> FirstContact.probe(uri));
    }

    @Override
    public CompletableFuture<LinkTarget> add(SavedHost host, String token) {
        return later(
                () -> {
                    // The token first: a host without one could not be connected to.
                    tokens.write(host.name(), token);
                    saved = file.update(preferences -> preferences.withHost(host)).hosts();
                    return RemoteHost.of(host, tokens);
                });
    }

    @Override
    public CompletableFuture<LinkTarget> accept(SavedHost host, Fingerprint fingerprint) {
        SavedHost accepted = host.withFingerprint(fingerprint.text());
        return later(
                () -> {
                    saved = file.update(preferences -> preferences.withHost(accepted)).hosts();
                    return RemoteHost.of(accepted, tokens);
                });
    }

    @Override
    public CompletableFuture<LinkTarget> target(SavedHost host) {
        return later(
                () -> {
                    if (tokens.read(host.name()).isEmpty())
                        throw new IOException(
                                "No token is saved for "
                                        + host.name()
                                        + ": remove the host and add it again with its token.");
                    return RemoteHost.of(host, tokens);
                });
    }

    @Override
    public CompletableFuture<Void> remove(String name) {
        return later(
                        () -> {
                            saved = file.update(p -> p.withoutHost(name)).hosts();
                            tokens.delete(name);
                            return true;
                        })
                .thenAccept(_ -> {});
    }

    private <T> CompletableFuture<T> later(Callable<? extends T> job) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return job.call();
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        // Each carries a sentence for the person; the panel shows it.
                        throw new CompletionException(e);
                    }
                },
                blocking);
    }
}
