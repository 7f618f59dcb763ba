package io.tillwatch.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.traffic.feed.Letter;
import io.tillwatch.traffic.life.Life;
import io.tillwatch.traffic.run.FeedWriter;
import io.tillwatch.traffic.run.TrafficListener;
import io.tillwatch.traffic.truth.ScopedTruth;
import io.tillwatch.traffic.truth.Truth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a simulation writes, and writes down the truth if it is asked to. */
final class SimulationLog implements TrafficListener, FeedWriter.Delivery, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Writer truths;
    private final AtomicLong payments = new AtomicLong();
    private final AtomicLong faulty = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile String why = "";

    /** @param file of the truths, or null for none */
    SimulationLog(Path file) throws IOException {
        this.truths = file == null ? Writer.nullWriter() : Files.newBufferedWriter(file);
    }

    @Override
    public void began(Life life) {
        Truth truth = life.truth();
        payments.incrementAndGet();
        faulty.addAndGet(truth.fault().isEmpty() ? 0 : 1);
        ObjectNode line = JSON.createObjectNode();
        line.put("paymentId", truth.paymentId());
        line.put("fault", truth.fault());
        line.putPOJO("must", truth.must());
        line.putPOJO("may", truth.may());
        line.putPOJO("clears", truth.clears());
        line.putPOJO("deadLetters", truth.deadLetters());
        write(line);
    }

    @Override
    public void befalls(ScopedTruth truth) {
        ObjectNode line = JSON.createObjectNode();
        line.put("alertId", truth.alertId());
        line.put("clears", truth.clears());
        write(line);
    }

    private void write(ObjectNode line) {
        try {
            truths.write(line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the truth cannot be written", e);
        }
    }

    @Override
    public void appended(Letter letter, long atMillis) {
        records.incrementAndGet();
    }

    @Override
    public void failed(Letter letter, Exception reason) {
        failed.incrementAndGet();
        why = "; Kafka did not take " + letter.topic().baseName() + ": " + reason.getMessage();
    }

    @Override
    public void late(String paymentId, long byMillis) {
        // nobody judges here
    }

    long failed() {
        return failed.get();
    }

    @Override
    public String toString() {
        return String.format(
                "payments %,d, %,d of them with a fault; records %,d, failed %,d%s",
                payments.get(), faulty.get(), records.get(), failed.get(), why);
    }

    @Override
    public void close() throws IOException {
        truths.close();
    }
}
