package dev.wormhole.app.dialog;

import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.preferences.SavedHost;
import dev.wormhole.client.trust.Fingerprint;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The hosts that a person connects to. What needs disk or network answers later, on any thread, and
 * fails with a sentence for a person; nothing blocks.
 */
public interface HostBook {

    /** The server of this machine. */
    LinkTarget local();

    /** Those with a name, as last read or changed. */
    List<SavedHost> saved();

    /** The fingerprint that a wss server shows; nothing is sent to it. */
    CompletableFuture<Fingerprint> look(URI uri);

    /** Keeps a host and its token, and answers with the target to connect to. */
    CompletableFuture<LinkTarget> add(SavedHost host, String token);

    /** Keeps what a person accepted for a saved host. */
    CompletableFuture<LinkTarget> accept(SavedHost host, Fingerprint fingerprint);

    /** The target of a saved host; fails where its token is missing. */
    CompletableFuture<LinkTarget> target(SavedHost host);

    /** Forgets a host and its token. */
    CompletableFuture<Void> remove(String name);
}
