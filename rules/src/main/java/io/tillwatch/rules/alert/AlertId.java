package io.tillwatch.rules.alert;

/** Builds the identities of alerts. */
public final class AlertId {

    private AlertId() {}

    /** {@code paymentId:TYPE:subject}, or {@code paymentId:TYPE} without a subject. */
    public static String of(String paymentId, AlertType type, String subject) {
        return subject == null ? paymentId + ':' + type : paymentId + ':' + type + ':' + subject;
    }

    /** The type in the identity of a payment's alert. */
    public static AlertType typeOf(String paymentId, String alertId) {
        int from = paymentId.length() + 1;
        int to = alertId.indexOf(':', from);
        return AlertType.valueOf(alertId.substring(from, to < 0 ? alertId.length() : to));
    }

    /** {@code FEED_SILENT:feed:acquirerId}. */
    public static String feedSilent(String feed, String acquirerId) {
        return AlertType.FEED_SILENT + ":" + feed + ':' + acquirerId;
    }

    /** {@code BUDGET_EXCEEDED:acquirerId}. */
    public static String budgetExceeded(String acquirerId) {
        return AlertType.BUDGET_EXCEEDED + ":" + acquirerId;
    }
}
