package dev.wormhole.client.link;

import dev.wormhole.protocol.CloseCode;

import org.jspecify.annotations.Nullable;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

/** Finds the words for the end of a connection. Pure. */
final class TransportProblem {

    /** How the library words a handshake that was not answered with an upgrade. */
    private static final Pattern STATUS = Pattern.compile("status code received: (\\d{3})");

    private TransportProblem() {}

    /** An attempt that did not even begin. */
    static LinkProblem refused(String message) {
        return new LinkProblem(LinkProblem.Kind.REFUSED, message);
    }

    /**
     * The problem behind a close.
     *
     * @param wasOpen the server had accepted the connection
     * @param cause the library's exception, if it reported one
     */
    static LinkProblem of(
            URI uri, boolean wasOpen, int code, String reason, @Nullable Exception cause) {
        String place = place(uri);
        return wasOpen ? ofBroken(place, code) : ofFailed(uri, place, reason, cause);
    }

    private static LinkProblem ofBroken(String place, int code) {
        for (CloseCode known : CloseCode.values()) {
            if (known.code() == code) return ofClose(place, known);
        }
        return unreachable("The connection to " + place + " was lost.");
    }

    private static LinkProblem ofClose(String place, CloseCode code) {
        return switch (code) {
            case GOING_AWAY -> unreachable("The server at " + place + " is stopping.");
            case TOO_BIG -> unreachable("A message was too big for the server at " + place + ".");
            case TRY_AGAIN_LATER ->
                    unreachable("The server at " + place + " takes no more connections now.");
            case TOO_SLOW -> unreachable("The connection to " + place + " was too slow.");
            case NO_COMMON_PROTOCOL ->
                    new LinkProblem(
                            LinkProblem.Kind.VERSION,
                            "The server at "
                                    + place
                                    + " speaks another version of the protocol: update the older"
                                    + " of the two.");
        };
    }

    private static LinkProblem ofFailed(
            URI uri, String place, String reason, @Nullable Exception cause) {
        Matcher status = STATUS.matcher(reason);
        if (status.find()) return ofStatus(uri, place, status.group(1));
        return switch (cause) {
            case UnknownHostException _ ->
                    unreachable("The host " + uri.getHost() + " is not known: check its name.");
            case NoRouteToHostException _ -> unreachable("No network reaches " + place + ".");
            case SocketTimeoutException _ -> unreachable(place + " does not answer.");
            case ConnectException _ -> unreachable("Nobody answers at " + place + ".");
            case SSLException _ ->
                    refused(place + " does not speak TLS as wss needs it: check the address.");
            case null, default ->
                    unreachable(
                            place + " ended the connection before it was open: is it Wormhole?");
        };
    }

    private static LinkProblem ofStatus(URI uri, String place, String status) {
        if (!status.equals("404")) {
            return refused(place + " answered with HTTP " + status + ": is it a Wormhole server?");
        }
        // The server gives one answer for all refusals, so as not to help those who guess.
        return refused(
                "The server at "
                        + place
                        + " refused us: check the token, and that it is called "
                        + uri.getHost()
                        + " there (its allowed hosts).");
    }

    private static LinkProblem unreachable(String message) {
        return new LinkProblem(LinkProblem.Kind.UNREACHABLE, message);
    }

    private static String place(URI uri) {
        return uri.getPort() < 0
                ? String.valueOf(uri.getHost())
                : uri.getHost() + ":" + uri.getPort();
    }
}
