package io.tillwatch.jobs.replay;

import io.tillwatch.jobs.feed.Inbound;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Everything that was loaded, as one stream in the order of arrival, with its clock. One task reads it from beginning to
 * end; without checkpoints there is nothing to come back to.
 */
final class SpooledSource implements Source<Inbound, SpooledSource.Whole, SpooledSource.Nothing> {

    private final Window window;

    SpooledSource(Window window) {
        this.window = window;
    }

    /**
     * What is read, and between which times.
     *
     * @param spools files of the spools
     * @param progressFile where it is noted how many were read
     * @param firstMillis refused lines are taken no earlier
     * @param lastMillis refused lines are taken no later
     * @param asOfMillis where the clock stands at the end
     */
    record Window(List<String> spools, String progressFile, long firstMillis, long lastMillis, long asOfMillis)
            implements Serializable {}

    /** The only split there is. */
    record Whole() implements SourceSplit {
        @Override
        public String splitId() {
            return "whole";
        }
    }

    /** What the enumerator has to remember. */
    record Nothing() {}

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<Inbound, Whole> createReader(SourceReaderContext context) {
        return new SpooledSourceReader(window);
    }

    @Override
    public SplitEnumerator<Whole, Nothing> createEnumerator(SplitEnumeratorContext<Whole> context) {
        return new Enumerator(context);
    }

    @Override
    public SplitEnumerator<Whole, Nothing> restoreEnumerator(SplitEnumeratorContext<Whole> context, Nothing nothing) {
        return new Enumerator(context);
    }

    @Override
    public SimpleVersionedSerializer<Whole> getSplitSerializer() {
        return new Marker<>(new Whole());
    }

    @Override
    public SimpleVersionedSerializer<Nothing> getEnumeratorCheckpointSerializer() {
        return new Marker<>(new Nothing());
    }

    /** Gives the whole to the first reader. */
    private static final class Enumerator implements SplitEnumerator<Whole, Nothing> {

        private final SplitEnumeratorContext<Whole> context;
        private boolean given;

        Enumerator(SplitEnumeratorContext<Whole> context) {
            this.context = context;
        }

        @Override
        public void start() {
            // readers announce themselves
        }

        @Override
        public void addReader(int subtask) {
            if (!given) {
                given = true;
                context.assignSplit(new Whole(), subtask);
            }
            context.signalNoMoreSplits(subtask);
        }

        @Override
        public void handleSplitRequest(int subtask, String requesterHostname) {
            // nobody asks
        }

        @Override
        public void addSplitsBack(List<Whole> splits, int subtask) {
            given = false;
        }

        @Override
        public Nothing snapshotState(long checkpointId) {
            return new Nothing();
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    /** Writes the one value of a type, which needs no words. */
    private record Marker<T>(T value) implements SimpleVersionedSerializer<T> {

        private static final byte[] WORD = "it".getBytes(StandardCharsets.US_ASCII);

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(T written) {
            return WORD.clone();
        }

        @Override
        public T deserialize(int version, byte[] serialized) throws IOException {
            return value;
        }
    }
}
