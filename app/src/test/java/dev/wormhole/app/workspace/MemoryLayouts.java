package dev.wormhole.app.workspace;

import dev.wormhole.protocol.json.Json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A layout store without a disk. */
public final class MemoryLayouts implements LayoutStore {

    final Map<String, Json> stored = new LinkedHashMap<>();
    final List<Json> setAside = new ArrayList<>();
    int writes;
    boolean isFull;

    @Override
    public Optional<Json> load(String host) {
        return Optional.ofNullable(stored.get(host));
    }

    @Override
    public void save(String host, Json layout) throws IOException {
        write();
        stored.put(host, layout);
    }

    @Override
    public void remove(String host) throws IOException {
        write();
        stored.remove(host);
    }

    @Override
    public void setAside(String host, Json layout) throws IOException {
        write();
        setAside.add(layout);
    }

    private void write() throws IOException {
        if (isFull) throw new IOException("disk full");
        writes++;
    }
}
