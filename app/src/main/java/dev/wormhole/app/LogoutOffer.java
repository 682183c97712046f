package dev.wormhole.app;

import dev.wormhole.app.dialog.LogoutPanel;
import dev.wormhole.app.dialog.PanelLayer;
import dev.wormhole.app.fx.FxThread;
import dev.wormhole.client.local.UserManager;
import dev.wormhole.client.preferences.PreferencesException;
import dev.wormhole.client.preferences.PreferencesFile;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Offers, where this system ends a person's programs at logout, to let them go on: until there is
 * an answer, which the preferences remember.
 */
final class LogoutOffer {

    private static final Logger log = LoggerFactory.getLogger(LogoutOffer.class);

    /** Names the question in the preferences. */
    static final String QUESTION = "logout";

    private final UserManager system;
    private final PreferencesFile file;
    private final Executor blocking;

    /**
     * @param blocking runs jobs that wait for disk and other programs
     */
    LogoutOffer(UserManager system, PreferencesFile file, Executor blocking) {
        this.system = system;
        this.file = file;
        this.blocking = blocking;
    }

    /** Asks on the layer if there is something to ask; returns at once. */
    void make(PanelLayer panels) {
        blocking.execute(
                () -> {
                    if (file.load().preferences().answer(QUESTION).isPresent()) return;
                    if (system.logout() != UserManager.Logout.ENDS) return;
                    FxThread.run(() -> show(panels));
                });
    }

    private void show(PanelLayer panels) {
        // Whoever has opened another panel meanwhile is asked the next time.
        if (panels.isShowing()) return;
        panels.show(new LogoutPanel(this::enable, FxThread::run, this::remember));
    }

    private CompletableFuture<Void> enable() {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        system.enableLinger();
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                blocking);
    }

    private void remember(LogoutPanel.Answer answer) {
        String word = answer.name().toLowerCase(Locale.ROOT).replace('_', '-');
        blocking.execute(
                () -> {
                    try {
                        file.update(preferences -> preferences.withAnswer(QUESTION, word));
                    } catch (PreferencesException e) {
                        log.warn("the answer is not kept, and will be asked for again", e);
                    }
                });
    }
}
