package dev.wormhole.server.session;

import java.util.ArrayList;
import java.util.List;

/** A viewer whose connection does what a test says, and that keeps what it is told. */
final class ScriptedViewer implements Viewer {

    final List<ViewerUpdate> heard = new ArrayList<>();
    int room = Integer.MAX_VALUE;
    long rate = UNKNOWN_RATE;
    boolean everything = true;
    int asked;
    int passed;

    @Override
    public void deliver(ViewerUpdate update) {
        if (update instanceof ViewerUpdate.Output(_, var bytes)) room -= bytes.length();
        if (update instanceof ViewerUpdate.Resync) room -= Math.min(room, 16 << 10);
        heard.add(update);
    }

    @Override
    public int room() {
        asked++;
        return Math.min(room, 16 << 10);
    }

    @Override
    public void pass() {
        passed++;
    }

    @Override
    public long rate() {
        return rate;
    }

    @Override
    public boolean hasEverything() {
        return everything;
    }

    <U extends ViewerUpdate> List<U> heard(Class<U> type) {
        return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Bytes of raw output. */
    int bytes() {
        return heard(ViewerUpdate.Output.class).stream().mapToInt(o -> o.bytes().length()).sum();
    }
}
