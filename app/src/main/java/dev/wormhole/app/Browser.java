package dev.wormhole.app;

import dev.wormhole.protocol.CleanEnvironment;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Opens web addresses with the desktop's own program. Text in a terminal is hostile: only these
 * schemes leave it.
 */
final class Browser {

    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto");

    private Browser() {}

    /**
     * @param problems hears a sentence when the address is not opened
     */
    static void open(String address, Consumer<String> problems) {
        try {
            String scheme = new URI(address).getScheme();
            if (scheme == null || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))) {
                problems.accept("Only web and mail addresses are opened from a terminal.");
                return;
            }
            boolean mac = System.getProperty("os.name").startsWith("Mac");
            var builder =
                    new ProcessBuilder(mac ? "open" : "xdg-open", address)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD);
            var clean = CleanEnvironment.of(System.getenv());
            builder.environment().keySet().retainAll(clean.keySet());
            builder.environment().putAll(clean);
            builder.start();
        } catch (URISyntaxException e) {
            problems.accept("This address cannot be opened: " + e.getReason());
        } catch (IOException e) {
            problems.accept("No program opens web addresses here: install xdg-utils.");
        }
    }
}
