package io.tillwatch.query.snapshot;

/** Is told what happens while a snapshot is brought up to date. */
public interface Progress {

    /** Something that whoever asks should know, as a sentence. */
    void notice(String sentence);

    /** How far the reading is, in records; called often. */
    void read(long records, long ofRecords);

    /** The snapshot is up to date; the figures are those of this time alone. */
    void upToDate(long recordsRead, long keptOut);
}
