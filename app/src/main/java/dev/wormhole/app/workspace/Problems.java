package dev.wormhole.app.workspace;

import dev.wormhole.client.link.RequestException;
import dev.wormhole.protocol.ErrorCode;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Failed requests in words for a person. Pure. */
public final class Problems {

    private Problems() {}

    /** One sentence: the server's or the link's own where there is one. */
    public static String sentence(Throwable problem) {
        Throwable cause = cause(problem);
        if (cause instanceof CancellationException) return "Cancelled.";
        String message = cause.getMessage();
        return message == null || message.isBlank()
                ? "Failed: " + cause.getClass().getSimpleName()
                : message;
    }

    /** Whether the server refused with this code. */
    static boolean is(Throwable problem, ErrorCode code) {
        return cause(problem) instanceof RequestException refused && refused.code() == code;
    }

    private static Throwable cause(Throwable problem) {
        Throwable cause = problem;
        while (cause instanceof CompletionException || cause instanceof ExecutionException) {
            Throwable inner = cause.getCause();
            if (inner == null) break;
            cause = inner;
        }
        return cause;
    }
}
