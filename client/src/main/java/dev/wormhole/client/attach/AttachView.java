package dev.wormhole.client.attach;

import dev.wormhole.client.link.LinkState;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ExitReason;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * What the outer terminal shows and when: the session's own bytes while both have one size and
 * nothing else is to be said, else a painted picture of its screen. Decides what keys mean. It
 * knows no descriptors, no signals and no link.
 *
 * <p>Owned by the attach thread. Pure: time comes in with each event.
 */
final class AttachView {

    /**
     * Long enough for the server to follow a resize of this window, too short to be missed as a
     * pause.
     */
    static final Duration SIZE_GRACE = Duration.ofMillis(250);

    /** A link that returns sooner resumes without a trace on the screen. */
    static final Duration LINK_GRACE = Duration.ofSeconds(1);

    /** Between two paints: 60 a second are what an eye sees, and what a slow line carries. */
    static final Duration PAINT_INTERVAL = Duration.ofNanos(16_666_667);

    /** How long a program that began a picture (mode 2026) may take to finish it. */
    static final Duration SYNCHRONIZED_GRACE = Duration.ofMillis(150);

    private static final long NEVER = Long.MAX_VALUE;

    /** What the terminal shows just now. */
    private enum Showing {
        /** The session's bytes. */
        PASSED,
        /** The session's bytes so far; the sizes differ since a moment. */
        HELD,
        /** A picture of the screen. */
        PAINTED
    }

    private final AttachEffects effects;
    private final DetachKey detachKey;
    private final boolean isReadOnly;
    private final OuterTerminal terminal;

    private TerminalSize own;

    /** The size of the session's screen where its stream stands; null before the first resync. */
    private @Nullable TerminalSize session;

    private int attachment;
    private Showing showing = Showing.PASSED;

    private boolean isExited;
    private boolean isRespawning;

    /** What is to be said of the process in the last row; null: nothing. */
    private @Nullable String processNotice;

    /** What is to be said of what is typed. */
    private final InputNotice input = new InputNotice();

    /** What can be run again. */
    private final ResumeOffer offer = new ResumeOffer();

    /** What is to be said of the link; goes before. */
    private @Nullable String linkNotice;

    /** The server was told of a difference, and no hash has agreed since. */
    private boolean isDoubted;

    private @Nullable LinkState link;
    private long sizeDeadline = NEVER;
    private long linkDeadline = NEVER;
    private long paintDeadline = NEVER;
    private long lastPaint;
    private boolean hasPainted;
    private long pictureDeadline = NEVER;

    AttachView(
            AttachEffects effects,
            DetachKey detachKey,
            boolean isReadOnly,
            TerminalSize own,
            int attachment) {
        this.effects = effects;
        this.detachKey = detachKey;
        this.isReadOnly = isReadOnly;
        this.own = own;
        this.attachment = attachment;
        this.terminal = new OuterTerminal(effects::show, own);
    }

    /** When {@link #tick} has something to do at the earliest, on the clock of the events. */
    long deadline() {
        return Math.min(paintDeadline, Math.min(sizeDeadline, linkDeadline));
    }

    void on(AttachEvent event, long now) {
        switch (event) {
            case AttachEvent.FromSession news when news.attachment() != attachment -> {}
            case AttachEvent.Attached(_, ServerMessage.Created created) -> attached(created, now);
            case AttachEvent.Resync(_, ServerMessage.Resync what, ByteString snapshot) ->
                    resync(what, snapshot, now);
            case AttachEvent.Output(_, ByteString bytes) -> {
                terminal.output(bytes);
                if (showing == Showing.PAINTED) paintSoon(now);
            }
            case AttachEvent.SessionSize(_, TerminalSize size) -> sessionSize(size, now);
            case AttachEvent.Respawned _ -> alive(now);
            case AttachEvent.InputWaits(_, long taken, long total) -> {
                input.waits(taken, total);
                settle(now);
            }
            case AttachEvent.InputDiscarded(_, long bytes) -> {
                input.discarded(bytes);
                settle(now);
            }
            case AttachEvent.Offered(_, ServerMessage.Offer what) -> {
                offer.told(what);
                settle(now);
            }
            case AttachEvent.Exited(_, ServerMessage.Exit exit) -> exited(describe(exit), now);
            case AttachEvent.Happened(_, Happening what) -> terminal.happened(what);
            case AttachEvent.Hashed(_, long hash) -> compare(hash);
            case AttachEvent.Overflowed _ -> attachment = effects.attachAgain();
            case AttachEvent.Ended(_, ErrorCode code, String message) -> ended(code, message);
            case AttachEvent.RespawnFailed(String message) -> {
                isRespawning = false;
                processNotice = tame(message) + remedy();
                settle(now);
            }
            case AttachEvent.LinkChanged(LinkState state) -> linkChanged(state, now);
            case AttachEvent.Typed(ByteString bytes) -> {
                if (input.seen()) settle(now);
                typed(bytes, now);
            }
            case AttachEvent.KeyboardEnded() -> effects.finish(new AttachOutcome.Detached());
            case AttachEvent.WindowChanged(TerminalSize size) -> windowChanged(size, now);
        }
    }

    void tick(long now) {
        if (isDue(sizeDeadline, now)) {
            sizeDeadline = NEVER;
            if (showing == Showing.HELD) paint(now);
        }
        if (isDue(linkDeadline, now)) {
            linkDeadline = NEVER;
            showLink(now);
        }
        if (isDue(paintDeadline, now)) {
            paintDeadline = NEVER;
            lastPaint = now;
            hasPainted = true;
            terminal.paint(status());
        }
    }

    private static boolean isDue(long deadline, long now) {
        return deadline != NEVER && now - deadline >= 0;
    }

    /**
     * What leaves the outer terminal as it was found, with the cursor on a fresh line below
     * everything.
     */
    byte[] farewell() {
        return terminal.farewell();
    }

    // ---- the session

    private void attached(ServerMessage.Created created, long now) {
        boolean wasExited = isExited;
        offer.clear();
        isRespawning = false;
        if (!created.isExited()) alive(now);
        else if (!wasExited) exited("no process is running", now);
    }

    private void resync(ServerMessage.Resync what, ByteString snapshot, long now) {
        boolean isFirst = session == null;
        session = what.size();
        terminal.resync(what, snapshot);
        if (!fits()) {
            if (isFirst) paint(now);
            else settle(now);
            return;
        }
        // Passed even where a picture follows: so the scrollback comes here as well.
        terminal.passSnapshot(snapshot);
        passing();
        settle(now);
    }

    private void sessionSize(TerminalSize size, long now) {
        if (size.equals(session)) return;
        session = size;
        terminal.sessionSize(size);
        settle(now);
    }

    private void compare(long hash) {
        if (terminal.hash() == hash) {
            isDoubted = false;
        } else if (!isDoubted) {
            // Asked again and again, a screen that stays different would cost a snapshot each time.
            isDoubted = true;
            effects.screenDiffers();
        }
    }

    private void exited(String how, long now) {
        isExited = true;
        isRespawning = false;
        processNotice = how + remedy();
        settle(now);
    }

    private String remedy() {
        return (isReadOnly || !isExited ? "" : " · Enter starts it again") + leaves();
    }

    private void alive(long now) {
        isExited = false;
        isRespawning = false;
        processNotice = null;
        settle(now);
    }

    private static String describe(ServerMessage.Exit exit) {
        if (exit.signal() != null) return "ended by " + exit.signal();
        if (exit.exitCode() != null) return "exited with status " + exit.exitCode();
        return exit.reason() == ExitReason.LOST ? "lost with its server" : "ended";
    }

    private void ended(ErrorCode code, String message) {
        String why = code == ErrorCode.NOT_FOUND ? "the session is gone" : tame(message);
        effects.finish(new AttachOutcome.Ended(why));
    }

    // ---- what is shown

    private boolean fits() {
        return session == null || own.equals(session);
    }

    private @Nullable String notice() {
        if (linkNotice != null) return linkNotice;
        String said = processNotice == null ? offer.words() : processNotice;
        String typed = input.words();
        if (said == null) return typed;
        return typed == null ? said : typed + " · " + said;
    }

    private void windowChanged(TerminalSize size, long now) {
        if (size.equals(own)) return;
        own = size;
        if (!isReadOnly) effects.resize(size);
        terminal.ownSize(size);
        if (showing == Showing.PAINTED && (!fits() || notice() != null)) paint(now);
        else settle(now);
    }

    /** Sizes or notices may be others: shows the session in the way that is right now. */
    private void settle(long now) {
        if (session == null && linkNotice == null) return;
        boolean isWhole = fits() && notice() == null;
        switch (showing) {
            case PASSED -> {
                if (fits() && !isWhole) paint(now);
                if (!fits()) hold(now);
            }
            case HELD -> {
                if (isWhole) passAgain();
                else if (fits()) paint(now);
            }
            case PAINTED -> {
                if (isWhole) passAgain();
                else paintSoon(now);
            }
        }
    }

    private void hold(long now) {
        showing = Showing.HELD;
        sizeDeadline = now + SIZE_GRACE.toNanos();
    }

    private void passAgain() {
        if (session != null) terminal.passAgain();
        passing();
    }

    private void passing() {
        showing = Showing.PASSED;
        sizeDeadline = NEVER;
        paintDeadline = NEVER;
        pictureDeadline = NEVER;
    }

    /** Paints from here on, the first picture at once. */
    private void paint(long now) {
        showing = Showing.PAINTED;
        sizeDeadline = NEVER;
        terminal.beginPainting();
        paintDeadline = now;
    }

    /** The newest picture wins: what comes until the next paint is due costs none. */
    private void paintSoon(long now) {
        long due = hasPainted ? later(now, lastPaint + PAINT_INTERVAL.toNanos()) : now;
        if (!terminal.isSynchronized()) {
            pictureDeadline = NEVER;
            paintDeadline = due;
            return;
        }
        if (pictureDeadline == NEVER) pictureDeadline = now + SYNCHRONIZED_GRACE.toNanos();
        paintDeadline = later(due, pictureDeadline);
    }

    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }

    /**
     * For the last row: what is to be said; else both sizes, where the row is free or something is
     * cut off. A terminal that is merely wider shows all rows.
     */
    private String status() {
        String notice = notice();
        if (notice != null) return "wormhole: " + notice;
        TerminalSize shown = session;
        if (shown == null || own.equals(shown)) return "";
        boolean isWider = own.rows() == shown.rows() && own.cols() > shown.cols();
        return isWider ? "" : "session is " + shown + ", this terminal " + own;
    }

    // ---- the link

    private void linkChanged(LinkState state, long now) {
        link = state;
        switch (state) {
            case LinkState.Connected _ -> {
                linkDeadline = NEVER;
                linkNotice = null;
                settle(now);
            }
            case LinkState.Reconnecting _ -> {
                if (linkNotice != null) showLink(now);
                else if (linkDeadline == NEVER) linkDeadline = now + LINK_GRACE.toNanos();
            }
            case LinkState.Connecting _, LinkState.Disconnected() -> {}
        }
    }

    private void showLink(long now) {
        // While connecting there is nothing to say: it is said when that failed too.
        linkNotice =
                link instanceof LinkState.Reconnecting lost
                        ? "reconnecting · " + tame(lost.problem().message()) + leaves()
                        : "reconnecting" + leaves();
        settle(now);
    }

    private String leaves() {
        return " · " + detachKey + " leaves";
    }

    // ---- keys

    private void typed(ByteString bytes, long now) {
        int end = detachKey.find(bytes);
        ByteString before = end < 0 ? bytes : bytes.slice(0, end);
        if (!before.isEmpty()) keys(before, now);
        if (end >= 0) effects.finish(new AttachOutcome.Detached());
    }

    private void keys(ByteString bytes, long now) {
        if (isReadOnly) return;
        if (!isExited) {
            ByteString typed = terminal.typed(bytes);
            if (!typed.isEmpty()) type(typed, now);
        } else if (!isRespawning && hasEnter(bytes)) {
            isRespawning = true;
            effects.respawn();
        }
    }

    private void type(ByteString bytes, long now) {
        long generation = offer.generation();
        ResumeOffer.Key key = offer.typed(bytes);
        switch (key) {
            case RUN, FORGET -> effects.answerOffer(generation, key == ResumeOffer.Key.RUN);
            case TYPED, NO_OFFER -> effects.type(bytes);
        }
        if (key != ResumeOffer.Key.NO_OFFER) settle(now);
    }

    private static boolean hasEnter(ByteString bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.at(i) == '\r' || bytes.at(i) == '\n') return true;
        }
        return false;
    }

    /** Messages of others are shown, not obeyed. */
    private static String tame(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
