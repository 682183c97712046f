package dev.wormhole.terminal.screen;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Remembers what a screen tells its listener: replies apart from the rest. */
final class EventLog implements ScreenListener {

    private final List<String> events = new ArrayList<>();
    private final ByteArrayOutputStream replies = new ByteArrayOutputStream();

    List<String> events() {
        return List.copyOf(events);
    }

    /** All replies one after the other, as Latin-1. */
    String replies() {
        return replies.toString(StandardCharsets.ISO_8859_1);
    }

    void clear() {
        events.clear();
        replies.reset();
    }

    @Override
    public void bell() {
        events.add("bell");
    }

    @Override
    public void title(String title) {
        events.add(("title " + title).stripTrailing());
    }

    @Override
    public void directory(String host, String path) {
        events.add("directory " + host + " " + path);
    }

    @Override
    public void notification(String title, String body) {
        events.add("notification " + title + " " + body);
    }

    @Override
    public void clipboard(String selection, byte[] text) {
        events.add("clipboard " + selection + " " + new String(text, StandardCharsets.UTF_8));
    }

    @Override
    public void mark(MarkKind kind, int exitCode) {
        events.add("mark " + kind + " " + exitCode);
    }

    @Override
    public void reply(byte[] answer) {
        replies.writeBytes(answer);
    }
}
