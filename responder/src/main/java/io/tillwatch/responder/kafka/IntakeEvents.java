package io.tillwatch.responder.kafka;

import io.tillwatch.responder.journal.CommandReceipt;

/** What the intake tells of its work, for metrics. */
public interface IntakeEvents {

    /** A batch is in the journal. */
    void taken(CommandReceipt.Counts counts);

    /** Records were refused. */
    void refused(int count);

    /** Nobody listens. */
    static IntakeEvents none() {
        return new IntakeEvents() {
            @Override
            public void taken(CommandReceipt.Counts counts) {}

            @Override
            public void refused(int count) {}
        };
    }
}
