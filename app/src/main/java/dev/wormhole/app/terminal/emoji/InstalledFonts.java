package dev.wormhole.app.terminal.emoji;

import dev.wormhole.protocol.CleanEnvironment;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds the font of emoji that this system prefers: fontconfig is asked, and where it is not there
 * or says nothing of use, the folders where distributions put Noto Color Emoji are looked into.
 *
 * <p>Pure but for reading files and starting {@code fc-match} and {@code fc-list}; blocks.
 */
final class InstalledFonts {

    private static final Logger log = LoggerFactory.getLogger(InstalledFonts.class);

    /** Fontconfig makes its cache anew after fonts were installed, which may take a while. */
    private static final long PATIENCE_SECONDS = 20;

    private static final int MOST_OUTPUT = 64 << 10;

    private static final List<List<String>> QUESTIONS =
            List.of(
                    List.of("fc-match", "--format=%{file}\n", "emoji:color=true"),
                    List.of("fc-list", "--format=%{file}\n", ":color=true"));

    private static final List<String> FOLDERS =
            List.of(
                    "/usr/share/fonts/truetype/noto",
                    "/usr/share/fonts/noto",
                    "/usr/share/fonts/google-noto-color-emoji-fonts",
                    "/usr/share/fonts/google-noto-emoji",
                    "/usr/share/fonts/noto-emoji",
                    "/usr/local/share/fonts",
                    System.getProperty("user.home") + "/.local/share/fonts",
                    System.getProperty("user.home") + "/.fonts");

    private static final String USUAL_NAME = "NotoColorEmoji.ttf";

    private InstalledFonts() {}

    /** Whether JavaFX leaves emoji out on this system: it paints those of macOS and Windows. */
    static boolean areNeeded() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return !name.startsWith("mac") && !name.startsWith("windows");
    }

    /** The first font of pictures; null where there is none. */
    static @Nullable EmojiFont open() {
        var tried = new LinkedHashSet<Path>();
        for (List<String> question : QUESTIONS) {
            EmojiFont font = first(() -> ask(question).map(Path::of), tried);
            if (font != null) return font;
        }
        EmojiFont font = first(() -> FOLDERS.stream().map(f -> Path.of(f, USUAL_NAME)), tried);
        if (font == null) log.info("no font with pictures of emoji among {}", tried);
        return font;
    }

    private static @Nullable EmojiFont first(Supplier<Stream<Path>> paths, Set<Path> tried) {
        for (Path path : paths.get().toList()) {
            if (!tried.add(path) || !Files.isRegularFile(path)) continue;
            try {
                return EmojiFont.open(path);
            } catch (IOException e) {
                // Most fonts with colours have no pictures, but outlines.
                log.debug("{}: {}", path, e.getMessage());
            }
        }
        return null;
    }

    private static Stream<String> ask(List<String> question) {
        var builder = new ProcessBuilder(question);
        builder.environment().clear();
        builder.environment().putAll(CleanEnvironment.of(System.getenv()));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .execute(process::destroyForcibly);
            byte[] said = process.getInputStream().readNBytes(MOST_OUTPUT);
            process.destroy();
            return new String(said, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("/"));
        } catch (IOException e) {
            log.debug("{}: {}", question.getFirst(), e.getMessage());
            return Stream.empty();
        }
    }
}
