package dev.wormhole.client.link;

import dev.wormhole.protocol.Frame;

/**
 * One WebSocket, used for one attempt and never again. Safe from any thread; no call blocks.
 *
 * <p>The events come from the library's threads, {@link Events#closed} once and last, even for an
 * attempt that never opened.
 */
interface Transport {

    /** Sends a frame behind those before it; dropped when the connection is no longer open. */
    void send(Frame frame);

    /** Sends what was handed over, says goodbye and closes; a dead network is not waited for. */
    void close();

    /** What a transport reports. */
    interface Events {

        void opened();

        /** May block: the socket is not read meanwhile. */
        void received(Frame frame);

        void closed(LinkProblem problem);
    }

    /** Starts an attempt and returns at once; the outcome is an event. */
    interface Connector {
        Transport open(LinkTarget.Address address, Events events);
    }
}
