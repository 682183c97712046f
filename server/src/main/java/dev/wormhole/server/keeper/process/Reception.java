package dev.wormhole.server.keeper.process;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.server.keeper.wire.FromKeeper;
import dev.wormhole.server.keeper.wire.KeeperEndpoint;
import dev.wormhole.server.keeper.wire.KeeperEndpoint.Door;
import dev.wormhole.server.keeper.wire.KeeperEndpoint.LoopbackDoor;
import dev.wormhole.server.keeper.wire.KeeperEndpoint.UnixDoor;
import dev.wormhole.server.keeper.wire.Role;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.keeper.wire.Wire;
import dev.wormhole.server.keeper.wire.WireException;
import dev.wormhole.server.pty.Posix;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * Where connections come in: who may, and what each is about.
 *
 * <p>Owned by the loop.
 */
final class Reception implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Reception.class);

    /** Connections at a time: one a process, and more than anybody has of those. */
    private static final int MOST_CONNECTIONS = 8192;

    private static final int TOKEN_BYTES = 32;

    /** Before trying again when the system has no descriptor left. */
    private static final Duration FULL = Duration.ofSeconds(1);

    private final Loop loop;
    private final Processes all;
    private final long startedMillis = System.currentTimeMillis();
    private final Door door;
    private final int socket;
    private final Poller.Watch watch;

    /** Opens the door. */
    Reception(Loop loop, Processes all) throws IOException {
        this.loop = loop;
        this.all = all;
        Path path = loop.options().files().socket();
        boolean loopback =
                loop.options().loopback()
                        || path.toString().getBytes(StandardCharsets.UTF_8).length
                                > Sockets.MAX_PATH;
        socket = loopback ? Sockets.listen() : Sockets.listen(path);
        if (loopback) {
            byte[] token = new byte[TOKEN_BYTES];
            new SecureRandom().nextBytes(token);
            door = new LoopbackDoor(Sockets.port(socket), ByteString.copyOf(token));
        } else {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            door = new UnixDoor(path);
        }
        watch = loop.poller().watch(socket, _ -> accept());
        watch.want(Posix.POLLIN);
    }

    KeeperEndpoint endpoint() {
        return new KeeperEndpoint(
                loop.options().version(), Wire.PROTOCOL, ProcessHandle.current().pid(), door);
    }

    private void accept() {
        try {
            int accepted = Sockets.accept(socket);
            if (accepted >= 0) greet(accepted);
        } catch (IOException e) {
            log.warn("a connection was not accepted: {}", e.getMessage());
            watch.want(0);
            loop.timers().after(FULL, () -> watch.want(Posix.POLLIN));
        }
    }

    private void greet(int accepted) throws IOException {
        boolean welcome =
                loop.connections() < MOST_CONNECTIONS
                        && (door instanceof LoopbackDoor || Sockets.isOurs(accepted));
        if (!welcome) {
            log.warn("a connection was turned away");
            Posix.close(accepted);
            return;
        }
        Connection connection = loop.connect(accepted);
        Timers.Timer impatience =
                loop.timers()
                        .after(
                                loop.options().pauses().hello(),
                                () -> connection.fail("said nothing"));
        connection.become(
                new Peer() {
                    @Override
                    public void heard(ToKeeper message) throws WireException {
                        if (!(message instanceof ToKeeper.Hello hello))
                            throw new WireException("the first message is HELLO");
                        impatience.cancel();
                        heardHello(connection, hello);
                    }

                    @Override
                    public void gone() {
                        impatience.cancel();
                    }
                });
    }

    private void heardHello(Connection connection, ToKeeper.Hello hello) throws WireException {
        if (door instanceof LoopbackDoor known
                && !MessageDigest.isEqual(known.token().toArray(), hello.token().toArray()))
            throw new WireException("a wrong token");
        if (hello.protocol() != Wire.PROTOCOL) {
            connection.refuse("this keeper speaks protocol " + Wire.PROTOCOL);
            return;
        }
        connection.send(
                new FromKeeper.Welcome(
                        Wire.PROTOCOL,
                        loop.options().version(),
                        ProcessHandle.current().pid(),
                        startedMillis));
        if (hello.role() == Role.CONTROL) {
            log.info("server of version {} connected", hello.version());
            new ControlPeer(connection, all).open();
        } else {
            connection.become(message -> open(connection, message));
        }
    }

    private void open(Connection connection, ToKeeper message) throws WireException {
        if (!(message instanceof ToKeeper.Open open))
            throw new WireException("the second message is OPEN");
        KeptProcess process = all.find(open.key()).orElse(null);
        if (process == null) connection.refuse("no such process");
        else if (open.from() > process.output().end())
            connection.refuse("the output ends at " + process.output().end());
        else new ProcessPeer(connection, all, process, open, loop.io().spilledScratch()).open();
    }

    @Override
    public void close() {
        watch.stop();
        Posix.close(socket);
    }
}
