package dev.wormhole.server.keeper.link;

import dev.wormhole.server.pty.ClientKey;

/** What other threads ask {@code keeper-io} to do, and what it has put off. */
sealed interface IoTask {

    /** The keeper's control connection is to be made, or made again. */
    record ConnectControl(ControlLink link) implements IoTask {}

    /** The process's connection is to be made, or made again. */
    record ConnectProcess(ProcessLink link) implements IoTask {}

    /** The listener has handled enough for reading to go on. */
    record Resume(ProcessLink link) implements IoTask {}

    /** The listener is to hear how far this client's input has come. */
    record TellAccepted(ProcessLink link, ClientKey client, long count) implements IoTask {}

    /** Nobody wants to hear of the process any more. */
    record Leave(ProcessLink link) implements IoTask {}

    /** The keeper is not needed any more. */
    record Retire(ControlLink link) implements IoTask {}

    /** All connections are to be closed and the thread is to end. */
    record Stop() implements IoTask {}
}
