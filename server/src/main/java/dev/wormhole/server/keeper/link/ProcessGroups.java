package dev.wormhole.server.keeper.link;

import dev.wormhole.server.pty.PosixSignals;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Where a process on a terminal stands among others, as /proc shows it (proc(5)), and signals to
 * what it has started: a command with job control has groups of its own beside the one in the
 * foreground.
 *
 * <p>Immutable.
 *
 * @param own its process group
 * @param session its session
 * @param foreground the process group in its terminal's foreground; 0 or less without one
 */
record ProcessGroups(int own, int session, int foreground) {

    /** Of a process; fails where it is gone, or this is not Linux. */
    static ProcessGroups of(long pid) throws IOException {
        String stat =
                Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
        // Behind the name, which may hold anything: state, ppid, pgrp, session, tty, tpgid.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return new ProcessGroups(
                Integer.parseInt(fields[2]),
                Integer.parseInt(fields[3]),
                Integer.parseInt(fields[5]));
    }

    /**
     * To the process's own group and to the one in the foreground; a kill goes to every process of
     * its session.
     *
     * @param pid of the process that was started on the terminal, which leads its session
     * @return false where that cannot be known
     */
    static boolean signal(int pid, int number) {
        ProcessGroups leader = find(pid);
        if (leader == null || leader.session != pid) return false;
        if (number == PosixSignals.KILL) {
            for (int process : ofSession(pid)) PosixSignals.send(process, number);
            return true;
        }
        PosixSignals.send(-leader.own, number);
        if (leader.foreground > 0 && leader.foreground != leader.own)
            PosixSignals.send(-leader.foreground, number);
        return true;
    }

    private static Set<Integer> ofSession(int session) {
        var found = new LinkedHashSet<Integer>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : all) {
                int pid = Integer.parseInt(process.getFileName().toString());
                ProcessGroups groups = find(pid);
                if (groups != null && groups.session == session) found.add(pid);
            }
        } catch (IOException | RuntimeException _) {
            // What was found is killed; the leader is in any case.
            found.add(session);
        }
        return found;
    }

    /** Null where it is gone, or this is not Linux. */
    private static @Nullable ProcessGroups find(int pid) {
        try {
            return of(pid);
        } catch (IOException | RuntimeException _) {
            return null;
        }
    }
}
