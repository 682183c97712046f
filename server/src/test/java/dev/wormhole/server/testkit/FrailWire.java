package dev.wormhole.server.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A port that leads to a server's on this machine until it is cut; what was under way is lost. The
 * next connection is whole again. In the handshake the server is called by its own port.
 *
 * <p>Safe from any thread.
 */
public final class FrailWire implements AutoCloseable {

    private final ServerSocket door;
    private final int target;

    // Guarded by this.
    private final List<Socket> sockets = new ArrayList<>();

    public FrailWire(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("frail-wire").start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    public synchronized void cut() {
        for (Socket socket : sockets) shut(socket);
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                synchronized (this) {
                    sockets.add(near);
                    sockets.add(far);
                }
                greet(near, far);
                carry(near, far);
                carry(far, near);
            } catch (IOException e) {
                // Closed, or the server is: whoever connects sees the end.
            }
        }
    }

    private void greet(Socket from, Socket to) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = from.getInputStream().read();
            if (next < 0) throw new IOException("the client left");
            head.append((char) next);
        }
        String renamed = head.toString().replace(":" + port() + "\r\n", ":" + target + "\r\n");
        to.getOutputStream().write(renamed.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void carry(Socket from, Socket to) {
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try (InputStream in = from.getInputStream();
                                    OutputStream out = to.getOutputStream()) {
                                in.transferTo(out);
                            } catch (IOException e) {
                                // It was cut.
                            }
                            shut(from);
                            shut(to);
                        });
    }

    private static void shut(Socket socket) {
        try {
            // So that the rest is lost and not delivered in peace.
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }
}
