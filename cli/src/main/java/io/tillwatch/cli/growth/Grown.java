package io.tillwatch.cli.growth;

import java.time.Duration;

/**
 * What was measured of a cell.
 *
 * @param fillRecords authorizations that were read from a backlog, to fill the state
 * @param fillCpu of the jobs' process from its start until they were taken
 * @param fillWall the same by the clock on the wall
 * @param steadyRecords of payments that begin and end, at a steady number of open ones
 * @param steadyCpu of the jobs' process while it took them
 * @param full what the first checkpoint after the fill holds
 * @param later a checkpoint after the steady records
 * @param restart from the start of the jobs' process, after it was killed
 */
record Grown(
        Cell cell,
        long fillRecords,
        Duration fillCpu,
        Duration fillWall,
        long steadyRecords,
        Duration steadyCpu,
        Checkpoints full,
        Checkpoints later,
        Restart restart) {

    private static final int RECORDS_PER_PAYMENT = 3;

    /**
     * One checkpoint of each job.
     *
     * @param stateBytes what a restore has to read
     * @param writtenBytes what was new and had to be written
     * @param took the longer one's time from its trigger to its completion
     */
    record Checkpoints(long stateBytes, long writtenBytes, Duration took) {}

    /**
     * From the start of a process with nothing in memory.
     *
     * @param allTasksRun until each task has its state and runs
     * @param firstAlert until an alert of a record that was written after the kill can be read
     */
    record Restart(Duration allTasksRun, Duration firstAlert) {}

    /** In the state when an event's cost was measured: those that are open, and those that have ended and are remembered. */
    long paymentsInState() {
        return cell.open() + 2 * steadyRecords / RECORDS_PER_PAYMENT;
    }

    double microsPerEvent() {
        return micros(steadyCpu, steadyRecords);
    }

    double fillMicrosPerEvent() {
        return micros(fillCpu, fillRecords);
    }

    double fillPerSecond() {
        return fillRecords * 1e9 / fillWall.toNanos();
    }

    double bytesPerPayment() {
        return (double) full.stateBytes() / cell.open();
    }

    private static double micros(Duration cpu, long records) {
        return cpu.toNanos() / 1_000.0 / records;
    }
}
