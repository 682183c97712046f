package dev.wormhole.app;

import dev.wormhole.app.view.SeenReports;
import dev.wormhole.client.preferences.Preferences;
import dev.wormhole.client.preferences.PreferencesException;
import dev.wormhole.client.preferences.PreferencesFile;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The newest recovery report of each host that was put away, kept among the preferences' answers.
 *
 * <p>Owned by the FX thread.
 */
final class RecoveryMemory implements SeenReports {

    private static final Logger log = LoggerFactory.getLogger(RecoveryMemory.class);

    private static final String QUESTION = "recovery ";

    private final PreferencesFile file;
    private final Preferences preferences;
    private final Executor blocking;
    private final Map<String, String> seen = new HashMap<>();

    /**
     * @param preferences as they were when the window began
     * @param blocking runs jobs that wait for the disk
     */
    RecoveryMemory(PreferencesFile file, Preferences preferences, Executor blocking) {
        this.file = file;
        this.preferences = preferences;
        this.blocking = blocking;
    }

    @Override
    public boolean isSeen(String host, long at) {
        String stored = preferences.answer(QUESTION + host).orElse("");
        return seen.getOrDefault(host, stored).equals(Long.toString(at));
    }

    @Override
    public void seen(String host, long at) {
        String word = Long.toString(at);
        seen.put(host, word);
        blocking.execute(
                () -> {
                    try {
                        file.update(stored -> stored.withAnswer(QUESTION + host, word));
                    } catch (PreferencesException e) {
                        log.warn("the report of a start is shown again by the next window", e);
                    }
                });
    }
}
