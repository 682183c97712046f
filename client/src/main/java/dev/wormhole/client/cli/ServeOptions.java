package dev.wormhole.client.cli;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code wormhole serve} was asked for, checked for form only: whether the settings exist and
 * the certificate can be read is the server's to say.
 *
 * <p>Immutable.
 *
 * @param dataDirectory absolute; need not exist
 * @param port 0: any free one
 * @param tlsCertificate PEM, given together with {@code tlsKey} or not at all
 * @param tokenFile holds what clients have to show; null: a new token at every start
 * @param allowedHosts further values of the Host header that are served
 * @param allowedOrigins values of the Origin header that are served
 * @param settings by name: those of the preferences file under those of {@code --set}
 */
public record ServeOptions(
        Path dataDirectory,
        String host,
        int port,
        @Nullable Path tlsCertificate,
        @Nullable Path tlsKey,
        @Nullable Path tokenFile,
        List<String> allowedHosts,
        List<String> allowedOrigins,
        Map<String, String> settings) {

    public ServeOptions {
        allowedHosts = List.copyOf(allowedHosts);
        allowedOrigins = List.copyOf(allowedOrigins);
        settings = Map.copyOf(settings);
    }

    /** As words behind {@code serve --data DIR}, for whoever starts such a server again. */
    public List<String> words() {
        var words = new ArrayList<String>();
        words.addAll(List.of("--host", host, "--port", Integer.toString(port)));
        add(words, "--tls-cert", tlsCertificate);
        add(words, "--tls-key", tlsKey);
        add(words, Options.TOKEN_FILE, tokenFile);
        for (String name : allowedHosts) words.addAll(List.of("--allow-host", name));
        for (String origin : allowedOrigins) words.addAll(List.of("--allow-origin", origin));
        settings.forEach((name, value) -> words.addAll(List.of("--set", name + "=" + value)));
        return List.copyOf(words);
    }

    private static void add(List<String> words, String option, @Nullable Path path) {
        if (path != null) words.addAll(List.of(option, path.toString()));
    }
}
