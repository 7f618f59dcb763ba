package io.tillwatch.rules.fact;

/**
 * The streams that a payment's records come from, in the order in which records of one and the same arrival time are
 * taken.
 */
public enum Feed {
    AUTHORIZATIONS("authorizations"),
    CAPTURES("captures"),
    SETTLEMENTS("settlements"),
    REVERSALS("reversals"),
    OUTCOMES("outcomes"),
    SUSPICIONS("suspicions");

    private final String topic;

    Feed(String topic) {
        this.topic = topic;
    }

    /** The topic's name without its prefix; also the name of the file that {@code replay} reads, without extension. */
    public String topic() {
        return topic;
    }
}
