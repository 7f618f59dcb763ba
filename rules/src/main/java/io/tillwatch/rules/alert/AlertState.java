package io.tillwatch.rules.alert;

/**
 * What was last said of an alert.
 *
 * @param amount minor units, or null
 * @param currency ISO 4217, or null
 * @param commandId the command made for it, or null
 */
public record AlertState(
        String alertId,
        AlertType type,
        String subject,
        int revision,
        boolean raised,
        AlertType.Severity severity,
        Long amount,
        String currency,
        Cause cause,
        String commandId) {

    /** The same, cleared in the next revision. */
    public AlertState cleared() {
        return new AlertState(
                alertId, type, subject, revision + 1, false, severity, amount, currency, cause, commandId);
    }

    /** The same, in another revision. */
    public AlertState withRevision(int next) {
        return new AlertState(alertId, type, subject, next, raised, severity, amount, currency, cause, commandId);
    }
}
