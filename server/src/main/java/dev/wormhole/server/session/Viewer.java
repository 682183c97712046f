package dev.wormhole.server.session;

/** What a session needs from somebody who watches. Called on the session thread; must not block. */
public interface Viewer {

    /**
     * Takes the next update. Bytes of {@link ViewerUpdate.Output} count against the viewer's credit
     * until it gives the credit back with {@link SessionHandle#credit}; a snapshot does too, as far
     * as there is credit.
     */
    void deliver(ViewerUpdate update);
}
