package dev.wormhole.client.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the kernel says about one file: whose it is, who may touch it, and its number on its device.
 *
 * <p>Immutable.
 *
 * @param device as in {@code st_dev}
 */
record FileFacts(
        int uid, int mode, long device, long inode, boolean isDirectory, boolean isRegularFile) {

    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;

    /** Any access for group or others. */
    private static final int FOREIGN_ACCESS = 0077;

    /** Write access for group or others. */
    private static final int FOREIGN_WRITE = 0022;

    static FileFacts of(Path path) throws IOException {
        return read(path);
    }

    /** Of the path itself, not of what a symbolic link points at. */
    static FileFacts ofLink(Path path) throws IOException {
        return read(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Who this process is: the owner of its own entry, which needs no native call. */
    static int ownUid() throws IOException {
        Path self = Path.of("/proc/self");
        if (Files.exists(self)) return of(self).uid();
        return of(Path.of(System.getProperty("user.home"))).uid();
    }

    private static FileFacts read(Path path, LinkOption... options) throws IOException {
        Map<String, Object> facts = Files.readAttributes(path, "unix:uid,mode,dev,ino", options);
        int mode = number(facts, "mode").intValue();
        return new FileFacts(
                number(facts, "uid").intValue(),
                mode,
                number(facts, "dev").longValue(),
                number(facts, "ino").longValue(),
                (mode & TYPE) == DIRECTORY,
                (mode & TYPE) == REGULAR);
    }

    private static Number number(Map<String, Object> facts, String name) throws IOException {
        if (facts.get(name) instanceof Number number) return number;
        throw new IOException("the file system does not tell " + name);
    }

    boolean isPrivate() {
        return (mode & FOREIGN_ACCESS) == 0;
    }

    boolean isWritableByOthers() {
        return (mode & FOREIGN_WRITE) != 0;
    }

    /** The permission bits as chmod takes them. */
    String modeText() {
        return String.format("%04o", mode & 07777);
    }

    /** The device's major number as glibc packs it into {@code st_dev}. */
    long major() {
        return ((device >>> 8) & 0xfff) | ((device >>> 32) & ~0xfffL);
    }

    /** The device's minor number as glibc packs it into {@code st_dev}. */
    long minor() {
        return (device & 0xff) | ((device >>> 12) & 0xffffff00L);
    }
}
