package io.tillwatch.rules.fact;

/**
 * A capture message: the merchant asks for the money that was authorized.
 *
 * @param captureId identity of the capture, the same in every record about it
 * @param last no further capture will follow
 */
public record Capture(Common common, String captureId, Status status, boolean last) implements FeedRecord {

    /** What became of it. */
    public enum Status {
        ACCEPTED,
        FAILED
    }

    @Override
    public Feed feed() {
        return Feed.CAPTURES;
    }

    public boolean accepted() {
        return status == Status.ACCEPTED;
    }
}
