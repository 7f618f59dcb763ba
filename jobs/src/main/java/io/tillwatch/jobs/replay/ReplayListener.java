package io.tillwatch.jobs.replay;

import java.util.function.LongSupplier;

/** Hears how far a replay has come. */
public interface ReplayListener {

    /** One that does not listen. */
    ReplayListener NONE = (stage, done, total) -> {};

    /** What a replay does, one after the other. */
    enum Stage {
        /** Lines are read and put in order; counted in bytes of the files. */
        READING,
        /** The cluster is started; not counted. */
        STARTING,
        /** Repeated purchases are looked for; counted in records. */
        DUPLICATES,
        /** Payments are judged; counted in records. */
        PAYMENTS,
        /** The results are put in order and written; not counted. */
        WRITING
    }

    /**
     * A stage begins, and with it the one before ends.
     *
     * @param done how much is done of it; may be asked by any thread until the replay has ended
     * @param total how much there is to do; 0 where it is not counted
     */
    void begins(Stage stage, LongSupplier done, long total);
}
