package dev.wormhole.bench.peer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Nothing between program and viewer but a pseudo-terminal: the physical limit. */
public final class RawTerminal implements Peer {

    @Override
    public String name() {
        return "raw";
    }

    @Override
    public boolean keepsScreen() {
        return false;
    }

    @Override
    public boolean isMultiplexer() {
        return false;
    }

    @Override
    public Optional<String> absence() {
        return Optional.empty();
    }

    @Override
    public String version() {
        return "a bare PTY reader";
    }

    @Override
    public Host start(Place place) {
        return new Host(place) {

            private final List<Seat> seats = new ArrayList<>();

            @Override
            void create(Session session) {}

            // The viewer is the parent: there is no server.
            @Override
            public Set<Long> servers() {
                return Set.of();
            }

            @Override
            List<Seat> attachAll(List<Session> sessions, Pace pace) throws IOException {
                var attached = new ArrayList<Seat>();
                for (Session session : sessions) {
                    List<String> command = List.of("/bin/sh", session.script().toString());
                    attached.add(new PtySeat(command, place, pace));
                }
                seats.addAll(attached);
                return attached;
            }

            @Override
            public void close() {
                seats.forEach(Seat::close);
            }
        };
    }
}
