package io.tillwatch.jobs.replay;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Puts results into a spool, and out of spools into a file of lines. The key ends with what the result is counted as. */
final class ResultSpool<T> implements Closeable {

    private static final int BUFFER_BYTES = 256 * 1024;

    private final Lines<T> lines;
    private final SpoolWriter spool;
    private final DataOutputSerializer key = new DataOutputSerializer(256);
    private final DataOutputSerializer value = new DataOutputSerializer(4096);

    ResultSpool(Path file, Lines<T> lines) throws IOException {
        this.lines = lines;
        this.spool = new SpoolWriter(file);
    }

    void add(T result) throws IOException {
        byte[] countedAs = lines.countedAs(result).getBytes(StandardCharsets.US_ASCII);
        key.clear();
        lines.key(result, key);
        key.write(countedAs);
        key.write(countedAs.length);
        value.clear();
        lines.value(result, value);
        spool.add(key, value);
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }

    /** An entry read back, without its line. */
    record Entry(ByteBuffer key) {

        String countedAs() {
            int end = key.limit() - 1;
            int length = key.get(end);
            return text(end - length, length);
        }

        /** The identity, of a key that begins with a time and a text. */
        String identity() {
            int end = Long.BYTES;
            while (key.get(end) != 0) {
                end++;
            }
            return text(Long.BYTES, end - Long.BYTES);
        }

        private String text(int from, int length) {
            byte[] bytes = new byte[length];
            key.get(from, bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Goes through the entries in their order. */
    static void forEach(List<Spool> spools, Consumer<Entry> each) throws IOException {
        try (SpoolReader reader = new SpoolReader(spools)) {
            while (reader.next()) {
                each.accept(new Entry(reader.key()));
            }
        }
    }

    /** Writes the lines in their order. */
    static void writeLines(List<Spool> spools, Path file, Consumer<Entry> each) throws IOException {
        try (SpoolReader reader = new SpoolReader(spools);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
            while (reader.next()) {
                each.accept(new Entry(reader.key()));
                ByteBuffer line = reader.value();
                out.write(line.array(), line.arrayOffset() + line.position(), line.remaining());
                out.write('\n');
            }
        }
    }
}
