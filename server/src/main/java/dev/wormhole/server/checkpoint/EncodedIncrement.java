package dev.wormhole.server.checkpoint;

import dev.wormhole.server.session.Increment;
import dev.wormhole.server.session.SessionRecord;

import java.util.List;

/**
 * An increment ready to be written: encoding it is done before the transaction, so that what fails
 * there fails alone.
 *
 * <p>Immutable.
 */
record EncodedIncrement(
        SessionRecord record,
        String launch,
        long ringStart,
        boolean complete,
        List<StoredEntry> entries) {

    EncodedIncrement {
        entries = List.copyOf(entries);
    }

    static EncodedIncrement of(Increment increment, EntryCodec codec) {
        SessionRecord record = increment.record();
        return new EncodedIncrement(
                record,
                new LaunchJson(record.command(), record.env()).toText(),
                increment.ringStart(),
                increment.complete(),
                increment.entries().stream()
                        .map(entry -> codec.encode(record.id(), entry))
                        .toList());
    }

    /** About what it keeps in memory. */
    long size() {
        return launch.length()
                + entries.stream().mapToLong(entry -> 64 + entry.bytes().length()).sum();
    }
}
