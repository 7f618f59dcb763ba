package io.tillwatch.acquirer.ledger;

/**
 * What one attempt at authorization is called. Either may be null; one of zeros only names nothing.
 *
 * @param stan ISO 8583 DE 11
 * @param rrn ISO 8583 DE 37
 */
public record AttemptName(String stan, String rrn) {

    /** Whether it names anything. */
    public boolean givesAName() {
        return names(stan) || names(rrn);
    }

    /** The same attempt: an equal stan or an equal rrn. */
    public boolean matches(AttemptName other) {
        return (names(stan) && stan.equals(other.stan)) || (names(rrn) && rrn.equals(other.rrn));
    }

    private static boolean names(String text) {
        return text != null && !text.isEmpty() && text.chars().anyMatch(c -> c != '0');
    }
}
