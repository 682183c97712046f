package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.Increment;
import dev.wormhole.server.session.Mark;
import dev.wormhole.server.session.SessionRecord;

import org.jspecify.annotations.Nullable;

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
        List<StoredEntry> entries,
        List<Mark> events,
        @Nullable EncodedScreen screen) {

    EncodedIncrement {
        entries = List.copyOf(entries);
        events = List.copyOf(events);
    }

    static EncodedIncrement of(Increment increment, BlobCodec codec) {
        SessionRecord record = increment.record();
        SessionId id = record.id();
        return new EncodedIncrement(
                record,
                new LaunchJson(record.command(), record.env(), record.program()).toText(),
                increment.ringStart(),
                increment.complete(),
                increment.entries().stream()
                        .map(entry -> StoredEntry.of(id, entry, codec))
                        .toList(),
                increment.events(),
                increment.screen() == null
                        ? null
                        : EncodedScreen.of(id, increment.screen(), codec));
    }

    /**
     * The same without output and screen, which are to follow: name, directory, how it was made and
     * how it ended. Nothing that is stored goes for it.
     */
    EncodedIncrement facts() {
        return new EncodedIncrement(record, launch, 0, false, List.of(), events, null);
    }

    /** About what it keeps in memory. */
    long size() {
        return launch.length()
                + 32L * events.size()
                + (screen == null ? 0 : screen.size())
                + entries.stream().mapToLong(entry -> 64 + entry.blob().bytes().length()).sum();
    }
}
