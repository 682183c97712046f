package dev.wormhole.app.view;

/** Remembers which recovery reports a person has put away. On the FX thread. */
public interface SeenReports {

    /**
     * @param at of the report: when the server of this host started
     */
    boolean isSeen(String host, long at);

    void seen(String host, long at);
}
