package dev.wormhole.app.view;

/** What the window asks for that is not its own: dialogs, and the world outside. */
public interface WindowActions {

    /** Shows the hosts to connect to. */
    void showHosts();

    /** Shows the sessions of the server. */
    void showSessions();

    /** Shows the choice of colours and font. */
    void showAppearance();

    /** Opens a web address in the person's browser. */
    void openLink(String address);
}
