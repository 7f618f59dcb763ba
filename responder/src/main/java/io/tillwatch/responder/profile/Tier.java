package io.tillwatch.responder.profile;

/** How much an acquirer helps against doing something twice. */
public enum Tier {
    /** Answers inquiries, refuses a late reversal of what is settled, deduplicates by key: may be asked again. */
    A,
    /** As A, without deduplication: is asked what it did, and asked to do it again only once a late request is refused. */
    B,
    /** None of it: one send at most, and what is not known after that a person must find out. */
    C
}
