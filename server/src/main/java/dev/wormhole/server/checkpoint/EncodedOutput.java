package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.TaskOutputIncrement;
import dev.wormhole.server.session.TaskOutputPart;

import java.util.List;

/**
 * What is new of a task's output ready to be written, and what of the stored goes.
 *
 * <p>Immutable.
 */
record EncodedOutput(List<StoredPart> parts, long headEnd, long tailStart) {

    EncodedOutput {
        parts = List.copyOf(parts);
    }

    static EncodedOutput of(SessionId session, TaskOutputIncrement output, BlobCodec codec) {
        return new EncodedOutput(
                output.parts().stream()
                        .filter(part -> stays(part, output))
                        .map(part -> StoredPart.of(session, part, codec))
                        .toList(),
                output.headEnd(),
                output.tailStart());
    }

    /** What went before it was written is not written. */
    private static boolean stays(TaskOutputPart part, TaskOutputIncrement output) {
        int length = part.bytes().length();
        boolean gone =
                part.offset() >= output.headEnd() && part.offset() + length <= output.tailStart();
        return length > 0 && !gone;
    }

    /** About what it keeps in memory. */
    long size() {
        return parts.stream().mapToLong(part -> 64 + part.blob().bytes().length()).sum();
    }
}
