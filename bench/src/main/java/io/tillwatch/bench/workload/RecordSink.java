package io.tillwatch.bench.workload;

import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.record.Settlement;
import java.io.IOException;

/** Takes the records of a workload in the order of their time, which is when they arrive. */
interface RecordSink {

    void write(Authorization authorization, long atMillis) throws IOException;

    void write(Capture capture, long atMillis) throws IOException;

    void write(Settlement settlement, long atMillis) throws IOException;
}
