package dev.wormhole.server.http;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What can be asked over HTTP, and with which statuses it is answered. {@code docs/openapi.json}
 * says the same. Pure.
 */
enum Route {
    START("POST", "/start"),
    TASKS("GET", "/status"),
    TASK("GET", "/status/{id}"),
    OUTPUT("GET", "/output/{id}"),
    TERMINATE("POST", "/terminate/{id}"),
    HEALTH("GET", "/health"),
    METRICS("GET", "/metrics");

    /** Refused before it was looked at (401, 403, 421), a defect, or not now. */
    private static final List<Integer> ALWAYS = List.of(401, 403, 421, 500, 503);

    private static final String ID = "{id}";

    private final String method;
    private final String path;

    Route(String method, String path) {
        this.method = method;
        this.path = path;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    /** All that it may be answered with. */
    SortedSet<Integer> statuses() {
        var statuses = new TreeSet<>(ALWAYS);
        statuses.addAll(
                switch (this) {
                    case START -> List.of(201, 400, 413, 415, 422, 429);
                    case TASK -> List.of(200, 404);
                    case OUTPUT -> List.of(200, 400, 404);
                    case TERMINATE -> List.of(202, 404, 409);
                    case TASKS, HEALTH, METRICS -> List.of(200);
                });
        return statuses;
    }

    /** The routes at a path, by whatever method. */
    static List<Route> at(String path) {
        return Arrays.stream(values()).filter(route -> route.id(path).isPresent()).toList();
    }

    /** What stands in the place of the id; an empty text where the route has none. */
    Optional<String> id(String path) {
        if (!this.path.endsWith(ID))
            return path.equals(this.path) ? Optional.of("") : Optional.empty();
        String prefix = this.path.substring(0, this.path.length() - ID.length());
        if (!path.startsWith(prefix)) return Optional.empty();
        String id = path.substring(prefix.length());
        return id.isEmpty() || id.indexOf('/') >= 0 ? Optional.empty() : Optional.of(id);
    }
}
