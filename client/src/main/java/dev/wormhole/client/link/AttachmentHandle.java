package dev.wormhole.client.link;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;

/**
 * The remote control of one attachment; also its identity on the link thread, where a session may
 * meanwhile have a newer attachment.
 *
 * <p>Safe from any thread: every call is a message to the link thread.
 */
final class AttachmentHandle implements Attachment {

    private final SessionId sessionId;
    private final Mailbox mailbox;

    AttachmentHandle(SessionId sessionId, Mailbox mailbox) {
        this.sessionId = sessionId;
        this.mailbox = mailbox;
    }

    @Override
    public SessionId sessionId() {
        return sessionId;
    }

    @Override
    public void input(ByteString bytes) {
        mailbox.command(new Mail.Type(this, bytes));
    }

    @Override
    public void dropPending() {
        mailbox.command(new Mail.DropPending(this));
    }

    @Override
    public void resize(@Nullable TerminalSize size) {
        mailbox.command(new Mail.Resize(this, size));
    }

    @Override
    public void took(long bytes) {
        mailbox.signal(new Mail.Took(this, bytes));
    }

    @Override
    public void screenDiffers() {
        mailbox.signal(new Mail.ScreenDiffers(this));
    }

    @Override
    public void answerOffer(long generation, boolean run) {
        mailbox.command(new Mail.AnswerOffer(this, generation, run));
    }

    @Override
    public CompletableFuture<Long> respawn() {
        var done = new CompletableFuture<Long>();
        if (!mailbox.command(new Mail.Respawn(this, done))) {
            done.completeExceptionally(LinkLoop.closed());
        }
        return done;
    }

    @Override
    public CompletableFuture<Void> detach() {
        var done = new CompletableFuture<Void>();
        // A link that takes no more calls has let go of its sessions or is about to.
        if (!mailbox.command(new Mail.Detach(this, done))) done.complete(null);
        return done;
    }
}
