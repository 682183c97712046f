package dev.wormhole.app.terminal;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** A real program on a PTY for demonstrations, without any server between. */
public final class ShellPty {

    private final PtyProcess process;

    public ShellPty(TerminalSize size, Map<String, String> more, String... command) {
        try {
            var env = new HashMap<>(System.getenv());
            env.put("TERM", "xterm-256color");
            env.put("COLORTERM", "truecolor");
            env.putAll(more);
            process =
                    new PtyProcessBuilder(command)
                            .setEnvironment(env)
                            .setInitialColumns(size.cols())
                            .setInitialRows(size.rows())
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Passes the program's output on until it ends, then its exit code. */
    public void pump(Consumer<ByteString> output, IntConsumer ended) {
        Thread.ofPlatform().daemon().name("demo-read").start(() -> read(output, ended));
    }

    private void read(Consumer<ByteString> output, IntConsumer ended) {
        byte[] buffer = new byte[16384];
        try (InputStream in = process.getInputStream()) {
            int count;
            while ((count = in.read(buffer)) > 0) {
                output.accept(ByteString.copyOf(buffer, 0, count));
            }
        } catch (IOException e) {
            // The program ended.
        }
        try {
            ended.accept(process.waitFor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public long pid() {
        return process.pid();
    }

    public void end() {
        process.destroy();
    }

    public void type(ByteString bytes) {
        try {
            process.getOutputStream().write(bytes.toArray());
            process.getOutputStream().flush();
        } catch (IOException e) {
            // The program ended.
        }
    }

    public void resize(TerminalSize size) {
        if (process.isAlive()) process.setWinSize(new WinSize(size.cols(), size.rows()));
    }
}
