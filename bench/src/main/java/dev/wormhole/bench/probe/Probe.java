package dev.wormhole.bench.probe;

import dev.wormhole.bench.peer.Host;
import dev.wormhole.bench.peer.Peer;

/** One thing to measure of programs that keep sessions. Immutable. */
public interface Probe extends Row<Peer, Host> {}
