package dev.wormhole.bench.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** tmux: a server that keeps the screens, and draws them for each client. Immutable. */
public final class Tmux implements KillablePeer {

    @Override
    public String name() {
        return "tmux";
    }

    @Override
    public boolean keepsScreen() {
        return true;
    }

    @Override
    public Optional<String> absence() {
        return Commands.isInstalled("tmux")
                ? Optional.empty()
                : Optional.of("tmux is not installed (Debian: apt-get install tmux)");
    }

    @Override
    public String version() {
        return Commands.version("tmux", "-V");
    }

    @Override
    public KillableHost start(Place place) throws IOException {
        // The status line would be output that nobody asked for.
        Files.writeString(
                place.directory().resolve("tmux.conf"),
                """
                set -g status off
                set -s escape-time 0
                set -g history-limit %d
                """
                        .formatted(place.historyLines()));
        return new TmuxHost(place);
    }

    private static final class TmuxHost extends KillableHost {

        private final List<Seat> seats = new ArrayList<>();

        TmuxHost(Place place) {
            super(place);
        }

        private List<String> tmux(String... words) {
            var command = new ArrayList<>(List.of("tmux", "-S", file("tmux.sock").toString()));
            command.addAll(List.of("-f", file("tmux.conf").toString()));
            command.addAll(List.of(words));
            return command;
        }

        @Override
        void create(Session session) throws IOException {
            List<String> command =
                    tmux(
                            "new-session",
                            "-d",
                            "-s",
                            session.name(),
                            "-x",
                            String.valueOf(Place.COLUMNS),
                            "-y",
                            String.valueOf(Place.ROWS),
                            "/bin/sh",
                            session.script().toString());
            Commands.output(command, place().environment(), place().directory());
        }

        @Override
        List<Seat> attachAll(List<Session> sessions, Pace pace) throws IOException {
            var attached = new ArrayList<Seat>();
            for (Session session : sessions) {
                attached.add(
                        new PtySeat(tmux("attach-session", "-t", session.name()), place(), pace));
            }
            seats.addAll(attached);
            return attached;
        }

        @Override
        List<Long> victims(Extent extent) throws IOException {
            return List.copyOf(knownServers());
        }

        /** A server starts with the next session: there is nothing that it could restore. */
        @Override
        public boolean comeBack() {
            seats.forEach(Seat::close);
            seats.clear();
            return false;
        }

        /** With the program's own means and nothing else: no plugin writes less. */
        @Override
        public void save() throws IOException {
            for (Session session : sessions()) {
                String text =
                        Commands.output(
                                tmux("capture-pane", "-p", "-S", "-", "-t", session.name()),
                                place().environment(),
                                place().directory());
                Files.writeString(saved(session), text);
            }
        }

        @Override
        public void restore() throws IOException {
            comeBack();
            for (Session session : sessions()) {
                Path saved = saved(session);
                if (!Files.exists(saved)) throw new IOException("nothing was saved");
                Commands.output(
                        tmux(
                                "new-session",
                                "-d",
                                "-s",
                                session.name(),
                                "-x",
                                String.valueOf(Place.COLUMNS),
                                "-y",
                                String.valueOf(Place.ROWS),
                                "echo $PPID >%s; cat %s; tmux wait-for -S %s; exec cat"
                                        .formatted(session.parent(), saved, session.name())),
                        place().environment(),
                        place().directory());
            }
            for (Session session : sessions())
                Commands.output(
                        tmux("wait-for", session.name()),
                        place().environment(),
                        place().directory());
        }

        private Path saved(Session session) {
            return file(session.name() + ".saved");
        }

        @Override
        public Seat view(Session session, Consumer<ByteBuffer> ear) throws IOException {
            var seat =
                    new PtySeat(
                            tmux("attach-session", "-t", session.name()),
                            place(),
                            Pace.UNLIMITED,
                            ear);
            seats.add(seat);
            return seat;
        }

        @Override
        public List<String> text(Session session) throws IOException {
            if (knownServers().stream().noneMatch(pid -> ProcessHandle.of(pid).isPresent())) {
                return List.of();
            }
            List<String> sessions =
                    Commands.output(
                                    tmux("list-sessions", "-F", "#{session_name}"),
                                    place().environment(),
                                    place().directory())
                            .lines()
                            .toList();
            if (!sessions.contains(session.name())) return List.of();
            return Commands.output(
                            tmux("capture-pane", "-p", "-S", "-", "-t", session.name()),
                            place().environment(),
                            place().directory())
                    .lines()
                    .toList();
        }

        /** From the exec of the client; the terminal it draws on is there already. */
        @Override
        public Arrival arrive(Session session, String shown) throws IOException {
            var seat =
                    new PtySeat(
                            afterLine(tmux("attach-session", "-t", session.name())),
                            place(),
                            Pace.UNLIMITED);
            long screen;
            try (seat) {
                Watch here = seat.expect("here");
                here.await(PATIENCE);
                Watch watch = seat.expect(shown);
                long start = System.nanoTime();
                seat.type("\r");
                screen = watch.await(PATIENCE) - start;
            } catch (TimeoutException e) {
                throw new IOException("the screen never came", e);
            }
            return new Arrival(screen, capture(session));
        }

        /** Into a file: nobody who reads slowly is to be measured. */
        private long capture(Session session) throws IOException {
            Path lines = file(session.name() + ".lines");
            List<String> command =
                    afterLine(tmux("capture-pane", "-p", "-S", "-", "-t", session.name()));
            var builder = new ProcessBuilder(command);
            builder.environment().clear();
            builder.environment().putAll(place().environment());
            Process process = builder.redirectOutput(lines.toFile()).start();
            try (var out = process.getOutputStream()) {
                Pace.rest(Duration.ofMillis(50));
                long start = System.nanoTime();
                out.write('\n');
                out.flush();
                if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                    throw new IOException("capture-pane does not end");
                }
                long time = System.nanoTime() - start;
                int status = process.exitValue();
                long count;
                try (var text = Files.lines(lines)) {
                    count = text.count();
                }
                if (status != 0 || count < place().historyLines()) {
                    throw new IOException("only " + count + " lines came");
                }
                return time;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        private static List<String> afterLine(List<String> command) {
            var words = new ArrayList<>(List.of("/bin/sh", "-c"));
            words.add("echo here; read line; exec \"$@\"");
            words.add("sh");
            words.addAll(command);
            return words;
        }

        @Override
        public void close() {
            seats.forEach(Seat::close);
            try {
                Commands.output(tmux("kill-server"), place().environment(), place().directory());
            } catch (IOException e) {
                // It ends by itself with its last session.
                killServers();
            }
        }
    }
}
