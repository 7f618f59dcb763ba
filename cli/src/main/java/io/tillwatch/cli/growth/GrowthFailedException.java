package io.tillwatch.cli.growth;

/** A cell could not be measured to its end; says why. */
public final class GrowthFailedException extends RuntimeException {
    GrowthFailedException(String message) {
        super(message);
    }
}
