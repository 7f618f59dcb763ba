package io.tillwatch.responder.engine;

/** The places between two effects at which a crash must not matter; where fault tests stop the process. */
public enum Failpoint {
    /** Commands are read from their topic, and are not in the journal. */
    AFTER_POLL,
    /** They are in the journal, and the offsets are not committed. */
    AFTER_INSERT,
    /** As AFTER_INSERT, in the instant before the commit is sent. */
    BEFORE_OFFSET_COMMIT,
    /** A command is claimed, and nobody was asked. */
    AFTER_CLAIM,
    /** The acquirer has answered the inquiry. */
    AFTER_INQUIRY,
    /** It is decided to send. */
    BEFORE_INTENT,
    /** The intent is committed, and nothing is sent. */
    AFTER_INTENT,
    /** The acquirer has answered the instruction, and nobody knows. */
    AFTER_SEND,
    /** The end state and what tells of it are committed. */
    AFTER_END,
    /** An answer that says nothing is written down. */
    AFTER_UNKNOWN,
    /** The broker has taken the outcomes, and the journal does not know. */
    AFTER_RELAY,
    /** The journal knows. */
    AFTER_TOLD
}
