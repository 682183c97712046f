package dev.wormhole.app.terminal;

import dev.wormhole.app.terminal.emoji.EmojiImages;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;

import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * One surface on a real shell, to look at and to type into. Arguments: the command; default bash.
 */
public final class TerminalDemo {

    private TerminalDemo() {}

    static void main(String[] args) {
        Application.launch(Window.class, args);
    }

    /** The window; apart from main, which must not be an Application's on the class path. */
    public static final class Window extends Application {

        @Override
        public void start(Stage stage) {
            List<String> command = getParameters().getRaw();
            boolean light = command.contains("--light");
            List<String> words = command.stream().filter(w -> !w.equals("--light")).toList();
            String[] run = words.isEmpty() ? new String[] {"bash"} : words.toArray(String[]::new);
            var shell = new ShellPty(new TerminalSize(80, 24), Map.of(), run);
            TerminalSurface[] surface = new TerminalSurface[1];
            surface[0] =
                    new ScreenSurface(
                            light ? TerminalTheme.light() : TerminalTheme.dark(),
                            new TerminalSurface.Listener() {
                                @Override
                                public void onInput(ByteString bytes) {
                                    System.err.println(
                                            "typed "
                                                    + HexFormat.ofDelimiter(" ")
                                                            .formatHex(bytes.toArray()));
                                    shell.type(bytes);
                                }

                                @Override
                                public void onWish(TerminalSize wish) {
                                    System.err.println("wish " + wish);
                                    shell.resize(wish);
                                    surface[0].resize(wish);
                                }
                            },
                            new PrimarySelection(),
                            EmojiImages.ofThisSystem());
            stage.setScene(new Scene(new StackPane(surface[0].node()), 900, 560));
            stage.show();
            shell.pump(surface[0]::feed, _ -> {});
            surface[0].focus();
        }
    }
}
