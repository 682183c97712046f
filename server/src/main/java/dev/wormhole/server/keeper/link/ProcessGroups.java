package dev.wormhole.server.keeper.link;

import dev.wormhole.server.pty.PosixSignals;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Sends signals to what a process on a terminal has started, as /proc shows it (proc(5)): a command
 * with job control has groups of its own beside the one in the foreground.
 *
 * <p>Safe from any thread.
 */
final class ProcessGroups {

    /**
     * What /proc says of a process: its group, its session, and its terminal's foreground group.
     */
    private record Stat(int group, int session, int foreground) {}

    private ProcessGroups() {}

    /**
     * To the process's own group and to the one in the foreground; a kill goes to every process of
     * its session.
     *
     * @param pid of the process that was started on the terminal, which leads its session
     * @return false where that cannot be known
     */
    static boolean signal(int pid, int number) {
        Stat leader = stat(pid);
        if (leader == null || leader.session() != pid) return false;
        if (number == PosixSignals.KILL) {
            for (int process : ofSession(pid)) PosixSignals.send(process, number);
            return true;
        }
        PosixSignals.send(-leader.group(), number);
        if (leader.foreground() > 0 && leader.foreground() != leader.group())
            PosixSignals.send(-leader.foreground(), number);
        return true;
    }

    private static Set<Integer> ofSession(int session) {
        var found = new LinkedHashSet<Integer>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : all) {
                int pid = Integer.parseInt(process.getFileName().toString());
                Stat stat = stat(pid);
                if (stat != null && stat.session() == session) found.add(pid);
            }
        } catch (IOException | RuntimeException _) {
            // What was found is killed; the leader is in any case.
            found.add(session);
        }
        return found;
    }

    private static @org.jspecify.annotations.Nullable Stat stat(int pid) {
        try {
            String text = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // Behind the name, which may hold anything: state, ppid, pgrp, session, tty, tpgid.
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
            return new Stat(
                    Integer.parseInt(fields[2]),
                    Integer.parseInt(fields[3]),
                    Integer.parseInt(fields[5]));
        } catch (IOException | RuntimeException _) {
            // It is gone, or this is not Linux.
            return null;
        }
    }
}
