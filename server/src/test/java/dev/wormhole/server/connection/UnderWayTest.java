package dev.wormhole.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnderWayTest {

    private long now;
    private final DeliveryWindow window = new DeliveryWindow(() -> now);
    private final UnderWay underWay = new UnderWay(window, 255);

    @Test
    void withoutAcknowledgementsWhatTheSocketTookHasArrived() {
        underWay.data(0, 1000, 1005, 1000, 0);
        underWay.control(50);
        underWay.data(1, 10, 13, 10, 0);
        assertThat(underWay.handedBytes()).isEqualTo(1068);
        assertThat(window.inFlight()).isEqualTo(1010);

        underWay.taken(1004);
        assertThat(window.inFlight()).isEqualTo(1010);
        underWay.taken(1);
        assertThat(window.inFlight()).isEqualTo(10);
        assertThat(underWay.isQuiet(0)).isTrue();
        assertThat(underWay.isQuiet(1)).isFalse();

        underWay.taken(63);
        assertThat(underWay.handedBytes()).isZero();
        assertThat(window.inFlight()).isZero();
    }

    @Test
    void bytesOfTheLibrarysOwnFramesAreNotOwedToAnybody() {
        underWay.taken(500);
        underWay.data(0, 100, 103, 100, 0);

        assertThat(underWay.handedBytes()).isEqualTo(103);
        assertThat(window.inFlight()).isEqualTo(100);
    }

    @Test
    void withThemOnlyTheClientSaysWhatArrived() {
        underWay.acknowledges();
        underWay.data(0, 100, 103, 100, 0);
        underWay.data(0, 100, 103, 200, 0);
        underWay.data(1, 7, 10, 7, 0);
        underWay.taken(1000);
        assertThat(window.inFlight()).isEqualTo(207);

        underWay.acknowledged(0, 199, null);
        assertThat(window.inFlight()).isEqualTo(107);
        underWay.acknowledged(0, 0, 200L);
        assertThat(window.inFlight()).isEqualTo(7);
        assertThat(underWay.isQuiet(0)).isTrue();
        assertThat(underWay.isQuiet(1)).isFalse();
    }

    @Test
    void aCountAcknowledgesPartsOfASnapshotToo() {
        underWay.acknowledges();
        underWay.data(0, 10, 13, 10, 0);
        underWay.acknowledged(0, 10, 10L);
        underWay.data(0, 100, 103, -1, 0);
        underWay.data(0, 100, 103, -1, 0);
        underWay.data(0, 50, 53, 10, 0);

        underWay.acknowledged(0, 10, 110L);
        assertThat(window.inFlight()).isEqualTo(150);
        underWay.acknowledged(0, 10, 260L);
        assertThat(window.inFlight()).isZero();
    }

    @Test
    void withoutACountTheInsideOfASnapshotArrivesWithTheSocket() {
        underWay.acknowledges();
        underWay.data(0, 100, 103, -1, 0);
        underWay.data(0, 50, 53, 10, 0);

        underWay.taken(103);
        assertThat(window.inFlight()).isEqualTo(50);
        underWay.acknowledged(0, 10, null);
        assertThat(window.inFlight()).isZero();
    }

    @Test
    void whatAChannelThatWasLetGoNeverAcknowledgesIsForgotten() {
        underWay.acknowledges();
        underWay.data(0, 100, 103, 100, 0);
        underWay.letGo(0);
        assertThat(window.inFlight()).isZero();

        // The next one on the number counts on.
        underWay.data(0, 10, 13, 5, 0);
        underWay.acknowledged(0, 5, 100L);
        assertThat(window.inFlight()).isEqualTo(10);
        underWay.acknowledged(0, 5, 110L);
        assertThat(window.inFlight()).isZero();
    }

    @Test
    void wildAcknowledgementsDoNoHarm() {
        underWay.acknowledges();
        underWay.acknowledged(254, Long.MAX_VALUE, null);
        underWay.acknowledged(3, 0, Long.MAX_VALUE);
        underWay.data(3, 10, 13, 10, 0);
        underWay.acknowledged(3, 0, Long.MAX_VALUE);
        underWay.acknowledged(3, 0, 0L);

        assertThat(window.inFlight()).isZero();
    }
}
