package io.tillwatch.rules.alert;

/**
 * A change of one alert, as it is told to the world.
 *
 * @param revision 1 when first raised, one more at every change
 * @param paymentId null unless the scope is a payment, as are subject and the ids below where they are not known
 * @param detectedAtMillis the detector's clock at this change
 * @param amount money at risk in minor units, or null
 * @param commandId the command made for it, or null
 * @param evidence all that is known at that moment, or null when it is not about a payment
 */
public record Alert(
        String alertId,
        int revision,
        boolean raised,
        AlertType type,
        AlertType.Severity severity,
        String paymentId,
        String subject,
        String acquirerId,
        String merchantId,
        String terminalId,
        long detectedAtMillis,
        Long amount,
        String currency,
        Cause cause,
        String commandId,
        Evidence evidence) {}
