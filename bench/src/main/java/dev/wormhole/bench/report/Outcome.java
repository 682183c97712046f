package dev.wormhole.bench.report;

/** What stands in one cell. Immutable. */
public sealed interface Outcome {

    record Value(double value) implements Outcome {}

    /** So many of so many. */
    record Share(long part, long whole) implements Outcome {}

    /** Why there is no value. */
    record Failure(String reason) implements Outcome {}

    /** The peer has no such thing. */
    record Unfit() implements Outcome {}
}
