package dev.wormhole.app.view;

import dev.wormhole.protocol.ServerMessage;

/** What the window asks for that is not its own: dialogs, and the world outside. */
public interface WindowActions {

    /** Shows the hosts to connect to. */
    void showHosts();

    /** Shows the sessions of the server. */
    void showSessions();

    /** Asks for a command to run as a task. */
    void showRunTask();

    /** Shows the tasks of the server. */
    void showTasks();

    /** Shows the choice of colours and font. */
    void showAppearance();

    /** Shows at length what the server's start brought back. */
    void showRecovery(ServerMessage.Recovery report);

    /** Which reports need not be shown any more. */
    SeenReports reports();

    /** Opens a web address in the person's browser. */
    void openLink(String address);
}
