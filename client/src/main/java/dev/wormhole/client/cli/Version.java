package dev.wormhole.client.cli;

import dev.wormhole.protocol.Limits;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of this program, as Maven wrote it into the jar. */
final class Version {

    private static final String RESOURCE = "/META-INF/maven/dev.wormhole/client/pom.properties";

    private Version() {}

    /**
     * Such as {@code 0.1.0 (protocol 1)}; {@code development} where the classes do not come from a
     * jar.
     */
    static String text() {
        return number() + " (protocol " + Limits.PROTOCOL + ")";
    }

    private static String number() {
        try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
            if (in == null) return "development";
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "development").replace("-SNAPSHOT", "");
        } catch (IOException e) {
            return "development";
        }
    }
}
