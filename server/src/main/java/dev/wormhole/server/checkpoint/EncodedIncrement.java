package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.Increment;
import dev.wormhole.server.session.Mark;
import dev.wormhole.server.session.NewScreen;
import dev.wormhole.server.session.ScreenImage;
import dev.wormhole.server.session.SessionRecord;
import dev.wormhole.server.session.StoredScreen;
import dev.wormhole.server.session.TaskRecord;

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
        @Nullable EncodedScreen screen,
        @Nullable EncodedOutput output) {

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
                increment.screen() == null ? null : EncodedScreen.of(id, increment.screen(), codec),
                increment.output() == null
                        ? null
                        : EncodedOutput.of(id, increment.output(), codec));
    }

    /** A session that was read back, to be written elsewhere. */
    static EncodedIncrement of(Checkpoint checkpoint, BlobCodec codec) {
        ScreenImage image = checkpoint.image();
        StoredScreen screen = image.screen();
        return of(
                new Increment(
                        checkpoint.record(),
                        0,
                        checkpoint.complete(),
                        image.tail(),
                        image.events(),
                        screen == null ? null : new NewScreen(screen, 0, image.blocks())),
                codec);
    }

    /**
     * The same without output and screen, which are to follow: name, directory, how it was made,
     * how it ended and how its task did. Nothing that is stored goes for it.
     */
    EncodedIncrement facts() {
        return new EncodedIncrement(record, launch, 0, false, List.of(), events, null, null);
    }

    /** About what it keeps in memory. */
    long size() {
        return launch.length()
                + 32L * events.size()
                + (screen == null ? 0 : screen.size())
                + (output == null ? 0 : output.size())
                + taskLength(record.task())
                + entries.stream().mapToLong(entry -> 64 + entry.blob().bytes().length()).sum();
    }

    private static long taskLength(@Nullable TaskRecord task) {
        return task == null ? 0 : 128 + task.repo().length() + task.task().length();
    }
}
