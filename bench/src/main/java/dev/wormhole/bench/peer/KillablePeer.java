package dev.wormhole.bench.peer;

import java.io.IOException;

/** A program whose processes may be killed to see what is lost. Immutable. */
public interface KillablePeer extends Peer {

    @Override
    KillableHost start(Place place) throws IOException;
}
