package dev.wormhole.app.workspace;

import dev.wormhole.app.layout.Axis;
import dev.wormhole.app.layout.PaneId;
import dev.wormhole.app.layout.PaneTree;
import dev.wormhole.client.link.Attachment;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;

import javafx.beans.property.ReadOnlyIntegerWrapper;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes new shells: a pane appears once its session exists, in the order in which they were asked
 * for, in the directory of the pane that had the focus.
 *
 * <p>Owned by the FX thread.
 */
final class Shells {

    static final Notice NO_ROOM =
            Notice.problem("No room for another pane here: make this one larger or close one.");

    private static final TerminalSize COMMON_SIZE = new TerminalSize(80, 24);

    private final Tiles tiles;
    private final Function<@Nullable SessionId, PaneModel> newPane;
    private final Consumer<PaneModel> placed;
    private final Consumer<Notice> notices;
    private final Executor fx;
    private final PendingSplits splits = new PendingSplits();

    // Owned by the FX thread.
    final ReadOnlyIntegerWrapper pending = new ReadOnlyIntegerWrapper(this, "pending", 0);
    private @Nullable SessionService service;

    /**
     * @param newPane makes a pane, for a session that exists or for one to come
     * @param placed hears of each pane that has found its place
     */
    Shells(
            Tiles tiles,
            Function<@Nullable SessionId, PaneModel> newPane,
            Consumer<PaneModel> placed,
            Consumer<Notice> notices,
            Executor fx) {
        this.tiles = tiles;
        this.newPane = newPane;
        this.placed = placed;
        this.notices = notices;
        this.fx = fx;
    }

    void open(SessionService opened) {
        service = opened;
    }

    /** Answers that still arrive change nothing. */
    void close() {
        service = null;
        splits.clear();
    }

    /**
     * Asks for a shell beside the focused pane.
     *
     * @param axis null: along the longer side
     */
    void ask(@Nullable Axis axis) {
        ask(axis, PendingSplits.Program.SHELL);
    }

    /** Asks for a pane that runs a program, beside the focused pane. */
    void ask(@Nullable Axis axis, PendingSplits.Program program) {
        if (splits.isFull()) return;
        PaneId focused = tiles.tree.get().map(PaneTree::focus).orElse(null);
        boolean first = splits.add(focused, axis, tiles.focusMoves(), program);
        pending.set(splits.count());
        if (first) send(splits.head());
    }

    private void send(PendingSplits.@Nullable Request request) {
        if (request == null) return;
        PaneId target = request.target();
        if (!tiles.hasRoom(target, request.axis())) {
            notices.accept(NO_ROOM);
            finished(null);
            return;
        }
        String given = request.program().cwd();
        String cwd =
                given != null
                        ? given
                        : tiles.pane(target).map(p -> p.cwdProperty().get()).orElse("");
        create(request, sizeBeside(target, request.axis()), cwd.isEmpty() ? null : cwd);
    }

    private void create(PendingSplits.Request request, TerminalSize size, @Nullable String cwd) {
        if (service == null) return;
        PaneModel pane = newPane.apply(null);
        List<String> command = request.program().command();
        var message =
                new ClientMessage.Create(
                        size, null, cwd, command, Map.of(), null, request.program().isStored());
        CompletableFuture<Attachment> answer = service.create(message, pane.newSink());
        answer.whenCompleteAsync(
                (attachment, problem) -> {
                    if (service == null) return;
                    if (problem == null) {
                        created(request, pane, attachment);
                    } else if (cwd != null
                            && request.program().cwd() == null
                            && Problems.is(problem, ErrorCode.SPAWN_FAILED)) {
                        // The directory may be gone since; a shell at home is better than none.
                        pane.dispose();
                        create(request, size, null);
                    } else {
                        pane.dispose();
                        notices.accept(
                                Notice.problem("No new shell: " + Problems.sentence(problem)));
                        finished(null);
                    }
                },
                fx);
    }

    private void created(PendingSplits.Request request, PaneModel pane, Attachment attachment) {
        pane.bind(attachment);
        if (!tiles.hasRoom(request.target(), request.axis())) {
            // Another pane took the room meanwhile: the session stays in the list.
            pane.detach();
            pane.dispose();
            notices.accept(NO_ROOM);
            finished(null);
            return;
        }
        boolean takesFocus = request.mayTakeFocus(tiles.focusMoves());
        tiles.add(pane, request.target(), request.axis(), takesFocus);
        placed.accept(pane);
        finished(pane.id());
    }

    private void finished(@Nullable PaneId made) {
        PendingSplits.Request next = splits.finished(made);
        pending.set(splits.count());
        send(next);
    }

    /** What the new pane's size will be, near enough until it is laid out. */
    TerminalSize sizeBeside(@Nullable PaneId target, @Nullable Axis axis) {
        Optional<PaneModel> beside = tiles.pane(target);
        TerminalSize cells = beside.map(PaneModel::wish).orElse(null);
        if (cells == null || target == null) return COMMON_SIZE;
        return switch (tiles.axisAt(target, axis)) {
            case ROW -> TerminalSize.clamped((cells.cols() - 1) / 2, cells.rows());
            case COLUMN -> TerminalSize.clamped(cells.cols(), (cells.rows() - 1) / 2);
        };
    }
}
