package io.tillwatch.cli.growth;

/**
 * One system to be measured.
 *
 * @param open payments that are open all the while
 * @param parallelism of the jobs
 */
record Cell(Keeps keeps, int parallelism, long open) {

    /** Of the JVM of the jobs, apart from what it keeps of payments. */
    private static final int HEAP_MEGABYTES = 1536;

    /** What a payment is given on the heap: its objects, those of its table and its timer, and room for the collector. */
    private static final long HEAP_BYTES_A_PAYMENT = 2_500;

    /** Where state is kept. */
    enum Keeps {
        HEAP,
        ROCKSDB
    }

    /** What the jobs' JVM is given. With RocksDB the payments are outside of it. */
    int heapMegabytes() {
        return switch (keeps) {
            case HEAP -> HEAP_MEGABYTES + (int) (open * HEAP_BYTES_A_PAYMENT >> 20);
            case ROCKSDB -> HEAP_MEGABYTES;
        };
    }

    /** Whether a machine with this much memory has room for it beside the broker, the writer and the system. */
    boolean fits(long machineMegabytes) {
        return heapMegabytes() <= machineMegabytes * 6 / 10;
    }

    @Override
    public String toString() {
        return String.format(
                "%s, parallelism %d, %,d open", keeps == Keeps.HEAP ? "heap" : "RocksDB", parallelism, open);
    }
}
