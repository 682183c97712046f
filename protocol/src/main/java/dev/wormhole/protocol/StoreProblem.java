package dev.wormhole.protocol;

import java.util.Locale;

/** Why a server cannot store. The wire name is the constant in lower case. */
public enum StoreProblem {
    /** The disk has no room. */
    FULL,
    /** The disk, the directory or the database may not be written. */
    READ_ONLY,
    /** Another program holds the database. */
    LOCKED,
    /** The disk reports errors. */
    DISK_ERROR,
    /** What is in the database cannot be used. */
    DAMAGED,
    /** Anything else; the message says more. */
    OTHER;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
