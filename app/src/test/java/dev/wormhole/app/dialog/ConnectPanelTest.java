package dev.wormhole.app.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.app.fx.FxThread;
import dev.wormhole.client.link.LinkException;
import dev.wormhole.client.link.LinkProblem;

import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.util.ArrayList;
import java.util.List;

@ExtendWith(ApplicationExtension.class)
class ConnectPanelTest {

    private final ScriptedHosts hosts = new ScriptedHosts();
    private final List<String> connected = new ArrayList<>();
    private PanelStage stage;

    @Start
    void start(Stage window) {
        hosts.saved.add(ScriptedHosts.host("office", ScriptedHosts.ONE));
        stage = new PanelStage(window);
        stage.layer.show(
                new ConnectPanel(
                        hosts, "local", FxThread::run, target -> connected.add(target.name())));
    }

    @Test
    void aNewHostIsConnectedAfterItsFingerprintWasAccepted(FxRobot robot) {
        robot.write("wss://box:7681/").type(KeyCode.TAB).write("secret").type(KeyCode.ENTER);
        assertThat(robot.lookup("#connect-progress").tryQuery()).isPresent();

        robot.interact(() -> hosts.looks.remove().complete(ScriptedHosts.ONE));
        assertThat(robot.lookup(ScriptedHosts.ONE.text()).tryQuery()).isPresent();
        assertThat(connected).isEmpty();
        robot.clickOn("#fingerprint-accept");

        assertThat(connected).containsExactly("box");
        assertThat(hosts.tokens).containsExactly("secret");
        assertThat(stage.layer.isShowing()).isFalse();
    }

    @Test
    void anUnreachableHostKeepsTheWindowAliveAndCanBeCancelled(FxRobot robot) {
        robot.clickOn("#connect-office");
        assertThat(robot.lookup("#connect-progress").tryQuery()).isPresent();

        robot.clickOn("#connect-cancel");
        robot.interact(() -> hosts.looks.remove().completeExceptionally(unreachable()));

        assertThat(robot.lookup("#connect-error").tryQuery()).isEmpty();
        assertThat(stage.layer.isShowing()).isTrue();
    }

    @Test
    void aFailureIsSaidInThePanelAndTheHostCanBeTriedAnyway(FxRobot robot) {
        robot.clickOn("#connect-office");
        robot.interact(() -> hosts.looks.remove().completeExceptionally(unreachable()));

        assertThat(words(robot, "#connect-error")).isEqualTo("Nobody answers there.");
        robot.clickOn("#connect-anyway");

        assertThat(connected).containsExactly("office");
    }

    @Test
    void aChangedCertificateIsRefusedLoudly(FxRobot robot) {
        robot.clickOn("#connect-office");
        robot.interact(() -> hosts.looks.remove().complete(ScriptedHosts.OTHER));

        assertThat(words(robot, "#certificate-changed")).contains("office has changed");
        assertThat(robot.lookup("#fingerprint-accept").tryQuery()).isEmpty();
        assertThat(robot.lookup("#connect-anyway").tryQuery()).isEmpty();
        assertThat(connected).isEmpty();
    }

    @Test
    void aWrongAddressIsSaidBesideTheForm(FxRobot robot) {
        robot.write("http://box").type(KeyCode.ENTER);

        assertThat(words(robot, "#connect-error")).contains("wss://");
        assertThat(robot.lookup("#host-address").query().isFocused()).isTrue();
    }

    @Test
    void aHostIsRemovedAfterAQuestion(FxRobot robot) {
        robot.clickOn("#remove-office");
        assertThat(hosts.saved).hasSize(1);

        robot.clickOn("#really-remove-office");

        assertThat(hosts.saved).isEmpty();
        assertThat(robot.lookup("#connect-office").tryQuery()).isEmpty();
    }

    @Test
    void escapeCancelsWhatIsUnderWayThenClosesThePanel(FxRobot robot) {
        robot.clickOn("#connect-office");

        robot.type(KeyCode.ESCAPE);
        assertThat(robot.lookup("#connect-progress").tryQuery()).isEmpty();
        assertThat(stage.layer.isShowing()).isTrue();
        robot.type(KeyCode.ESCAPE);

        assertThat(stage.layer.isShowing()).isFalse();
    }

    @Test
    void thisComputerIsOneClickAway(FxRobot robot) {
        robot.clickOn("#connect-local");

        assertThat(connected).containsExactly("local");
    }

    private static String words(FxRobot robot, String id) {
        return robot.lookup(id).queryAs(Labeled.class).getText();
    }

    private static LinkException unreachable() {
        return new LinkException(
                new LinkProblem(LinkProblem.Kind.UNREACHABLE, "nobody answers there"));
    }
}
