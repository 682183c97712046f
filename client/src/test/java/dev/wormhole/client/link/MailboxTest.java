package dev.wormhole.client.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.Frame;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;

class MailboxTest {

    private static final ByteString MEBIBYTE = ByteString.copyOf(new byte[1 << 20]);

    private final Mailbox mailbox = new Mailbox();

    private static Mail.Arrived frame() {
        return new Mail.Arrived(1, new Frame.Data(0, MEBIBYTE));
    }

    private Thread reader(int frames) {
        return Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                for (int i = 0; i < frames; i++) mailbox.arrived(frame());
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    @Test
    void aFullMailboxHoldsTheReadingThreadUntilThereIsRoom() throws Exception {
        Thread reader = reader(9);
        await().until(() -> reader.getState() == Thread.State.WAITING);

        mailbox.take();

        reader.join();
        for (int i = 0; i < 8; i++) assertThat(mailbox.take()).isEqualTo(frame());
        assertThat(mailbox.isEmpty()).isTrue();
    }

    @Test
    void aCloseLetsTheReadingThreadGo() throws Exception {
        Thread reader = reader(9);
        await().until(() -> reader.getState() == Thread.State.WAITING);

        mailbox.close();

        reader.join();
    }

    @Test
    void callsAreRefusedAndNeverHeldWhenTooManyWait() {
        for (int i = 0; i < Mailbox.COMMANDS; i++) {
            assertThat(mailbox.command(new Mail.ListSessions(new CompletableFuture<>()))).isTrue();
        }

        assertThat(mailbox.command(new Mail.ListSessions(new CompletableFuture<>()))).isFalse();
        mailbox.signal(new Mail.RetryNow());
    }
}
