package dev.wormhole.client.cli;

import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** List entries for tests. */
final class Entries {

    static final String FIRST = "aaaaaaaa-0000-4000-8000-000000000001";
    static final String SECOND = "aaaabbbb-0000-4000-8000-000000000002";

    private Entries() {}

    static SessionEntry entry(String id, @Nullable String name) {
        return entry(id, name, "/home/ada/src", "vim");
    }

    static SessionEntry entry(String id, @Nullable String name, String cwd, String title) {
        return new SessionEntry(
                SessionId.parse(id),
                name,
                cwd,
                title,
                1,
                2,
                1,
                false,
                null,
                new TerminalSize(80, 24),
                7L,
                List.of(),
                SessionKind.SHELL);
    }
}
