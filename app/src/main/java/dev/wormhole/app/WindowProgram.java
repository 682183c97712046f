package dev.wormhole.app;

import dev.wormhole.app.fx.FxThread;
import dev.wormhole.client.cli.OpenOptions;
import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.local.Directories;
import dev.wormhole.client.local.LocalServer;
import dev.wormhole.client.local.PrivateDirectory;
import dev.wormhole.client.local.UserManager;
import dev.wormhole.client.log.LogFile;
import dev.wormhole.client.preferences.HostTokens;
import dev.wormhole.client.preferences.PreferencesFile;
import dev.wormhole.client.preferences.SavedHost;
import dev.wormhole.client.trust.RemoteHost;
import dev.wormhole.client.trust.UrlException;

import javafx.application.Platform;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs the window as a program: one for each data directory, from start to exit status. */
final class WindowProgram {

    private static final Logger log = LoggerFactory.getLogger(WindowProgram.class);

    /** A disk that hangs must not keep a closed window's process for ever. */
    private static final int CLOSE_SECONDS = 3;

    private WindowProgram() {}

    static int open(OpenOptions options) {
        Path data = options.dataDirectory();
        Path config = Directories.config(System.getenv());
        try {
            PrivateDirectory.ensure(data);
            OpenRequest request = OpenRequest.of(options);
            if (WindowDoor.knock(data, request)) return 0;
            LogFile.open(data.resolve("window.log"));
            var local = new LocalServer(data, true);
            return show(data, config, local, target(options.server(), config, local), request);
        } catch (IOException | UrlException e) {
            System.err.println("wormhole: " + e.getMessage());
            return 1;
        }
    }

    private static LinkTarget target(@Nullable String server, Path config, LinkTarget local)
            throws IOException, UrlException {
        if (server == null || server.equals(LocalServer.NAME)) return local;
        Optional<SavedHost> saved = new PreferencesFile(config).load().preferences().host(server);
        if (saved.isEmpty()) {
            throw new IOException(
                    "no host is saved as "
                            + server
                            + ": connect to it in the window once (Ctrl+Shift+O)");
        }
        return RemoteHost.of(saved.get(), new HostTokens(config));
    }

    private static int show(
            Path data, Path config, LinkTarget local, LinkTarget first, OpenRequest request) {
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, cause) -> log.error("thread {} failed", thread.getName(), cause));
        Platform.setImplicitExit(false);
        Desktop.run(
                stage -> {
                    var window = new Window(stage, config, local, first);
                    WindowDoor door =
                            WindowDoor.open(
                                    data, asked -> FxThread.run(() -> window.answer(asked)));
                    stage.setOnCloseRequest(
                            event -> {
                                event.consume();
                                door.close();
                                window.close()
                                        .orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                                        .whenComplete((_, _) -> Platform.exit());
                            });
                    window.show();
                    window.open(request);
                    window.offerToOutliveLogout(new UserManager(System.getenv()));
                });
        return 0;
    }
}
