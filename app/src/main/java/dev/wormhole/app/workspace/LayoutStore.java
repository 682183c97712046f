package dev.wormhole.app.workspace;

import dev.wormhole.protocol.json.Json;

import java.io.IOException;
import java.util.Optional;

/** Where layouts are kept between two runs, one for each host by its name. */
public interface LayoutStore {

    /** The stored layout; answers from memory. */
    Optional<Json> load(String host);

    /** Replaces the host's layout. Called on the thread {@code layout-saver}; may block. */
    void save(String host, Json layout) throws IOException;

    /** The host has no layout any more. Called on the thread {@code layout-saver}; may block. */
    void remove(String host) throws IOException;

    /**
     * Keeps a copy of a layout that cannot be read, since the next save replaces it. Called on the
     * thread {@code layout-saver}; may block.
     */
    void setAside(String host, Json layout) throws IOException;
}
