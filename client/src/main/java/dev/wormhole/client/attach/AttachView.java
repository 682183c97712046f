package dev.wormhole.client.attach;

import dev.wormhole.client.link.LinkState;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ExitReason;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.QueryFilter;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What the outer terminal shows and when: the session's own bytes while both have one size, else
 * one line that says what is waited for. Decides what keys mean. It knows no descriptors, no
 * signals and no link.
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

    private static final long NEVER = Long.MAX_VALUE;

    private static final String CLEAR = "\033[?25h\033[H\033[2J";

    /** What the screen shows just now. */
    private enum Showing {
        /** The session's bytes. */
        SESSION,
        /** The session's bytes so far; the sizes differ since a moment. */
        HELD,
        /** The line about the sizes. */
        SIZES
    }

    private final AttachEffects effects;
    private final DetachKey detachKey;
    private final boolean isReadOnly;

    private QueryFilter filter = new QueryFilter();
    private final ModeTracker modes = new ModeTracker();
    private TerminalSize own;
    private @Nullable TerminalSize session;
    private int attachment;
    private Showing showing = Showing.SESSION;

    /**
     * The screen is not the session's: bytes were left out or something was painted over; a
     * snapshot repairs it.
     */
    private boolean isStale = true;

    private boolean isPainted;
    private boolean isExited;
    private boolean isRespawning;
    private boolean isLinkNoticeShown;
    private @Nullable LinkState link;
    private long sizeDeadline = NEVER;
    private long linkDeadline = NEVER;

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
    }

    /** When {@link #tick} has something to do at the earliest, on the clock of the events. */
    long deadline() {
        return Math.min(sizeDeadline, linkDeadline);
    }

    void on(AttachEvent event, long now) {
        switch (event) {
            case AttachEvent.FromSession news when news.attachment() != attachment -> {}
            case AttachEvent.Attached(_, ServerMessage.Created created) -> attached(created, now);
            case AttachEvent.Resync(_, TerminalSize size, ByteString snapshot) ->
                    resync(size, snapshot, now);
            case AttachEvent.Output(_, ByteString bytes) -> output(bytes);
            case AttachEvent.SessionSize(_, TerminalSize size) -> {
                session = size;
                compareSizes(now);
            }
            case AttachEvent.Respawned _ -> alive();
            case AttachEvent.Exited(_, ServerMessage.Exit exit) -> exited(describe(exit));
            case AttachEvent.Overflowed _ -> repaint();
            case AttachEvent.Ended(_, ErrorCode code, String message) -> ended(code, message);
            case AttachEvent.RespawnFailed(String message) -> {
                isRespawning = false;
                notice(message);
            }
            case AttachEvent.LinkChanged(LinkState state) -> linkChanged(state, now);
            case AttachEvent.Typed(ByteString bytes) -> typed(bytes);
            case AttachEvent.KeyboardEnded() -> effects.finish(new AttachOutcome.Detached());
            case AttachEvent.WindowChanged(TerminalSize size) -> windowChanged(size, now);
        }
    }

    void tick(long now) {
        if (now - sizeDeadline >= 0 && sizeDeadline != NEVER) {
            sizeDeadline = NEVER;
            if (!fits()) showSizes();
        }
        if (now - linkDeadline >= 0 && linkDeadline != NEVER) {
            linkDeadline = NEVER;
            showLink();
        }
    }

    /**
     * What leaves the outer terminal as it was found, with the cursor on a fresh line below
     * everything.
     */
    byte[] farewell() {
        byte[] modesBack = modes.takeBack();
        return concat(modesBack, ascii("\033[?25h\033[999;1H\r\n"));
    }

    private void attached(ServerMessage.Created created, long now) {
        session = created.size();
        boolean wasExited = isExited;
        isExited = created.isExited();
        isRespawning = false;
        if (isExited && !wasExited) exited("no process is running");
        compareSizes(now);
    }

    private void resync(TerminalSize size, ByteString snapshot, long now) {
        session = size;
        if (!fits()) {
            isStale = true;
            compareSizes(now);
            return;
        }
        sizeDeadline = NEVER;
        showing = Showing.SESSION;
        isStale = false;
        isLinkNoticeShown = false;
        filter = new QueryFilter();
        effects.show(concat(modes.takeBack(), ascii(isPainted ? CLEAR : scrolledAway())));
        isPainted = true;
        pass(snapshot);
        if (isExited) exited("no process is running");
    }

    /**
     * What stood on the screen before goes into the terminal's scrollback, where it can be read
     * again.
     */
    private String scrolledAway() {
        return "\033[999;1H" + "\r\n".repeat(own.rows()) + CLEAR;
    }

    private void output(ByteString bytes) {
        if (showing == Showing.SESSION && fits() && !isStale) pass(bytes);
        else isStale = true;
    }

    private void pass(ByteString bytes) {
        byte[] shown = filter.filter(bytes.toArray(), 0, bytes.length());
        if (shown.length == 0) return;
        modes.feed(shown);
        effects.show(shown);
    }

    private boolean fits() {
        return own.equals(session);
    }

    private void windowChanged(TerminalSize size, long now) {
        if (size.equals(own)) return;
        own = size;
        if (!isReadOnly) effects.resize(size);
        compareSizes(now);
    }

    private void compareSizes(long now) {
        if (session == null) return;
        if (!fits()) {
            if (showing == Showing.SIZES) {
                showSizes();
            } else if (showing == Showing.SESSION) {
                showing = Showing.HELD;
                sizeDeadline = now + SIZE_GRACE.toNanos();
            }
            return;
        }
        sizeDeadline = NEVER;
        boolean wasPainted = showing == Showing.SIZES;
        boolean wasLeftOut = showing == Showing.HELD && isStale;
        showing = Showing.SESSION;
        if (wasPainted || wasLeftOut) repaint();
    }

    /** Asks for a snapshot; until it comes nothing is passed. */
    private void repaint() {
        isStale = true;
        attachment = effects.attachAgain();
    }

    private void showSizes() {
        showing = Showing.SIZES;
        isStale = true;
        String remedy = isReadOnly ? "make this terminal as large" : "waiting for the size";
        String text = "session is " + session + ", this terminal is " + own + ": " + remedy;
        effects.show(concat(modes.takeBack(), utf8(CLEAR + clipped(text))));
    }

    private void exited(String how) {
        isExited = true;
        isRespawning = false;
        if (showing != Showing.SESSION || isStale) return;
        String remedy = isReadOnly ? "" : " · Enter starts it again";
        notice(how + remedy + " · " + detachKey + " leaves");
    }

    private void alive() {
        isExited = false;
        isRespawning = false;
    }

    private static String describe(ServerMessage.Exit exit) {
        if (exit.signal() != null) return "ended by " + exit.signal();
        if (exit.exitCode() != null) return "exited with status " + exit.exitCode();
        return exit.reason() == ExitReason.LOST ? "lost with its server" : "ended";
    }

    /** A quiet line of its own below the session's last output. */
    private void notice(String text) {
        effects.show(
                concat(
                        modes.takeBack(),
                        utf8("\033[?25h\r\n\033[2m" + clipped(text) + "\033[0m\r\n")));
    }

    private void ended(ErrorCode code, String message) {
        String why = code == ErrorCode.NOT_FOUND ? "the session is gone" : tame(message);
        effects.finish(new AttachOutcome.Ended(why));
    }

    private void linkChanged(LinkState state, long now) {
        link = state;
        switch (state) {
            case LinkState.Connected _ -> {
                linkDeadline = NEVER;
                if (isLinkNoticeShown) repaint();
                isLinkNoticeShown = false;
            }
            case LinkState.Reconnecting _ -> {
                if (isLinkNoticeShown) showLink();
                else if (linkDeadline == NEVER) linkDeadline = now + LINK_GRACE.toNanos();
            }
            case LinkState.Connecting _, LinkState.Disconnected() -> {}
        }
    }

    /** On the last line, over whatever is there: the snapshot after the reconnect repairs it. */
    private void showLink() {
        if (!(link instanceof LinkState.Reconnecting lost)) {
            // Still connecting: say it when that failed too.
            isLinkNoticeShown = true;
            return;
        }
        isLinkNoticeShown = true;
        isStale = true;
        String text =
                clipped(
                        "reconnecting · "
                                + tame(lost.problem().message())
                                + " · "
                                + detachKey
                                + " leaves");
        effects.show(utf8("\0337\033[999;1H\033[0;2m\033[2K" + text + "\033[0m\0338"));
    }

    private void typed(ByteString bytes) {
        int end = detachKey.find(bytes);
        ByteString before = end < 0 ? bytes : bytes.slice(0, end);
        if (!before.isEmpty()) keys(before);
        if (end >= 0) effects.finish(new AttachOutcome.Detached());
    }

    private void keys(ByteString bytes) {
        if (isReadOnly || showing == Showing.SIZES) return;
        if (!isExited) {
            effects.type(bytes);
        } else if (!isRespawning && hasEnter(bytes)) {
            isRespawning = true;
            effects.respawn();
        }
    }

    private static boolean hasEnter(ByteString bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.at(i) == '\r' || bytes.at(i) == '\n') return true;
        }
        return false;
    }

    /** Cut to the width, so that a line stays a line. */
    private String clipped(String text) {
        String line = "wormhole: " + text;
        return line.length() < own.cols() ? line : line.substring(0, Math.max(0, own.cols() - 1));
    }

    /** Messages of others are shown, not obeyed. */
    private static String tame(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
