package dev.wormhole.client.attach;

import dev.wormhole.client.link.Attachment;
import dev.wormhole.client.link.Capabilities;
import dev.wormhole.client.link.Link;
import dev.wormhole.client.link.LinkListener;
import dev.wormhole.client.link.LinkState;
import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.link.SessionSink;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.Screen;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Attaches the terminal of this process to one session until the person detaches or the session is
 * gone, and leaves the terminal as it was found on every way out.
 *
 * <p>Owned by the thread that calls {@link #run}; only {@link #giveBack} is also called by the
 * shutdown hook.
 */
public final class AttachTerminal {

    /** How long a shutdown waits for a write that hangs in a terminal which stands still. */
    private static final Duration HOOK_PATIENCE = Duration.ofMillis(500);

    /** What the server gets to let go of this viewer's vote on the size. */
    private static final Duration DETACH_PATIENCE = Duration.ofSeconds(2);

    /** The most that an acknowledgement waits for while more is at hand. */
    private static final int TAKEN_STEP = 16 << 10;

    private static final Capabilities CAPABILITIES =
            new Capabilities(
                    Set.of(Feature.ACK, Feature.HASH, Feature.INPUT, Feature.RESUME),
                    Screen.VERSION);

    private static final int KEYBOARD_BYTES = 64 << 10;

    /** The title is kept on the terminal's own stack (xterm); terminals without one ignore it. */
    private static final byte[] PUSH_TITLE = ascii("\033[22;0t");

    private static final byte[] POP_TITLE = ascii("\033[23;0t");

    /**
     * Whom to attach and how.
     *
     * <p>Immutable.
     */
    public record Request(SessionId session, boolean readOnly, DetachKey detachKey) {}

    private final TerminalDevice device;
    private final LinkTarget target;
    private final Request request;
    private final AttachMailbox mailbox = new AttachMailbox();

    /** Orders writes, so that nothing follows the farewell. */
    private final ReentrantLock screen = new ReentrantLock();

    // Guarded by screen.
    private boolean isGivenBack;

    // Owned by the running thread.
    private int attachments;

    /** Output of the present attachment that was shown and not yet told. */
    private int taken;

    private @Nullable Attachment current;
    private @Nullable AttachOutcome outcome;
    private volatile @Nullable AttachView view;
    private volatile boolean isOver;

    public AttachTerminal(TerminalDevice device, LinkTarget target, Request request) {
        this.device = device;
        this.target = target;
        this.request = request;
    }

    /** Blocks until the end. The caller has checked that the device is a terminal. */
    public AttachOutcome run() throws IOException, InterruptedException {
        TerminalSize size = device.size().orElse(new TerminalSize(80, 24));
        var hook = new Thread(() -> giveBack(HOOK_PATIENCE), "attach-restore");
        Runtime.getRuntime().addShutdownHook(hook);
        try (Link link = Link.start(target, new States(), "wormhole attach", CAPABILITIES)) {
            device.enterRaw();
            var effects = new Effects(link, size);
            var shown = new AttachView(effects, request.detachKey(), request.readOnly(), size, 0);
            view = shown;
            effects.show(PUSH_TITLE);
            device.onResize(
                    () ->
                            device.size()
                                    .ifPresent(
                                            now ->
                                                    mailbox.put(
                                                            new AttachEvent.WindowChanged(now))));
            // A change between the first look and the handler would go unseen.
            device.size().ifPresent(now -> mailbox.put(new AttachEvent.WindowChanged(now)));
            Thread keyboard = new Thread(this::readKeyboard, "attach-in");
            keyboard.setDaemon(true);
            keyboard.start();
            effects.attach(RespawnMode.AUTO);
            AttachOutcome result = loop(shown);
            isOver = true;
            letGo();
            return result;
        } finally {
            giveBack(HOOK_PATIENCE);
            removeHook(hook);
        }
    }

    private AttachOutcome loop(AttachView shown) throws InterruptedException {
        while (outcome == null) {
            long deadline = shown.deadline();
            long wait =
                    deadline == Long.MAX_VALUE ? Long.MAX_VALUE / 4 : deadline - System.nanoTime();
            AttachEvent event = mailbox.poll(Math.max(0, wait));
            if (event != null) {
                shown.on(event, System.nanoTime());
                tellTaken(event);
            }
            shown.tick(System.nanoTime());
        }
        return outcome;
    }

    /** What this terminal has taken the server may follow with more. */
    private void tellTaken(AttachEvent event) {
        if (event instanceof AttachEvent.FromSession news && news.attachment() == attachments) {
            taken += AttachMailbox.outputBytes(event);
        }
        if (current == null || taken == 0 || (taken < TAKEN_STEP && !mailbox.isEmpty())) return;
        current.took(taken);
        taken = 0;
    }

    /**
     * Tells the server, so that the others get their size back at once, not when the lost
     * connection is noticed.
     */
    private void letGo() throws InterruptedException {
        if (current == null || !(outcome instanceof AttachOutcome.Detached)) return;
        try {
            current.detach().get(DETACH_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Without a connection there is nobody to tell; the vote ends by itself.
        }
    }

    private void readKeyboard() {
        byte[] buffer = new byte[KEYBOARD_BYTES];
        try {
            while (true) {
                // What is typed after the end belongs to the program that has the terminal next.
                device.awaitKeys();
                if (isOver) return;
                int count = device.read(buffer);
                if (count < 0) break;
                mailbox.putTyped(new AttachEvent.Typed(ByteString.copyOf(buffer, 0, count)));
            }
        } catch (IOException e) {
            // The terminal is gone (EIO after a hang-up): the same as its end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        mailbox.put(new AttachEvent.KeyboardEnded());
    }

    /** Leaves the terminal as it was found; the first call counts. */
    private void giveBack(Duration patience) {
        boolean isOurs = false;
        try {
            isOurs = screen.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (isGivenBack) return;
            isGivenBack = true;
            AttachView shown = view;
            if (isOurs && shown != null) {
                device.write(shown.farewell());
                device.write(POP_TITLE);
            }
        } catch (IOException e) {
            // A screen that is gone needs no farewell; the mode is set in any case.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            device.leaveRaw();
            if (isOurs) screen.unlock();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down and runs it.
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    /** Carries the view's wishes out. Owned by the running thread. */
    private final class Effects implements AttachEffects {

        private final Link link;
        private TerminalSize size;

        Effects(Link link, TerminalSize size) {
            this.link = link;
            this.size = size;
        }

        void attach(RespawnMode respawn) {
            TerminalSize vote = request.readOnly() ? null : size;
            current =
                    link.attach(
                            request.session(),
                            vote,
                            request.readOnly(),
                            respawn,
                            new Sink(attachments));
        }

        @Override
        public void show(byte[] bytes) {
            screen.lock();
            try {
                if (!isGivenBack) device.write(bytes);
            } catch (IOException e) {
                // Nobody looks any more: the terminal was closed.
                outcome = new AttachOutcome.Detached();
            } finally {
                screen.unlock();
            }
        }

        @Override
        public void type(ByteString bytes) {
            if (current != null) current.input(bytes);
        }

        @Override
        public void resize(TerminalSize wish) {
            size = wish;
            if (current != null) current.resize(wish);
        }

        @Override
        public void respawn() {
            if (current == null) return;
            current.respawn()
                    .whenComplete(
                            (_, failure) -> {
                                if (failure != null) {
                                    String why = String.valueOf(failure.getMessage());
                                    mailbox.put(new AttachEvent.RespawnFailed(why));
                                }
                            });
        }

        @Override
        public void answerOffer(long generation, boolean run) {
            if (current != null) current.answerOffer(generation, run);
        }

        @Override
        public void screenDiffers() {
            if (current != null) current.screenDiffers();
        }

        @Override
        public int attachAgain() {
            // The server answers in order: the new attachment's snapshot comes after the old one's
            // end.
            if (current != null) current.detach();
            attachments++;
            taken = 0;
            attach(RespawnMode.LOST);
            return attachments;
        }

        @Override
        public void finish(AttachOutcome how) {
            outcome = how;
        }
    }

    /** The link's words about itself, put into the mailbox. */
    private final class States implements LinkListener {

        @Override
        public void stateChanged(LinkState state) {
            mailbox.put(new AttachEvent.LinkChanged(state));
        }
    }

    /** One attachment's words, put into the mailbox under its number. */
    private final class Sink implements SessionSink {

        private final int number;

        Sink(int number) {
            this.number = number;
        }

        @Override
        public void attached(ServerMessage.Created created) {
            mailbox.put(new AttachEvent.Attached(number, created));
        }

        @Override
        public boolean tellsWhatItTook() {
            return true;
        }

        @Override
        public void resync(ServerMessage.Resync what, ByteString snapshot) {
            mailbox.put(new AttachEvent.Resync(number, what, snapshot));
        }

        @Override
        public void output(long offset, ByteString bytes) {
            mailbox.put(new AttachEvent.Output(number, bytes));
        }

        @Override
        public void size(TerminalSize size) {
            mailbox.put(new AttachEvent.SessionSize(number, size));
        }

        @Override
        public void respawned(long generation) {
            mailbox.put(new AttachEvent.Respawned(number));
        }

        @Override
        public void offered(ServerMessage.Offer offer) {
            mailbox.put(new AttachEvent.Offered(number, offer));
        }

        @Override
        public void exited(ServerMessage.Exit exit) {
            mailbox.put(new AttachEvent.Exited(number, exit));
        }

        @Override
        public void event(Happening what) {
            mailbox.put(new AttachEvent.Happened(number, what));
        }

        @Override
        public void hash(long hash) {
            mailbox.put(new AttachEvent.Hashed(number, hash));
        }

        @Override
        public void inputWaits(long inputTaken, long total) {
            mailbox.put(new AttachEvent.InputWaits(number, inputTaken, total));
        }

        @Override
        public void inputDiscarded(long bytes) {
            mailbox.put(new AttachEvent.InputDiscarded(number, bytes));
        }

        @Override
        public void ended(ErrorCode code, String message) {
            mailbox.put(new AttachEvent.Ended(number, code, message));
        }
    }
}
