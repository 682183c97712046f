package dev.wormhole.server.session;

/** What a session needs from somebody who watches. Called on the session thread; must not block. */
public interface Viewer {

    /** The rate of a viewer that was never seen at its limit. */
    long UNKNOWN_RATE = Long.MAX_VALUE;

    /** Takes the next update. */
    void deliver(ViewerUpdate update);

    /**
     * Bytes of output that may be delivered now. 0: not now; {@link SessionHandle#ready} will be
     * called when there is room. A snapshot may be delivered whole when there is room at all.
     */
    int room();

    /** After {@link SessionHandle#ready}: there is nothing to deliver. */
    void pass();

    /** Bytes a second that reach the viewer, or {@link #UNKNOWN_RATE}. */
    long rate();

    /** Whether everything that was delivered has arrived. */
    boolean hasEverything();
}
