package io.tillwatch.bench.contender;

import io.tillwatch.bench.workload.Finding;
import java.util.Set;

/** One way to watch the payments. */
public interface Contender extends AutoCloseable {

    /**
     * Reads the feeds from their beginnings to their ends and writes what it finds to Kafka; returns when all is written.
     * This is what is measured.
     */
    void drain() throws Exception;

    /** Removes what the drain has left behind, its results aside. */
    void tidy() throws Exception;

    /** What it found since the results were last emptied, read from where it wrote it. */
    Found found();

    @Override
    void close();

    /**
     * What was found.
     *
     * @param findings of the four detections
     * @param others how many results of any other kind
     */
    record Found(Set<Finding> findings, int others) {}
}
