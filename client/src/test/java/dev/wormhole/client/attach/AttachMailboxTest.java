package dev.wormhole.client.attach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;

import org.junit.jupiter.api.Test;

class AttachMailboxTest {

    private final AttachMailbox mailbox = new AttachMailbox();

    @Test
    void outputThatNobodyTakesIsDroppedWholeAndSaidOnce() throws InterruptedException {
        var piece = ByteString.copyOf(new byte[1 << 20]);
        mailbox.put(new AttachEvent.Typed(ByteString.utf8("x")));
        for (int i = 0; i < 100; i++) mailbox.put(new AttachEvent.Output(0, piece));
        mailbox.put(new AttachEvent.Respawned(0));
        mailbox.put(new AttachEvent.Output(1, piece));

        assertThat(mailbox.poll(0)).isInstanceOf(AttachEvent.Typed.class);
        assertThat(mailbox.poll(0)).isEqualTo(new AttachEvent.Overflowed(0));
        assertThat(mailbox.poll(0)).isEqualTo(new AttachEvent.Respawned(0));
        assertThat(mailbox.poll(0)).isEqualTo(new AttachEvent.Output(1, piece));
        assertThat(mailbox.poll(0)).isNull();
    }
}
