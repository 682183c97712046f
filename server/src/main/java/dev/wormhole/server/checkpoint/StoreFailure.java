package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.StoreProblem;
import dev.wormhole.server.session.StoreException;

import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Says in words for people what SQLite's errors mean and what to do about them.
 *
 * @param database the file
 * @param disk asked where SQLite says no more than that something went wrong
 */
record StoreFailure(Path database, DiskLook disk) {

    /** Less than this, and an error of the disk is one of room: a quota, say. */
    private static final long NO_ROOM = 64 << 10;

    /** What happened, in words. */
    StoreTrouble trouble(Exception failure) {
        StoreProblem problem = problem(failure);
        return new StoreTrouble(problem, new StoreException(sentence(problem, failure), failure));
    }

    /** What is said while nothing is written at all, since room is short. */
    StoreTrouble full() {
        return new StoreTrouble(
                StoreProblem.FULL, new StoreException(sentence(StoreProblem.FULL, null)));
    }

    /** Whether the file's content is the reason, not the disk or the permissions. */
    static boolean isDamage(SQLException failure) {
        return isDamage(primary(failure));
    }

    private static boolean isDamage(SQLiteErrorCode code) {
        return switch (code) {
            case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT -> true;
            default -> false;
        };
    }

    /** Whether what was to be written is the reason, so that something else could be written. */
    static boolean isOfTheContent(StoreException failure) {
        if (!(failure.getCause() instanceof SQLException cause)) return failure.getCause() != null;
        return switch (primary(cause)) {
            case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_RANGE, SQLITE_ERROR ->
                    true;
            default -> false;
        };
    }

    private StoreProblem problem(Exception failure) {
        if (failure instanceof IOException) return ofTheDisk(StoreProblem.OTHER);
        if (!(failure instanceof SQLException sql)) return StoreProblem.OTHER;
        SQLiteErrorCode code = primary(sql);
        if (isDamage(code)) return StoreProblem.DAMAGED;
        return switch (code) {
            case SQLITE_FULL -> StoreProblem.FULL;
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH -> StoreProblem.READ_ONLY;
            case SQLITE_CANTOPEN -> ofTheDisk(StoreProblem.READ_ONLY);
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> StoreProblem.LOCKED;
            // Of a disk that was made read-only under it SQLite says no more than that.
            case SQLITE_IOERR -> ofTheDisk(StoreProblem.DISK_ERROR);
            default -> ofTheDisk(StoreProblem.OTHER);
        };
    }

    private StoreProblem ofTheDisk(StoreProblem otherwise) {
        if (disk.isReadOnly()) return StoreProblem.READ_ONLY;
        return disk.usableBytes() < NO_ROOM ? StoreProblem.FULL : otherwise;
    }

    private String sentence(StoreProblem problem, @Nullable Exception e) {
        String what = "The session store " + database;
        return switch (problem) {
            case FULL -> what + " cannot grow: the disk is full. Free some space.";
            case READ_ONLY -> what + " cannot be written: " + readOnly();
            case LOCKED -> what + " is locked by another program: end that program.";
            case DISK_ERROR ->
                    what + " cannot be used, the disk reports an error (" + code(e) + ").";
            case DAMAGED -> what + " is damaged: start the server again, which sets it aside.";
            case OTHER ->
                    e instanceof IOException io
                            ? what
                                    + " cannot be prepared ("
                                    + reason(io)
                                    + "): check that its directory exists and that you may write"
                                    + " there."
                            : what + " failed (" + message(e) + "): please report this.";
        };
    }

    private String readOnly() {
        return disk.isReadOnly()
                ? "the disk is read-only. Mount it so that it can be written."
                : "make it and its directory writable for you.";
    }

    private static String message(@Nullable Exception failure) {
        if (failure == null) return "";
        return failure instanceof SQLException
                ? String.valueOf(failure.getMessage())
                : failure.toString();
    }

    private static String reason(IOException failure) {
        return failure instanceof FileSystemException file && file.getReason() != null
                ? String.valueOf(file.getReason())
                : failure.toString();
    }

    private static String code(@Nullable Exception failure) {
        return failure instanceof SQLiteException sqlite
                ? sqlite.getResultCode().name()
                : failure instanceof SQLException sql
                        ? String.valueOf(sql.getErrorCode())
                        : message(failure);
    }

    /** The error's kind without its details, which are in the upper bits. */
    private static SQLiteErrorCode primary(SQLException failure) {
        int code =
                failure instanceof SQLiteException sqlite
                        ? sqlite.getResultCode().code
                        : failure.getErrorCode();
        return SQLiteErrorCode.getErrorCode(code & 0xff);
    }
}
