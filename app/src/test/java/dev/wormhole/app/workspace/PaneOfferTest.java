package dev.wormhole.app.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a pane offers of a program that was lost, and until when. */
class PaneOfferTest {

    private final WorkspaceKit kit = new WorkspaceKit();
    private ScriptedServer.Attached attached;
    private PaneModel pane;

    @BeforeEach
    void onePane() {
        kit.running(1);
        attached = kit.server.attachment(1);
        pane = kit.pane(1);
    }

    @Test
    void anOfferIsAnsweredOnce() {
        attached.offers(1, "vim notes.txt");
        assertThat(pane.offerProperty().get()).isEqualTo("vim notes.txt");

        pane.answerOffer(true);
        pane.answerOffer(true);

        assertThat(attached.answers).containsExactly("run 1");
        assertThat(pane.offerProperty().get()).isEmpty();
        assertThat(attached.typed).isEmpty();
    }

    @Test
    void typingSomethingElseEndsItAndAReportOfTheMouseDoesNot() {
        attached.offers(1, "vim");

        kit.type(pane, "\033[<0;1;1M");
        assertThat(pane.offerProperty().get()).isEqualTo("vim");
        kit.type(pane, "l");

        assertThat(pane.offerProperty().get()).isEmpty();
        assertThat(attached.answers).isEmpty();
        assertThat(attached.typed).containsExactly("\033[<0;1;1M", "l");
    }

    @Test
    void itIsShownWhileTheProcessRunsThatItWasOfferedIn() {
        attached.exit(0);
        kit.type(pane, "\r");
        attached.offers(2, "vim");
        assertThat(pane.offerProperty().get()).isEmpty();

        attached.respawned(2);
        assertThat(pane.offerProperty().get()).isEqualTo("vim");

        attached.exit(0);
        assertThat(pane.offerProperty().get()).isEmpty();
        pane.answerOffer(true);
        assertThat(attached.answers).isEmpty();
    }

    @Test
    void theServerTakesItBackAndTellsItAnewAtEachConnection() {
        attached.offers(1, "vim");
        attached.offers(1, null);
        assertThat(pane.offerProperty().get()).isEmpty();

        attached.offers(1, "vim");
        kit.server.isLost();
        assertThat(pane.offerProperty().get()).isEmpty();
        attached.answer(false);
        assertThat(pane.offerProperty().get()).isEmpty();
    }
}
