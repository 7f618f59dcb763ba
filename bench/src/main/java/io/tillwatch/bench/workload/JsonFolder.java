package io.tillwatch.bench.workload;

import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.json.JsonLines;
import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.record.Settlement;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.specific.SpecificRecordBase;

/** A workload as JSON lines, a file for each feed: input for a replay. */
public final class JsonFolder implements RecordSink, Closeable {

    private final Lines<Authorization> authorizations;
    private final Lines<Capture> captures;
    private final Lines<Settlement> settlements;

    private JsonFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        authorizations = new Lines<>(folder, "authorizations", RecordType.AUTHORIZATION);
        captures = new Lines<>(folder, "captures", RecordType.CAPTURE);
        settlements = new Lines<>(folder, "settlements", RecordType.SETTLEMENT);
    }

    /** Writes the files. */
    public static void write(Plan plan, Path folder) throws IOException {
        try (JsonFolder files = new JsonFolder(folder)) {
            new Payments(plan).write(files);
        }
    }

    @Override
    public void write(Authorization authorization, long atMillis) throws IOException {
        authorizations.write(authorization);
    }

    @Override
    public void write(Capture capture, long atMillis) throws IOException {
        captures.write(capture);
    }

    @Override
    public void write(Settlement settlement, long atMillis) throws IOException {
        settlements.write(settlement);
    }

    @Override
    public void close() throws IOException {
        authorizations.close();
        captures.close();
        settlements.close();
    }

    /** A file of records. */
    private static final class Lines<T extends SpecificRecordBase> implements Closeable {

        private static final int BUFFER_BYTES = 256 * 1024;

        private final JsonLines<T> json;
        private final OutputStream out;

        Lines(Path folder, String name, RecordType<T> type) throws IOException {
            json = JsonLines.of(type);
            out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(name + ".jsonl")), BUFFER_BYTES);
        }

        void write(T record) throws IOException {
            out.write(json.write(record));
            out.write('\n');
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
