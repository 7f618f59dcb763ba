package io.tillwatch.responder.people;

/** How a case came to its end. */
public enum Resolution {
    /** Its command did what was to be done. */
    REMEDIED,
    /** The acquirer shows that nothing had to be done. */
    NOT_NEEDED,
    /** The money was put right in another way. */
    RECOVERED_OTHERWISE,
    /** The money is lost, and that is accepted. */
    WRITTEN_OFF,
    /** Nothing had been wrong. */
    NO_FAULT
}
