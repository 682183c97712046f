package dev.wormhole.app.workspace;

import dev.wormhole.client.link.LinkTarget;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Which host's workspace the window shows. Changing the host lets go of the old one's link and
 * keeps its layout; its sessions go on.
 *
 * <p>Owned by the FX thread.
 */
public final class Workspaces {

    private final Function<LinkTarget, Workspace> opening;
    private final LayoutSaver saver;

    // Owned by the FX thread.
    private final ReadOnlyObjectWrapper<Workspace> current;
    private @Nullable CompletableFuture<Void> closing;

    /**
     * Starts with a first host.
     *
     * @param opening makes the workspace of a host, not yet started
     */
    public Workspaces(
            Function<LinkTarget, Workspace> opening, LayoutSaver saver, LinkTarget first) {
        this.opening = opening;
        this.saver = saver;
        current = new ReadOnlyObjectWrapper<>(this, "current", opening.apply(first));
        current.get().start();
    }

    public ReadOnlyObjectProperty<Workspace> currentProperty() {
        return current.getReadOnlyProperty();
    }

    public Workspace current() {
        return current.get();
    }

    /** Shows another host; the same host is connected to anew. */
    public Workspace switchTo(LinkTarget target) {
        if (closing != null) throw new IllegalStateException("the window is closing");
        current.get().close();
        Workspace next = opening.apply(target);
        // Started first: listeners of the property find a workspace that restores its layout.
        next.start();
        current.set(next);
        return next;
    }

    /** Lets go of the host; completes when the layout is written. */
    public CompletableFuture<Void> close() {
        if (closing == null) {
            current.get().close();
            closing = saver.close();
        }
        return closing;
    }
}
