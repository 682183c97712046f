package dev.wormhole.app.dialog;

import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.preferences.SavedHost;
import dev.wormhole.client.trust.Fingerprint;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Hosts whose disk and network answer when the test says so; names stand for targets. */
final class ScriptedHosts implements HostBook {

    static final Fingerprint ONE = new Fingerprint("SHA256:" + "A".repeat(43));
    static final Fingerprint OTHER = new Fingerprint("SHA256:" + "B".repeat(43));

    final List<SavedHost> saved = new ArrayList<>();
    final List<String> tokens = new ArrayList<>();
    final Deque<CompletableFuture<Fingerprint>> looks = new ArrayDeque<>();
    final List<URI> lookedAt = new ArrayList<>();

    static SavedHost host(String name, Fingerprint accepted) {
        return new SavedHost(name, URI.create("wss://" + name + ":7681/"), accepted.text());
    }

    @Override
    public LinkTarget local() {
        return new Named("local");
    }

    @Override
    public List<SavedHost> saved() {
        return List.copyOf(saved);
    }

    @Override
    public CompletableFuture<Fingerprint> look(URI uri) {
        lookedAt.add(uri);
        looks.add(new CompletableFuture<>());
        return looks.getLast();
    }

    @Override
    public CompletableFuture<LinkTarget> add(SavedHost host, String token) {
        saved.add(host);
        tokens.add(token);
        return target(host);
    }

    @Override
    public CompletableFuture<LinkTarget> accept(SavedHost host, Fingerprint fingerprint) {
        saved.replaceAll(h -> h.equals(host) ? host.withFingerprint(fingerprint.text()) : h);
        return target(host);
    }

    @Override
    public CompletableFuture<LinkTarget> target(SavedHost host) {
        return CompletableFuture.completedFuture(new Named(host.name()));
    }

    @Override
    public CompletableFuture<Void> remove(String name) {
        saved.removeIf(host -> host.name().equals(name));
        return CompletableFuture.completedFuture(null);
    }

    private record Named(String name) implements LinkTarget {

        @Override
        public Address resolve() {
            throw new UnsupportedOperationException("nobody connects here");
        }
    }
}
