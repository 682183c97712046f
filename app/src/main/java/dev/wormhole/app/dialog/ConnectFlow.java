package dev.wormhole.app.dialog;

import dev.wormhole.app.dialog.ConnectState.Field;
import dev.wormhole.app.workspace.Problems;
import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.preferences.SavedHost;
import dev.wormhole.client.trust.Fingerprint;
import dev.wormhole.client.trust.ServerUrl;
import dev.wormhole.client.trust.UrlException;
import dev.wormhole.protocol.SessionName;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How a person comes to another host: the steps of the connect panel, without its nodes. A host is
 * looked at before the window turns to it, so that one that does not answer changes nothing.
 *
 * <p>Owned by the FX thread.
 */
final class ConnectFlow {

    private final HostBook hosts;
    private final Executor fx;
    private final Consumer<LinkTarget> connect;
    private final ReadOnlyObjectWrapper<ConnectState> state =
            new ReadOnlyObjectWrapper<>(this, "state", new ConnectState.Idle());

    // Owned by the FX thread.
    private int attempt;
    private @Nullable Runnable accepted;

    /**
     * @param connect turns the window to a host; called once, last
     */
    ConnectFlow(HostBook hosts, Executor fx, Consumer<LinkTarget> connect) {
        this.hosts = hosts;
        this.fx = fx;
        this.connect = connect;
    }

    ReadOnlyObjectProperty<ConnectState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    List<SavedHost> saved() {
        return hosts.saved();
    }

    void toLocal() {
        cancel();
        connect.accept(hosts.local());
    }

    void toSaved(SavedHost host) {
        begin("Reading the token of " + host.name() + "…");
        then(hosts.target(host), target -> look(host, target), _ -> null);
    }

    /** A host that has no name yet. */
    void toNew(String name, String address, String token) {
        cancel();
        URI uri;
        try {
            uri = ServerUrl.parse(address);
        } catch (UrlException e) {
            fail(sentence(String.valueOf(e.getMessage())), Field.ADDRESS);
            return;
        }
        String called = name.isBlank() ? String.valueOf(uri.getHost()) : name.strip();
        @Nullable String problem = problemWithName(called);
        if (problem != null) {
            fail(problem, Field.NAME);
        } else if (token.isBlank()) {
            fail("The server wants a token: it printed one, or where one is.", Field.TOKEN);
        } else {
            toNew(new SavedHost(called, uri, null), token.strip());
        }
    }

    private void toNew(SavedHost host, String token) {
        if (!isEncrypted(host)) {
            begin("Saving " + host.name() + "…");
            then(hosts.add(host, token), connect, _ -> null);
            return;
        }
        begin("Looking at " + host.uri() + "…");
        then(
                hosts.look(host.uri()),
                shown ->
                        ask(
                                host,
                                shown,
                                () -> {
                                    SavedHost pinned = host.withFingerprint(shown.text());
                                    begin("Saving " + host.name() + "…");
                                    then(hosts.add(pinned, token), connect, _ -> null);
                                }),
                _ -> null);
    }

    /** The person has compared the fingerprint. */
    void accept() {
        Runnable next = accepted;
        if (next != null) next.run();
    }

    /** Turns to a host that does not answer; the link goes on trying. */
    void anyway() {
        if (!(state.get() instanceof ConnectState.Failed failed)) return;
        @Nullable LinkTarget target = failed.anyway();
        if (target == null) return;
        cancel();
        connect.accept(target);
    }

    /** Whatever is under way no longer matters. */
    void cancel() {
        attempt++;
        accepted = null;
        state.set(new ConnectState.Idle());
    }

    void remove(SavedHost host) {
        begin("Removing " + host.name() + "…");
        then(hosts.remove(host.name()), _ -> cancel(), _ -> null);
    }

    private void look(SavedHost host, LinkTarget target) {
        if (!isEncrypted(host)) {
            connect.accept(target);
            return;
        }
        begin("Looking at " + host.uri() + "…");
        then(hosts.look(host.uri()), shown -> compare(host, target, shown), _ -> target);
    }

    private void compare(SavedHost host, LinkTarget target, Fingerprint shown) {
        @Nullable String known = host.fingerprint();
        if (known == null) {
            ask(
                    host,
                    shown,
                    () -> {
                        begin("Saving " + host.name() + "…");
                        then(hosts.accept(host, shown), connect, _ -> null);
                    });
        } else if (known.equals(shown.text())) {
            connect.accept(target);
        } else {
            state.set(new ConnectState.Changed(host.name(), known, shown));
        }
    }

    private void ask(SavedHost host, Fingerprint shown, Runnable whenAccepted) {
        accepted = whenAccepted;
        state.set(new ConnectState.Unknown(host.name(), shown));
    }

    private void begin(String what) {
        attempt++;
        accepted = null;
        state.set(new ConnectState.Busy(what));
    }

    private <T> void then(
            CompletableFuture<T> answer,
            Consumer<? super T> next,
            Function<Throwable, @Nullable LinkTarget> anyway) {
        int mine = attempt;
        answer.whenCompleteAsync(
                (value, problem) -> {
                    if (mine != attempt) return;
                    if (problem == null) next.accept(value);
                    else
                        state.set(
                                new ConnectState.Failed(
                                        sentence(Problems.sentence(problem)),
                                        null,
                                        anyway.apply(problem)));
                },
                fx);
    }

    private void fail(String message, Field field) {
        state.set(new ConnectState.Failed(message, field, null));
    }

    private @Nullable String problemWithName(String name) {
        try {
            SessionName.check(name);
        } catch (IllegalArgumentException e) {
            return "The name cannot be used: " + e.getMessage();
        }
        if (name.equalsIgnoreCase(hosts.local().name()))
            return "\"" + name + "\" is the name of this computer: choose another.";
        if (hosts.saved().stream().anyMatch(host -> host.name().equalsIgnoreCase(name)))
            return "\"" + name + "\" exists already: choose another name, or remove it first.";
        return null;
    }

    private static boolean isEncrypted(SavedHost host) {
        return "wss".equals(host.uri().getScheme());
    }

    private static String sentence(String message) {
        if (message.isEmpty()) return message;
        String first = message.substring(0, 1).toUpperCase(Locale.ROOT);
        String end = message.endsWith(".") ? "" : ".";
        return first + message.substring(1) + end;
    }
}
