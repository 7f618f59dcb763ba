package io.tillwatch.cli.latency;

import java.util.Locale;

/**
 * What a system is put under.
 *
 * @param rocksDb where the jobs keep their state; else on the heap
 * @param recordsPerSecond that the generator is to send
 * @param warmUpSeconds before it is measured
 * @param seconds for which it is measured
 * @param batch settlements that arrive at once in the middle of it; 0 for none
 */
record Load(boolean rocksDb, double recordsPerSecond, int warmUpSeconds, int seconds, int batch, long seed) {

    static final double RECORDS_PER_PAYMENT = 2.8;

    private static final int HEAP_MEGABYTES = 1536;
    private static final double HEAP_BYTES_A_PAYMENT = 2_500;

    double paymentsPerSecond() {
        return recordsPerSecond / RECORDS_PER_PAYMENT;
    }

    /** Of the jobs' JVM: on the heap it keeps all payments of the run, for two minutes after they are closed. */
    int heapMegabytes() {
        double payments = paymentsPerSecond() * (warmUpSeconds + seconds) + batch;
        return rocksDb ? HEAP_MEGABYTES : HEAP_MEGABYTES + (int) (payments * HEAP_BYTES_A_PAYMENT / (1 << 20));
    }

    String state() {
        return rocksDb ? "rocksdb" : "heap";
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s, %,.0f records/s", state(), recordsPerSecond);
    }
}
