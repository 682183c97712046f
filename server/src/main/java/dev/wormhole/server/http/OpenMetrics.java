package dev.wormhole.server.http;

import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskStatus;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Numbers in the text format of OpenMetrics 1.0. Pure. */
final class OpenMetrics {

    static final String TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final StringBuilder text = new StringBuilder();

    private OpenMetrics() {}

    static String of(Metrics metrics, List<TaskEntry> tasks) {
        var page = new OpenMetrics();
        page.gauge("sessions", "Sessions of the server.", metrics.sessions());
        page.gauge("viewers", "Viewers attached to sessions.", metrics.viewers());
        page.gauge("connections", "Open connections.", metrics.connections());
        page.gauge("task_viewers", "Viewers of tasks at /connect.", metrics.taskViewers());
        page.tasks(tasks);
        page.head("output_bytes", "counter", "Bytes printed by programs since the start.");
        page.line("output_bytes_total", metrics.outputBytes());
        page.gauge(
                "store_working",
                "1 while output is stored, 0 while it is in memory alone.",
                metrics.isStoring() ? 1 : 0);
        page.flushes(metrics.flushes());
        page.queues(metrics);
        return page.text.append("# EOF\n").toString();
    }

    private void tasks(List<TaskEntry> tasks) {
        head("tasks", "gauge", "Tasks by status.");
        for (TaskStatus status : TaskStatus.values()) {
            long count = tasks.stream().filter(task -> task.status() == status).count();
            line("tasks{status=\"" + status.wireName() + "\"}", count);
        }
    }

    private void flushes(Metrics.Durations flushes) {
        head("store_flush_seconds", "histogram", "Transactions of the store.");
        for (Metrics.Durations.Bucket bucket : flushes.buckets()) {
            line(
                    "store_flush_seconds_bucket{le=\"" + seconds(bucket.micros() * 1000) + "\"}",
                    bucket.count());
        }
        line("store_flush_seconds_bucket{le=\"+Inf\"}", flushes.count());
        line("store_flush_seconds_count", flushes.count());
        line("store_flush_seconds_sum", seconds(flushes.nanos()));
        head("store_flush_longest_seconds", "gauge", "The longest of them since the start.");
        line("store_flush_longest_seconds", seconds(flushes.longest()));
    }

    private void queues(Metrics metrics) {
        head("queue_depth", "gauge", "What waits, by queue, in the queue's unit.");
        for (Map.Entry<Metrics.Queue, Long> queue : metrics.queues().entrySet()) {
            line(
                    "queue_depth{queue=\""
                            + queue.getKey().label()
                            + "\",unit=\""
                            + queue.getKey().unit()
                            + "\"}",
                    queue.getValue());
        }
    }

    private void gauge(String name, String help, long value) {
        head(name, "gauge", help);
        line(name, value);
    }

    private void head(String name, String type, String help) {
        text.append("# TYPE wormhole_").append(name).append(' ').append(type).append('\n');
        // The unit, where there is one, has to be the end of the name.
        for (String unit : List.of("seconds", "bytes")) {
            if (name.endsWith("_" + unit))
                text.append("# UNIT wormhole_").append(name).append(' ').append(unit).append('\n');
        }
        text.append("# HELP wormhole_").append(name).append(' ').append(help).append('\n');
    }

    private void line(String name, long value) {
        line(name, Long.toString(value));
    }

    private void line(String name, String value) {
        text.append("wormhole_").append(name).append(' ').append(value).append('\n');
    }

    /** Exact, and with a point: the format's canonical numbers have one. */
    private static String seconds(long nanos) {
        String plain = BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
}
