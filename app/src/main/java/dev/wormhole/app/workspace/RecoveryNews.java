package dev.wormhole.app.workspace;

import dev.wormhole.protocol.ServerMessage;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What the last start of a workspace's server brought back.
 *
 * <p>Owned by the FX thread.
 */
public final class RecoveryNews {

    private final ReadOnlyObjectWrapper<Optional<ServerMessage.Recovery>> report =
            new ReadOnlyObjectWrapper<>(this, "report", Optional.empty());

    /** Empty where nothing was to be recovered. */
    public ReadOnlyObjectProperty<Optional<ServerMessage.Recovery>> reportProperty() {
        return report.getReadOnlyProperty();
    }

    /** There is a connection: it may be to a server that was started anew. */
    void ask(SessionService service, Executor fx) {
        service.recovery()
                .whenCompleteAsync(
                        (told, problem) -> {
                            // Without an answer: the next connection asks again.
                            if (problem == null)
                                report.set(told.filter(each -> !each.isUneventful()));
                        },
                        fx);
    }
}
