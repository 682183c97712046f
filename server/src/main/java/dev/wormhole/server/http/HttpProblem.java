package dev.wormhole.server.http;

import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.json.JsonObject;
import dev.wormhole.server.task.TaskException;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** Why a request was not done, as a problem document (RFC 9457) says it. */
final class HttpProblem extends Exception {

    private static final long serialVersionUID = 1;

    static final String TYPE = "application/problem+json";

    private static final String DEFECT = "the server failed at this request; its log says more";

    private final int status;
    private final String title;
    private final @Nullable String code;
    private final transient Map<String, String> headers;

    private HttpProblem(
            int status,
            String title,
            @Nullable String code,
            String detail,
            Map<String, String> headers) {
        super(detail);
        this.status = status;
        this.title = title;
        this.code = code;
        this.headers = Map.copyOf(headers);
    }

    static HttpProblem badRequest(String detail) {
        return new HttpProblem(
                400, "Bad Request", ErrorCode.BAD_REQUEST.wireName(), detail, Map.of());
    }

    static HttpProblem unauthorized() {
        return new HttpProblem(
                401,
                "Unauthorized",
                null,
                "send the server's token: Authorization: Bearer TOKEN",
                Map.of("WWW-Authenticate", "Bearer realm=\"wormhole\""));
    }

    static HttpProblem foreignOrigin() {
        return new HttpProblem(
                403, "Forbidden", null, "requests from this Origin are not taken", Map.of());
    }

    static HttpProblem noSuchPath() {
        return new HttpProblem(404, "Not Found", null, "nothing is at this path", Map.of());
    }

    static HttpProblem noSuchTask() {
        return new HttpProblem(
                404,
                "Not Found",
                ErrorCode.NOT_FOUND.wireName(),
                "no such task: it may have been removed",
                Map.of());
    }

    static HttpProblem wrongMethod(String allowed) {
        return new HttpProblem(
                405,
                "Method Not Allowed",
                null,
                "this path takes " + allowed,
                Map.of("Allow", allowed));
    }

    static HttpProblem tooLarge(int limit) {
        return new HttpProblem(
                413, "Content Too Large", null, "a body has at most " + limit + " bytes", Map.of());
    }

    static HttpProblem wrongType() {
        return new HttpProblem(
                415,
                "Unsupported Media Type",
                null,
                "send Content-Type: application/json",
                Map.of("Accept-Post", "application/json"));
    }

    static HttpProblem foreignHost() {
        return new HttpProblem(
                421, "Misdirected Request", null, "this server has another name", Map.of());
    }

    static HttpProblem defect() {
        return new HttpProblem(
                500, "Internal Server Error", ErrorCode.INTERNAL.wireName(), DEFECT, Map.of());
    }

    static HttpProblem busy(String detail) {
        return unavailable(ErrorCode.BUSY, detail);
    }

    private static HttpProblem unavailable(ErrorCode code, String detail) {
        return new HttpProblem(
                503, "Service Unavailable", code.wireName(), detail, Map.of("Retry-After", "1"));
    }

    /** What the service did not do. */
    static HttpProblem of(TaskException failure) {
        String detail = String.valueOf(failure.getMessage());
        ErrorCode code = failure.code();
        return switch (code) {
            case BAD_REQUEST, UNSUPPORTED ->
                    new HttpProblem(400, "Bad Request", code.wireName(), detail, Map.of());
            case NOT_FOUND -> new HttpProblem(404, "Not Found", code.wireName(), detail, Map.of());
            case NO_PROCESS -> new HttpProblem(409, "Conflict", code.wireName(), detail, Map.of());
            case SPAWN_FAILED ->
                    new HttpProblem(
                            422, "Unprocessable Content", code.wireName(), detail, Map.of());
            case LIMIT ->
                    new HttpProblem(429, "Too Many Requests", code.wireName(), detail, Map.of());
            case BUSY, STORE_FAILED -> unavailable(code, detail);
            case INTERNAL -> defect();
            // None of these is about a task.
            case CHANNELS_EXHAUSTED, READ_ONLY, STALE_GENERATION -> defect();
        };
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    String toJson() {
        return JsonObject.builder()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", String.valueOf(getMessage()))
                .opt("code", code)
                .build()
                .toText();
    }
}
