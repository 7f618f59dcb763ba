package io.tillwatch.jobs.replay;

import io.tillwatch.jobs.codec.StreamCodec;
import io.tillwatch.jobs.feed.Inbound;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.memory.DataInputDeserializer;

/**
 * Reads the spools and sets the clock: to a time only when everything that arrived by then was emitted, every few records
 * rather than at each, and in the end to the end of the replay.
 */
final class SpooledSourceReader implements SourceReader<Inbound, SpooledSource.Whole> {

    private static final int RECORDS_BETWEEN_WATERMARKS = 256;
    private static final int RECORDS_BETWEEN_NOTES = 16 * 1024;

    private final SpooledSource.Window window;
    private final TypeSerializer<Inbound> serializer = StreamCodec.INBOUND_TYPE.createSerializer(null);
    private final DataInputDeserializer input = new DataInputDeserializer();
    private final List<SpooledSource.Whole> splits = new ArrayList<>(1);
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private boolean noMoreSplits;
    private SpoolReader spools;
    private ProgressFile progress;
    private long emitted;
    private long emittedAtWatermark;
    private long lastMillis = Long.MIN_VALUE;

    SpooledSourceReader(SpooledSource.Window window) {
        this.window = window;
    }

    @Override
    public void start() {
        // the split says when to begin
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Inbound> output) throws IOException {
        if (splits.isEmpty()) {
            return ended();
        }
        if (spools == null) {
            open();
        }
        if (!spools.next()) {
            output.emitWatermark(new Watermark(window.asOfMillis()));
            progress.note(emitted);
            splits.clear();
            return ended();
        }
        Inbound inbound = read();
        if (inbound.arrivedAtMillis() > lastMillis && emitted - emittedAtWatermark >= RECORDS_BETWEEN_WATERMARKS) {
            output.emitWatermark(new Watermark(inbound.arrivedAtMillis() - 1));
            emittedAtWatermark = emitted;
        }
        lastMillis = inbound.arrivedAtMillis();
        output.collect(inbound, lastMillis);
        emitted++;
        if (emitted % RECORDS_BETWEEN_NOTES == 0) {
            progress.note(emitted);
        }
        return InputStatus.MORE_AVAILABLE;
    }

    /** A task that ends before it is told that no more splits come fails its job, since it cannot be told any more. */
    private InputStatus ended() {
        if (noMoreSplits) {
            return InputStatus.END_OF_INPUT;
        }
        available = new CompletableFuture<>();
        return InputStatus.NOTHING_AVAILABLE;
    }

    private void open() throws IOException {
        List<Spool> all = new ArrayList<>();
        for (String file : window.spools()) {
            all.add(Spool.of(Path.of(file)));
        }
        spools = new SpoolReader(all);
        progress = ProgressFile.at(Path.of(window.progressFile()));
    }

    private Inbound read() throws IOException {
        ByteBuffer value = spools.value();
        input.setBuffer(value.array(), value.arrayOffset() + value.position(), value.remaining());
        long arrivedAt = EventKey.arrivedAtMillis(spools.key());
        long place = Math.max(window.firstMillis(), Math.min(window.lastMillis(), arrivedAt));
        return EventKey.at(place, serializer.deserialize(input));
    }

    @Override
    public List<SpooledSource.Whole> snapshotState(long checkpointId) {
        return List.copyOf(splits);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public void addSplits(List<SpooledSource.Whole> added) {
        splits.addAll(added);
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        available.complete(null);
    }

    @Override
    public void close() throws IOException {
        if (spools != null) {
            spools.close();
        }
        if (progress != null) {
            progress.close();
        }
    }
}
