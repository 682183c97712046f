package dev.wormhole.client.cli;

import dev.wormhole.client.link.LinkException;
import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.local.LocalServer;

import java.util.Map;

/**
 * The server of a command that goes on over lost connections: once it was found, a local one that
 * was stopped in order stays stopped, and one that was killed is started again.
 *
 * <p>Safe from any thread.
 */
final class LastingTarget implements LinkTarget {

    private final LinkTarget first;
    private final LinkTarget again;
    private volatile boolean wasFound;

    private LastingTarget(LinkTarget first, LinkTarget again) {
        this.first = first;
        this.again = again;
    }

    static LinkTarget of(LinkTarget target, Map<String, String> environment) {
        return target instanceof LocalServer local
                ? new LastingTarget(
                        local,
                        new LocalServer(
                                local.dataDirectory(),
                                LocalServer.Start.AFTER_A_CRASH,
                                environment))
                : target;
    }

    @Override
    public String name() {
        return first.name();
    }

    @Override
    public Address resolve() throws LinkException {
        Address address = (wasFound ? again : first).resolve();
        wasFound = true;
        return address;
    }
}
