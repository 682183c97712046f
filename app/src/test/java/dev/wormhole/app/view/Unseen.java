package dev.wormhole.app.view;

import java.util.HashMap;
import java.util.Map;

/** Remembers the reports of one window. */
final class Unseen implements SeenReports {

    private final Map<String, Long> seen = new HashMap<>();

    @Override
    public boolean isSeen(String host, long at) {
        return Long.valueOf(at).equals(seen.get(host));
    }

    @Override
    public void seen(String host, long at) {
        seen.put(host, at);
    }
}
