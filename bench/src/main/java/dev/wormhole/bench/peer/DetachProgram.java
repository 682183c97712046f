package dev.wormhole.bench.peer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * dtach and abduco: one process a session that passes bytes through and keeps nothing. Immutable.
 *
 * @param create the words that make a session without attaching, before those of its command
 * @param attach the words that attach to it
 */
public record DetachProgram(
        String name,
        String versionOption,
        Function<String, List<String>> create,
        Function<String, List<String>> attach)
        implements Peer {

    /** By default dtach types ^L at each attach, which the scripts would take for a word. */
    public static final DetachProgram DTACH =
            new DetachProgram(
                    "dtach",
                    "--version",
                    name -> List.of("dtach", "-n", name, "-E", "-z", "-r", "none"),
                    name -> List.of("dtach", "-a", name, "-E", "-z", "-r", "none"));

    public static final DetachProgram ABDUCO =
            new DetachProgram(
                    "abduco",
                    "-v",
                    name -> List.of("abduco", "-n", name),
                    name -> List.of("abduco", "-a", name));

    @Override
    public boolean keepsScreen() {
        return false;
    }

    @Override
    public Optional<String> absence() {
        return Commands.isInstalled(name)
                ? Optional.empty()
                : Optional.of(name + " is not installed");
    }

    @Override
    public String version() {
        return Commands.version(name, versionOption);
    }

    @Override
    public Host start(Place place) {
        return new DetachHost(place);
    }

    private final class DetachHost extends Host {

        private final List<Seat> seats = new ArrayList<>();

        DetachHost(Place place) {
            super(place);
        }

        @Override
        void create(Session session) throws IOException {
            var command = new ArrayList<>(create.apply(session.name()));
            command.addAll(List.of("/bin/sh", session.script().toString()));
            Commands.output(command, place().environment(), place().directory());
        }

        @Override
        List<Seat> attachAll(List<Session> sessions, Pace pace) throws IOException {
            var attached = new ArrayList<Seat>();
            for (Session session : sessions) {
                attached.add(new PtySeat(attach.apply(session.name()), place(), pace));
            }
            seats.addAll(attached);
            return attached;
        }

        @Override
        public void close() {
            seats.forEach(Seat::close);
            killServers();
        }
    }
}
