package io.tillwatch.bench.flink;

import io.tillwatch.bench.contender.Contender.Found;
import java.util.List;

/** A contender's jobs. */
public interface FlinkJobs {

    /** The jobs, each to be run to its end before the next. */
    List<FlinkJob> inOrder();

    /** What they found. */
    Found found(String bootstrapServers);
}
