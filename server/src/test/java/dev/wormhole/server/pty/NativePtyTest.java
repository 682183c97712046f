package dev.wormhole.server.pty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.thread.ServerThreads;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** What is left of a process on a real pseudo-terminal when it has ended: nothing. */
@Timeout(120)
class NativePtyTest {

    private static final String LABEL = "leak";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ByteString MEBIBYTES =
            ByteString.copyOf("x".repeat(4 << 20).getBytes(StandardCharsets.US_ASCII));

    private final NativePtyFactory factory = new NativePtyFactory(new ServerThreads());

    @BeforeEach
    void loadTheLibrary() throws Exception {
        // The first spawn of a JVM opens descriptors that stay.
        var heard = new Heard();
        spawn(shell("exit 0"), heard);
        heard.ended.await();
        awaitNothingLeft(Short.MAX_VALUE);
    }

    @Test
    void aProgramThatDoesNotReadLeavesNeitherThreadNorDescriptorNorProcess() throws Exception {
        int before = descriptors();

        // Whether a writer sleeps in the kernel just when the program ends is chance.
        for (int round = 0; round < 10; round++) {
            var heard = new Heard();
            Pty pty = spawn(shell("stty raw -echo; head -c 20000; exec sleep 1000"), heard);
            assertThat(pty.write(MEBIBYTES)).isTrue();
            heard.await("x".repeat(20_000));
            pty.hangUp();
            heard.ended.await();

            assertThat(ProcessHandle.of(pty.pid())).isEmpty();
        }

        awaitNothingLeft(before);
    }

    @Test
    void aJobThatGoesOnHoldingTheTerminalKeepsNothingOfOurs() throws Exception {
        int before = descriptors();
        var heard = new Heard();
        Pty pty =
                spawn(
                        shell(
                                "stty raw -echo; trap '' HUP; sleep 1000 & trap - HUP;"
                                        + " echo \"job=$!;\"; exec sleep 1000"),
                        heard);
        heard.await(";");
        long job = Long.parseLong(heard.text().replaceAll("(?s).*job=(\\d+);.*", "$1"));
        try {
            assertThat(pty.write(MEBIBYTES)).isTrue();
            pty.hangUp();
            heard.ended.await();

            awaitNothingLeft(before);
            assertThat(ProcessHandle.of(job)).isPresent();
        } finally {
            ProcessHandle.of(job).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void aProgramThatReadsGetsEveryByteOfALargeInput() throws Exception {
        var heard = new Heard();
        Pty pty =
                spawn(shell("stty raw -echo; echo go; head -c 1048576 | cksum; echo done"), heard);
        heard.await("go");
        byte[] input = new byte[1 << 20];
        new Random(1).nextBytes(input);

        assertThat(pty.write(ByteString.copyOf(input))).isTrue();
        heard.ended.await();

        assertThat(heard.text()).contains(cksum(input) + " 1048576").contains("done");
    }

    private Pty spawn(ProcessSpec spec, Heard heard) throws Exception {
        var key = new ProcessKey(SessionId.random(), 1);
        heard.pty = factory.spawn(key, 0, 0, spec, LABEL, "", heard);
        return heard.pty.get();
    }

    /** As POSIX defines it for cksum(1). */
    private static long cksum(byte[] bytes) {
        int crc = 0;
        for (byte next : bytes) crc = cksum(crc, next);
        for (int length = bytes.length; length != 0; length >>>= 8) crc = cksum(crc, length);
        return Integer.toUnsignedLong(~crc);
    }

    private static int cksum(int crc, int next) {
        int result = crc ^ (next << 24);
        for (int bit = 0; bit < 8; bit++) {
            result = result < 0 ? (result << 1) ^ 0x04C11DB7 : result << 1;
        }
        return result;
    }

    private static ProcessSpec shell(String script) {
        return new ProcessSpec(
                List.of("/bin/sh", "-c", script),
                Path.of("/"),
                Map.of("PATH", "/usr/bin:/bin", "TERM", "dumb"),
                new TerminalSize(80, 24));
    }

    /** A terminal that was not closed is three descriptors. */
    private static void awaitNothingLeft(int descriptorsBefore) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(threads()).isEmpty());
        await().atMost(PATIENCE).until(() -> descriptors() < descriptorsBefore + 3);
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("pty-") && name.endsWith(LABEL))
                .toList();
    }

    private static int descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return (int) open.count();
        }
    }

    private static final class Heard implements PtyListener {

        final CountDownLatch ended = new CountDownLatch(1);
        private final StringBuilder text = new StringBuilder();
        volatile CompletableFuture<Pty> pty = new CompletableFuture<>();

        @Override
        public synchronized void output(long offset, ByteString bytes) {
            assertThat(offset).isEqualTo(text.length());
            text.append(new String(bytes.toArray(), StandardCharsets.ISO_8859_1));
            pty.thenAccept(process -> process.handled(bytes.length()));
        }

        @Override
        public void resized(long event, TerminalSize size) {}

        @Override
        public void accepted(ClientKey client, long count) {}

        @Override
        public void ended(@Nullable Integer exitCode, @Nullable String signal, long endedAt) {
            ended.countDown();
        }

        @Override
        public void lost() {}

        synchronized String text() {
            return text.toString();
        }

        void await(String part) {
            Awaitility.await().atMost(PATIENCE).until(() -> text().contains(part));
        }
    }
}
