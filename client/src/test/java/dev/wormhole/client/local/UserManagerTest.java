package dev.wormhole.client.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Against scripts that answer as systemd does: what is asked for, and what is made of it. */
class UserManagerTest {

    private static final String USER = System.getProperty("user.name");

    @TempDir Path folder;

    private FakeTools tools;

    @BeforeEach
    void tools() {
        tools = new FakeTools(folder);
    }

    private UserManager manager() {
        return new UserManager(tools.environment());
    }

    @Test
    void lingeringIsWhatTheLoginManagerSaysOfThisUser() throws Exception {
        tools.withSystemd(true);
        assertThat(manager().logout()).isEqualTo(UserManager.Logout.GOES_ON);
        assertThat(tools.calls())
                .containsExactly(
                        "systemctl --user show --property=Version --value",
                        "loginctl show-user --property=Linger --value " + USER);

        tools.withSystemd(false);
        assertThat(manager().logout()).isEqualTo(UserManager.Logout.ENDS);
    }

    @Test
    void withoutAnAnswerLogoutIsNotOurs() throws Exception {
        assertThat(new UserManager(Map.of("PATH", folder.toString())).logout())
                .isEqualTo(UserManager.Logout.NOT_OURS);

        tools.with("systemctl", "echo 'Failed to connect to bus' >&2; exit 1");
        tools.with("loginctl", "echo yes");
        assertThat(manager().logout()).isEqualTo(UserManager.Logout.NOT_OURS);

        tools.withSystemd(true).with("loginctl", "echo 'no such user' >&2; exit 1");
        assertThat(manager().logout()).isEqualTo(UserManager.Logout.NOT_OURS);
    }

    @Test
    void enablingItIsCheckedAndARefusalSaysWhatToDo() throws Exception {
        tools.withSystemd(false)
                .with(
                        "loginctl",
                        """
                        case $1 in
                            enable-linger) touch '%1$s/on' ;;
                            *) if [ -e '%1$s/on' ]; then echo yes; else echo no; fi ;;
                        esac\
                        """
                                .formatted(folder));
        manager().enableLinger();
        assertThat(manager().logout()).isEqualTo(UserManager.Logout.GOES_ON);

        tools.with("loginctl", "echo 'Could not enable linger: Access denied' >&2; exit 1");
        assertThatThrownBy(() -> manager().enableLinger())
                .hasMessageContaining("Access denied")
                .hasMessageContaining("sudo loginctl enable-linger " + USER);

        tools.with("loginctl", "echo no");
        assertThatThrownBy(() -> manager().enableLinger()).hasMessageContaining("no effect");
    }

    @Test
    void aServiceIsStartedThatNothingButItselfEnds() throws Exception {
        tools.with("systemd-run", "exit 0");

        manager()
                .startService(
                        "wormhole-keeper-1",
                        List.of("/bin/java", "-cp", "/a $b.jar"),
                        Map.of("HOME", "/home/me"),
                        "/data/keeper/start.log");

        assertThat(tools.calls())
                .singleElement()
                .asString()
                .startsWith("systemd-run --user ")
                .contains(
                        " --unit=wormhole-keeper-1 ",
                        " --property=KillMode=process ",
                        " --property=OOMPolicy=continue ",
                        " --property=ManagedOOMPreference=avoid ",
                        " --property=StandardError=append:/data/keeper/start.log ",
                        " --setenv=HOME=/home/me ")
                .endsWith(" -- /bin/java -cp /a $$b.jar");
    }

    @Test
    void aServiceThatIsNotStartedSaysWhy() throws Exception {
        tools.with("systemd-run", "echo 'Unknown assignment: OOMPolicy' >&2; exit 1");

        assertThatThrownBy(
                        () ->
                                manager()
                                        .startService(
                                                "unit", List.of("true"), Map.of(), "/dev/null"))
                .hasMessageContaining("Unknown assignment: OOMPolicy");
    }
}
