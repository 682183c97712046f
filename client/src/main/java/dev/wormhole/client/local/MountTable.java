package dev.wormhole.client.local;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which file system device a path lies on, from {@code /proc/self/mountinfo} (proc(5)).
 *
 * <p>Immutable. Pure.
 */
record MountTable(List<Mount> mounts) {

    record Mount(Path point, Device device) {}

    record Device(long major, long minor) {}

    MountTable {
        mounts = List.copyOf(mounts);
    }

    static MountTable parse(String text) {
        var mounts = new ArrayList<Mount>();
        for (String line : text.split("\n")) {
            // "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue"
            String[] words = line.split(" ");
            if (words.length < 5) continue;
            String[] device = words[2].split(":");
            if (device.length != 2) continue;
            try {
                mounts.add(
                        new Mount(
                                Path.of(unescaped(words[4])),
                                new Device(Long.parseLong(device[0]), Long.parseLong(device[1]))));
            } catch (IllegalArgumentException e) {
                // Not a mount that a path of ours can lie on.
            }
        }
        return new MountTable(mounts);
    }

    /** Of the innermost mount; where one lies over another, the later row is the visible one. */
    @Nullable Device deviceOf(Path path) {
        Mount best = null;
        for (Mount mount : mounts) {
            if (!path.startsWith(mount.point())) continue;
            if (best == null || mount.point().getNameCount() >= best.point().getNameCount())
                best = mount;
        }
        return best == null ? null : best.device();
    }

    /** The kernel writes space, tab, line feed and backslash as three octal digits. */
    private static String unescaped(String text) {
        return text.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
