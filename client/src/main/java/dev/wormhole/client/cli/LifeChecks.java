package dev.wormhole.client.cli;

import dev.wormhole.client.local.Starting;
import dev.wormhole.client.local.UserManager;
import dev.wormhole.protocol.KeeperEntry;
import dev.wormhole.protocol.ServerMessage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code doctor} looks at of how long processes live: what they are held by, and what this
 * system does to them when their starter goes. Changes nothing.
 *
 * <p>Owned by the calling thread.
 */
final class LifeChecks {

    private static final String LOGOUT = "logout";
    private static final String KEEPER = "keeper";

    private final Map<String, String> environment;

    LifeChecks(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Whether sessions outlive the terminal that the server was started from. */
    Check terminal() {
        return Starting.leavesTheTerminal(environment)
                ? Check.ok("terminal", "sessions outlive the terminal they were started from")
                : Check.warn(
                        "terminal",
                        "setsid is missing: sessions may end with the terminal that started them",
                        "install util-linux");
    }

    /** Whether they outlive the logout. */
    Check logout() {
        return switch (new UserManager(environment).logout()) {
            case GOES_ON -> Check.ok(LOGOUT, "lingering is on: sessions go on after a logout");
            case ENDS ->
                    Check.warn(
                            LOGOUT,
                            "lingering is off: logging out can end all sessions' processes",
                            "loginctl enable-linger");
            case NOT_OURS ->
                    Check.ok(LOGOUT, "no systemd of this user answers: nothing ends at a logout");
        };
    }

    /** One for each keeper, and one for what nobody owns. */
    static List<Check> keepers(ServerMessage.Keepers keepers) {
        var checks = new ArrayList<Check>();
        for (KeeperEntry keeper : keepers.keepers()) {
            String found = KeeperWords.keeper(keeper);
            checks.add(
                    keeper.problem() == null
                            ? Check.ok(KEEPER, found)
                            : Check.warn(
                                    KEEPER,
                                    found,
                                    "see "
                                            + keeper.name()
                                            + ".log in keeper/ of the data directory"));
        }
        if (keepers.keepers().stream().noneMatch(KeeperEntry::own))
            checks.add(
                    Check.warn(
                            KEEPER,
                            "none of this version runs",
                            "the next session starts one; see server.log if it does not"));
        if (!keepers.orphans().isEmpty())
            checks.add(
                    Check.warn(
                            "orphans",
                            KeeperWords.processes(keepers.orphans().size())
                                    + " whose session is lost",
                            "'wormhole orphans' lists them, 'wormhole orphans end ID' ends one"));
        return checks;
    }
}
