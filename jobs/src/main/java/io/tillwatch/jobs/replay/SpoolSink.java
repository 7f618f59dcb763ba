package io.tillwatch.jobs.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Spools results, each task into a file of its own. */
final class SpoolSink<T> implements Sink<T> {

    private final String folder;
    private final String name;
    private final Lines<T> lines;

    SpoolSink(Path folder, String name, Lines<T> lines) {
        this.folder = folder.toString();
        this.name = name;
        this.lines = lines;
    }

    /** What all tasks of a sink have written, after its job has ended. */
    static List<Spool> spools(Path folder, String name, int tasks) throws IOException {
        List<Spool> spools = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            spools.add(Spool.of(file(folder, name, task)));
        }
        return spools;
    }

    private static Path file(Path folder, String name, int task) {
        return folder.resolve(name + "-" + task + ".spool");
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        int task = context.getTaskInfo().getIndexOfThisSubtask();
        return new Writer<>(new ResultSpool<>(file(Path.of(folder), name, task), lines));
    }

    private record Writer<T>(ResultSpool<T> spool) implements SinkWriter<T> {

        @Override
        public void write(T result, Context context) throws IOException {
            spool.add(result);
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            if (endOfInput) {
                spool.close();
            }
        }

        @Override
        public void close() throws IOException {
            spool.close();
        }
    }
}
