package dev.wormhole.server.checkpoint;

import dev.wormhole.server.session.StoreException;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Says in words for people what SQLite's errors mean and what to do about them.
 *
 * <p>Pure.
 */
final class StoreFailure {

    private StoreFailure() {}

    static StoreException of(Path database, SQLException failure) {
        return new StoreException(sentence(database, failure), failure);
    }

    static StoreException of(Path database, IOException failure) {
        return new StoreException(
                "The session store %s cannot be prepared (%s): check that its directory exists and that you may write there."
                        .formatted(database, failure),
                failure);
    }

    static StoreException of(Path database, Exception failure) {
        return switch (failure) {
            case SQLException sql -> of(database, sql);
            case IOException io -> of(database, io);
            default ->
                    new StoreException(
                            "The session store %s failed (%s): please report this."
                                    .formatted(database, failure),
                            failure);
        };
    }

    /** Whether the file's content is the reason, not the disk or the permissions. */
    static boolean isDamage(SQLException failure) {
        return switch (primary(failure)) {
            case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT -> true;
            default -> false;
        };
    }

    /** Whether what was to be written is the reason, so that something else could be written. */
    static boolean isOfTheContent(StoreException failure) {
        if (!(failure.getCause() instanceof SQLException cause)) return true;
        return switch (primary(cause)) {
            case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_RANGE, SQLITE_ERROR ->
                    true;
            default -> false;
        };
    }

    private static String sentence(Path database, SQLException failure) {
        String what = "The session store " + database;
        return switch (primary(failure)) {
            case SQLITE_FULL -> what + " cannot grow: the disk is full. Free some space.";
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
                    what + " cannot be written: make it and its directory writable for you.";
            case SQLITE_CANTOPEN ->
                    what + " cannot be opened: check that you may write in its directory.";
            case SQLITE_BUSY, SQLITE_LOCKED ->
                    what + " is locked by another program: end that program.";
            case SQLITE_IOERR ->
                    what + " cannot be used, the disk reports an error (" + code(failure) + ").";
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                    what + " is damaged: start the server again, which sets it aside.";
            default -> what + " failed (" + failure.getMessage() + "): please report this.";
        };
    }

    private static String code(SQLException failure) {
        return failure instanceof SQLiteException sqlite
                ? sqlite.getResultCode().name()
                : String.valueOf(failure.getErrorCode());
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
