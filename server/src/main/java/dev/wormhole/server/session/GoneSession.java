package dev.wormhole.server.session;

import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.server.pty.Pty;
import dev.wormhole.server.session.SessionCommand.InputResult;

/**
 * Answers what comes after a session's end.
 *
 * <p>Safe from any thread: answers complete there, so what hangs on them must only enqueue.
 */
final class GoneSession {

    private GoneSession() {}

    static void refuse(SessionCommand command) {
        switch (command) {
            case SessionCommand.Start(Viewer viewer, _) -> refuse(viewer);
            case SessionCommand.Attach(Viewer viewer, _) -> refuse(viewer);
            case SessionCommand.Detach(Viewer viewer) ->
                    viewer.deliver(new ViewerUpdate.Detached());
            case SessionCommand.Input(_, _, var answer) -> answer.complete(InputResult.TAKEN);
            case SessionCommand.NumberedInput(_, _, _, _, _, var answer) ->
                    answer.complete(InputResult.TAKEN);
            case SessionCommand.Rename(_, var answer) ->
                    answer.completeExceptionally(new SessionGoneException());
            case SessionCommand.Respawn(_, var answer) ->
                    answer.completeExceptionally(new SessionGoneException());
            case SessionCommand.Destroy(var answer) -> answer.complete(null);
            case SessionCommand.Describe(var answer) ->
                    answer.completeExceptionally(new SessionGoneException());
            case SessionCommand.Collect(var answer) ->
                    answer.completeExceptionally(new SessionGoneException());
            case SessionCommand.Clean(_, var answer) -> answer.complete(false);
            case SessionCommand.Freeze(var answer) -> answer.complete(null);
            case SessionCommand.Stop(var answer) -> answer.complete(null);
            case SessionCommand.ReadHistory(var answer) ->
                    answer.completeExceptionally(new SessionGoneException());
            case SessionCommand.Renamed(_, _, _, var answer) ->
                    answer.completeExceptionally(new SessionGoneException());
            case SessionCommand.Tombstoned(_, var answer) -> answer.complete(null);
            case SessionCommand.StartTask(var answer) ->
                    answer.completeExceptionally(new SessionGoneException());
            case SessionCommand.Terminate(_, var answer) -> answer.complete(false);
            case SessionCommand.ReadOutput(_, _, _, var answer) ->
                    answer.completeExceptionally(new SessionGoneException());
            case SessionCommand.TaskStored _,
                    SessionCommand.TaskLost _,
                    SessionCommand.Retire _,
                    SessionCommand.Lost _,
                    SessionCommand.AnswerOffer _,
                    SessionCommand.Ready _,
                    SessionCommand.State _,
                    SessionCommand.Refresh _,
                    SessionCommand.Resize _,
                    SessionCommand.FlushDue _,
                    SessionCommand.Stored _,
                    SessionCommand.RollBack _,
                    SessionCommand.Committed _,
                    SessionCommand.OfProcess _ -> {}
            case SessionCommand.Adopt(_, var caughtUp) -> caughtUp.complete(null);
            case SessionCommand.Spawned(_, Pty pty, _) -> {
                // The session was destroyed while its process was being started.
                if (pty != null) pty.hangUp();
            }
        }
    }

    private static void refuse(Viewer viewer) {
        viewer.deliver(new ViewerUpdate.Refused(ErrorCode.NOT_FOUND, "the session is gone"));
    }
}
