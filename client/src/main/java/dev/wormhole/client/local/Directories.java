package dev.wormhole.client.local;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where this device keeps Wormhole's data and configuration (DESIGN section 6). Pure: looks at no
 * file.
 */
public final class Directories {

    private static final String NAME = "wormhole";

    private Directories() {}

    /**
     * The data directory: the option, else {@code WORMHOLE_DATA}, else the platform's place;
     * absolute.
     */
    public static Path data(@Nullable String option, Map<String, String> environment) {
        String chosen = option != null ? option : given(environment, "WORMHOLE_DATA");
        if (chosen != null) return absolute(chosen);
        Path home = home(environment);
        if (isMac()) return home.resolve("Library/Application Support/Wormhole");
        return base(environment, "XDG_DATA_HOME", home.resolve(".local/share")).resolve(NAME);
    }

    /**
     * The configuration directory: {@code WORMHOLE_CONFIG}, else below {@code XDG_CONFIG_HOME};
     * absolute.
     */
    public static Path config(Map<String, String> environment) {
        String chosen = given(environment, "WORMHOLE_CONFIG");
        if (chosen != null) return absolute(chosen);
        return base(environment, "XDG_CONFIG_HOME", home(environment).resolve(".config"))
                .resolve(NAME);
    }

    /** The XDG specification says that a relative value is to be ignored. */
    private static Path base(Map<String, String> environment, String variable, Path otherwise) {
        String value = given(environment, variable);
        if (value == null) return otherwise;
        Path path = Path.of(value);
        return path.isAbsolute() ? path.normalize() : otherwise;
    }

    private static Path home(Map<String, String> environment) {
        String home = given(environment, "HOME");
        return absolute(home != null ? home : System.getProperty("user.home"));
    }

    private static @Nullable String given(Map<String, String> environment, String variable) {
        String value = environment.get(variable);
        return value == null || value.isEmpty() ? null : value;
    }

    private static Path absolute(String text) {
        return Path.of(text).toAbsolutePath().normalize();
    }

    private static boolean isMac() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
    }
}
