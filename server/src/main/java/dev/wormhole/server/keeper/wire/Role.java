package dev.wormhole.server.keeper.wire;

/** What a connection to a keeper is for; the number stands in HELLO. */
public enum Role {
    /** Spawning, listing, ending: one at a time; a newer one replaces it. */
    CONTROL(0),
    /** One process: its output, its input. */
    PROCESS(1);

    private final int code;

    Role(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Role of(int code) throws WireException {
        for (Role role : values()) if (role.code == code) return role;
        throw new WireException("role: " + code);
    }
}
