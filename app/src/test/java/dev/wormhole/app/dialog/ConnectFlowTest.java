package dev.wormhole.app.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.app.dialog.ConnectState.Field;
import dev.wormhole.client.link.LinkException;
import dev.wormhole.client.link.LinkProblem;
import dev.wormhole.client.preferences.SavedHost;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

class ConnectFlowTest {

    private final ScriptedHosts hosts = new ScriptedHosts();
    private final List<String> connected = new ArrayList<>();
    private final ConnectFlow flow =
            new ConnectFlow(hosts, Runnable::run, target -> connected.add(target.name()));

    @Test
    void aNewHostIsSavedAndConnectedOnlyAfterItsFingerprintWasAccepted() {
        flow.toNew("office", "wss://office:7681", "secret");
        assertThat(state()).isInstanceOf(ConnectState.Busy.class);

        hosts.looks.remove().complete(ScriptedHosts.ONE);
        assertThat(state()).isEqualTo(new ConnectState.Unknown("office", ScriptedHosts.ONE));
        assertThat(hosts.saved).isEmpty();
        assertThat(connected).isEmpty();

        flow.accept();
        assertThat(hosts.saved).containsExactly(ScriptedHosts.host("office", ScriptedHosts.ONE));
        assertThat(hosts.tokens).containsExactly("secret");
        assertThat(connected).containsExactly("office");
    }

    @Test
    void aFingerprintThatIsNotAcceptedLeavesNothingBehind() {
        flow.toNew("office", "wss://office:7681", "secret");
        hosts.looks.remove().complete(ScriptedHosts.ONE);

        flow.cancel();
        flow.accept();

        assertThat(hosts.saved).isEmpty();
        assertThat(connected).isEmpty();
    }

    @Test
    void aChangedCertificateIsALoudRefusalWithNoWayOn() {
        hosts.saved.add(ScriptedHosts.host("office", ScriptedHosts.ONE));

        flow.toSaved(hosts.saved.getFirst());
        hosts.looks.remove().complete(ScriptedHosts.OTHER);
        flow.accept();
        flow.anyway();

        assertThat(state())
                .isEqualTo(
                        new ConnectState.Changed(
                                "office", ScriptedHosts.ONE.text(), ScriptedHosts.OTHER));
        assertThat(connected).isEmpty();
        assertThat(hosts.saved.getFirst().fingerprint()).isEqualTo(ScriptedHosts.ONE.text());
    }

    @Test
    void aSavedHostThatShowsTheAcceptedKeyIsConnected() {
        hosts.saved.add(ScriptedHosts.host("office", ScriptedHosts.ONE));

        flow.toSaved(hosts.saved.getFirst());
        hosts.looks.remove().complete(ScriptedHosts.ONE);

        assertThat(connected).containsExactly("office");
    }

    @Test
    void aSavedHostThatNobodyAcceptedYetAsksFirst() {
        hosts.saved.add(new SavedHost("office", URI.create("wss://office:7681/"), null));

        flow.toSaved(hosts.saved.getFirst());
        hosts.looks.remove().complete(ScriptedHosts.ONE);
        assertThat(state()).isInstanceOf(ConnectState.Unknown.class);
        flow.accept();

        assertThat(hosts.saved).containsExactly(ScriptedHosts.host("office", ScriptedHosts.ONE));
        assertThat(connected).containsExactly("office");
    }

    @Test
    void anUnreachableHostChangesNothingUnlessThePersonWantsItAnyway() {
        hosts.saved.add(ScriptedHosts.host("office", ScriptedHosts.ONE));

        flow.toSaved(hosts.saved.getFirst());
        hosts.looks.remove().completeExceptionally(unreachable());
        assertThat(((ConnectState.Failed) state()).message()).isEqualTo("Nobody answers there.");
        assertThat(connected).isEmpty();

        flow.anyway();
        assertThat(connected).containsExactly("office");
    }

    @Test
    void anUnreachableNewHostCannotBeForced() {
        flow.toNew("office", "wss://office:7681", "secret");
        hosts.looks.remove().completeExceptionally(unreachable());

        flow.anyway();

        assertThat(connected).isEmpty();
        assertThat(hosts.saved).isEmpty();
    }

    @Test
    void anAnswerThatComesAfterCancelIsIgnored() {
        flow.toNew("office", "wss://office:7681", "secret");

        flow.cancel();
        hosts.looks.remove().complete(ScriptedHosts.ONE);

        assertThat(state()).isEqualTo(new ConnectState.Idle());
    }

    @Test
    void aServerOnThisMachineHasNoCertificateToLookAt() {
        flow.toNew("test", "ws://127.0.0.1:8080", "secret");

        assertThat(hosts.lookedAt).isEmpty();
        assertThat(connected).containsExactly("test");
    }

    @Test
    void aHostWithoutANameIsCalledByItsAddress() {
        flow.toNew(" ", "wss://box.example:7681", "secret");
        hosts.looks.remove().complete(ScriptedHosts.ONE);
        flow.accept();

        assertThat(connected).containsExactly("box.example");
    }

    @ParameterizedTest
    @CsvSource({
        "office, http://office, secret, ADDRESS",
        "office, ws://office:80, secret, ADDRESS",
        "office, '', secret, ADDRESS",
        "office, wss://office:7681, ' ', TOKEN",
        "local, wss://office:7681, secret, NAME",
        "taken, wss://office:7681, secret, NAME",
    })
    void aFormThatCannotWorkSaysWhichFieldIsWrong(
            String name, String address, String token, Field wrong) {
        hosts.saved.add(ScriptedHosts.host("taken", ScriptedHosts.ONE));

        flow.toNew(name, address, token);

        assertThat(((ConnectState.Failed) state()).field()).isEqualTo(wrong);
        assertThat(((ConnectState.Failed) state()).message()).isNotBlank();
        assertThat(hosts.lookedAt).isEmpty();
    }

    @Test
    void thisComputerIsAlwaysThere() {
        flow.toLocal();

        assertThat(connected).containsExactly("local");
    }

    private ConnectState state() {
        return flow.stateProperty().get();
    }

    private static LinkException unreachable() {
        return new LinkException(
                new LinkProblem(LinkProblem.Kind.UNREACHABLE, "nobody answers there"));
    }
}
