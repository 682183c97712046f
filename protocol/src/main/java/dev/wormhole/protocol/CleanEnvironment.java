package dev.wormhole.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The environment that Wormhole hands to what it starts (shells, the server): the user's own, with
 * nothing of the launcher's, of the JVM's or secret in it. Pure.
 */
public final class CleanEnvironment {

    /**
     * Set by jpackage's launcher; a child with it cannot start any jpackage launcher (measured).
     */
    private static final String LAUNCHER = "_JPACKAGE_LAUNCHER";

    private static final String LIBRARIES = "LD_LIBRARY_PATH";

    /**
     * Where jpackage's launcher keeps its own library: it appends this folder of the image to the
     * path.
     */
    private static final String LAUNCHER_FOLDER = "/lib/app";

    private static final Set<String> DROPPED =
            Set.of(
                    LAUNCHER,
                    "JAVA_TOOL_OPTIONS",
                    "JDK_JAVA_OPTIONS",
                    "_JAVA_OPTIONS",
                    "WORMHOLE_TOKEN",
                    "WORMHOLE_SESSION");

    private CleanEnvironment() {}

    /** The given environment without what belongs to this process alone; the order is kept. */
    public static Map<String, String> of(Map<String, String> environment) {
        var clean = new LinkedHashMap<>(environment);
        clean.keySet().removeAll(DROPPED);
        String libraries = environment.get(LIBRARIES);
        if (libraries != null && environment.containsKey(LAUNCHER)) {
            String kept = withoutLauncher(libraries);
            if (kept.isEmpty()) clean.remove(LIBRARIES);
            else clean.put(LIBRARIES, kept);
        }
        return clean;
    }

    /**
     * An empty entry would mean the current directory, and the launcher makes one where the path
     * was empty.
     */
    private static String withoutLauncher(String libraries) {
        List<String> entries = new ArrayList<>(List.of(libraries.split(":")));
        String last = entries.isEmpty() ? "" : entries.getLast();
        if (last.endsWith(LAUNCHER_FOLDER)) {
            entries.removeIf(last::equals);
            entries.removeIf(String::isEmpty);
        }
        return String.join(":", entries);
    }
}
