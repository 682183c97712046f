package dev.wormhole.server.checkpoint;

/**
 * How many rows were read back, and how many of them were damaged and are left out. Rows behind a
 * page that cannot be read are in neither number.
 *
 * <p>Immutable.
 */
record Tally(Rows sessions, Rows entries, Rows blocks, Rows screens, Rows parts) {

    static final Tally NONE = new Tally(Rows.NONE, Rows.NONE, Rows.NONE, Rows.NONE, Rows.NONE);

    /** Of one table. */
    record Rows(int kept, int damaged) {

        static final Rows NONE = new Rows(0, 0);

        Rows plus(Rows other) {
            return new Rows(kept + other.kept, damaged + other.damaged);
        }

        /** "41 of 43". */
        @Override
        public String toString() {
            return kept + " of " + (kept + damaged);
        }
    }

    Tally plus(Tally other) {
        return new Tally(
                sessions.plus(other.sessions),
                entries.plus(other.entries),
                blocks.plus(other.blocks),
                screens.plus(other.screens),
                parts.plus(other.parts));
    }

    static Tally ofSessions(Rows sessions) {
        return new Tally(sessions, Rows.NONE, Rows.NONE, Rows.NONE, Rows.NONE);
    }

    /** Of what tasks printed. */
    static Tally ofParts(Rows parts) {
        return new Tally(Rows.NONE, Rows.NONE, Rows.NONE, Rows.NONE, parts);
    }
}
