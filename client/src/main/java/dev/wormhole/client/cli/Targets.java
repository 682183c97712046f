package dev.wormhole.client.cli;

import dev.wormhole.client.link.LinkException;
import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.local.Failures;
import dev.wormhole.client.local.LocalServer;
import dev.wormhole.client.preferences.HostTokens;
import dev.wormhole.client.preferences.Preferences;
import dev.wormhole.client.preferences.PreferencesException;
import dev.wormhole.client.preferences.PreferencesFile;
import dev.wormhole.client.preferences.SavedHost;
import dev.wormhole.client.trust.Fingerprint;
import dev.wormhole.client.trust.FirstContact;
import dev.wormhole.client.trust.RemoteHost;
import dev.wormhole.client.trust.ServerUrl;
import dev.wormhole.client.trust.UrlException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the server that the words of a call mean, with its token and the certificate that was
 * accepted; asks a person at first contact. No secret ever comes from an argument.
 *
 * <p>Owned by the calling thread.
 */
final class Targets {

    private static final String TOKEN_VARIABLE = "WORMHOLE_TOKEN";

    private final Call call;
    private final PreferencesFile file;

    Targets(Call call) {
        this.call = call;
        this.file = new PreferencesFile(call.configDirectory());
    }

    LinkTarget target(boolean mayStart) throws CliException {
        String server = call.option(Options.SERVER);
        if (server == null || server.equals(LocalServer.NAME)) return local(mayStart);
        if (call.option(Options.DATA) != null) {
            throw CliException.usage(
                    "--data names a local server and --server another one: leave out one of them");
        }
        PreferencesFile.Loaded loaded = file.load();
        loaded.notice().ifPresent(call.console()::complain);
        Preferences preferences = loaded.preferences();
        Optional<SavedHost> saved = saved(server, preferences);
        try {
            if (saved.isEmpty() && !ServerUrl.looksLikeUrl(server)) {
                throw CliException.failed(
                        "no host is saved as " + server + ": give its address, wss://HOST:PORT/");
            }
            URI uri = ServerUrl.parse(saved.map(host -> host.uri().toString()).orElse(server));
            RemoteHost.TokenSource token = token(saved);
            token.token();
            return new RemoteHost(server, uri, token, accepted(server, uri, saved, preferences));
        } catch (UrlException e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw CliException.failed(String.valueOf(e.getMessage()));
        }
    }

    private LinkTarget local(boolean mayStart) throws CliException {
        if (call.option(Options.TOKEN_FILE) != null || call.option(Options.FINGERPRINT) != null) {
            throw CliException.usage("--token-file and --fingerprint belong to --server");
        }
        return new LocalServer(call.dataDirectory(), mayStart, call.console().environment());
    }

    /** By name, or by an address that somebody saved under a name. */
    private static Optional<SavedHost> saved(String server, Preferences preferences) {
        return preferences
                .host(server)
                .or(
                        () ->
                                preferences.hosts().stream()
                                        .filter(host -> isSame(host, server))
                                        .findFirst());
    }

    private static boolean isSame(SavedHost host, String server) {
        try {
            return ServerUrl.looksLikeUrl(server)
                    && ServerUrl.parse(host.uri().toString()).equals(ServerUrl.parse(server));
        } catch (UrlException e) {
            return false;
        }
    }

    private RemoteHost.TokenSource token(Optional<SavedHost> saved) throws CliException {
        String option = call.option(Options.TOKEN_FILE);
        if (option != null) {
            try {
                Path path = call.console().directory().resolve(option);
                return () -> HostTokens.readToken(path);
            } catch (InvalidPathException e) {
                throw CliException.usage("--token-file is no path: " + e.getReason());
            }
        }
        String variable = call.console().environment().get(TOKEN_VARIABLE);
        if (variable != null && !variable.isBlank()) return variable::strip;
        var tokens = new HostTokens(call.configDirectory());
        if (saved.isPresent() && tokens.has(saved.get().name())) {
            String name = saved.get().name();
            return () ->
                    tokens.read(name)
                            .orElseThrow(() -> new IOException("no token is saved for " + name));
        }
        throw CliException.failed(
                "no token for this server: give one with --token-file or " + TOKEN_VARIABLE);
    }

    /**
     * The accepted fingerprint; at first contact the one that a person accepts now. Null for ws.
     */
    private @Nullable Fingerprint accepted(
            String server, URI uri, Optional<SavedHost> saved, Preferences preferences)
            throws CliException {
        if (!"wss".equals(uri.getScheme())) return null;
        String given = call.option(Options.FINGERPRINT);
        Optional<String> known =
                given != null
                        ? Optional.of(given)
                        : saved.map(SavedHost::fingerprint).or(() -> preferences.pin(uri));
        if (known.isEmpty()) return firstContact(server, uri, saved);
        Fingerprint fingerprint;
        try {
            fingerprint = Fingerprint.parse(known.get());
        } catch (IllegalArgumentException e) {
            if (given != null) throw CliException.usage(String.valueOf(e.getMessage()));
            throw CliException.failed(
                    "what is saved for "
                            + server
                            + " is no fingerprint: give one with --fingerprint");
        }
        // Kept once it has been seen there: a mistyped one is refused by the handshake, without a
        // trace.
        if (given != null && probe(uri).equals(fingerprint)) keep(uri, saved, fingerprint);
        return fingerprint;
    }

    private Fingerprint firstContact(String server, URI uri, Optional<SavedHost> saved)
            throws CliException {
        Fingerprint shown = probe(uri);
        if (!call.console().canAsk()) {
            throw CliException.failed(
                    "%s was never accepted; it shows %s: compare that with 'wormhole status' on that machine, then add %s %s"
                            .formatted(server, shown, Options.FINGERPRINT, shown));
        }
        try {
            call.console()
                    .err()
                    .println(
                            server + " was never seen before. Its certificate has the fingerprint");
            call.console().err().println("    " + shown);
            if (!call.console().confirm("Does 'wormhole status' on that machine show the same?")) {
                throw CliException.failed("not accepted: nothing was sent");
            }
        } catch (IOException e) {
            throw CliException.failed("cannot ask: " + Failures.reason(e));
        }
        keep(uri, saved, shown);
        return shown;
    }

    private static Fingerprint probe(URI uri) throws CliException {
        try {
            return FirstContact.probe(uri);
        } catch (LinkException e) {
            throw CliException.failed(e.problem().message());
        }
    }

    private void keep(URI uri, Optional<SavedHost> saved, Fingerprint accepted)
            throws CliException {
        try {
            file.update(
                    preferences ->
                            saved.isPresent()
                                    ? preferences.withHost(
                                            saved.get().withFingerprint(accepted.text()))
                                    : preferences.withPin(uri, accepted.text()));
        } catch (PreferencesException e) {
            throw CliException.failed("the fingerprint is not kept: " + e.getMessage());
        }
    }
}
