package io.tillwatch.rules.alert;

/** Everything that can be wrong, in the order in which alerts of one step are raised and cleared. */
public enum AlertType {
    /** A request for authorization got no answer: the cardholder may be debited and the terminal says it failed. */
    AUTHORIZATION_UNANSWERED(Severity.CRITICAL, Scope.PAYMENT),
    /** A sale was approved and is not captured: the merchant is not credited and the hold stays on the card. */
    CAPTURE_OVERDUE(Severity.WARNING, Scope.PAYMENT),
    /** A pre-authorization still holds money after its time. */
    PREAUTH_EXPIRED(Severity.WARNING, Scope.PAYMENT),
    /** A capture failed and none followed. */
    CAPTURE_FAILED(Severity.WARNING, Scope.PAYMENT),
    /** Captured and not settled in time: the cardholder is debited, the merchant is not credited. */
    SETTLEMENT_OVERDUE(Severity.CRITICAL, Scope.PAYMENT),
    /** The settlement was rejected. */
    SETTLEMENT_FAILED(Severity.CRITICAL, Scope.PAYMENT),
    /** Settled, but not what was captured. */
    SETTLEMENT_AMOUNT_MISMATCH(Severity.WARNING, Scope.PAYMENT),
    /** Settled twice. */
    DUPLICATE_SETTLEMENT(Severity.CRITICAL, Scope.PAYMENT),
    /** Captured twice. */
    DUPLICATE_CAPTURE(Severity.CRITICAL, Scope.PAYMENT),
    /** Captured more than may be. */
    CAPTURE_EXCEEDS_AUTHORIZATION(Severity.CRITICAL, Scope.PAYMENT),
    /** The records of one payment carry different currencies. */
    CURRENCY_MISMATCH(Severity.CRITICAL, Scope.PAYMENT),
    /** Two records of one capture or settlement carry different amounts. */
    AMOUNT_CONFLICT(Severity.CRITICAL, Scope.PAYMENT),
    /** Captured without any authorization. */
    CAPTURE_WITHOUT_AUTHORIZATION(Severity.CRITICAL, Scope.PAYMENT),
    /** Captured although declined. */
    CAPTURE_ON_DECLINED(Severity.CRITICAL, Scope.PAYMENT),
    /** A capture message although the approval was itself the capture. */
    CAPTURE_ON_AUTOMATIC(Severity.CRITICAL, Scope.PAYMENT),
    /** Captured after all was reversed. */
    CAPTURE_AFTER_REVERSAL(Severity.CRITICAL, Scope.PAYMENT),
    /** Settled without a capture. */
    SETTLEMENT_WITHOUT_CAPTURE(Severity.CRITICAL, Scope.PAYMENT),
    /** Settled after the capture was reversed. */
    SETTLED_AFTER_REVERSAL(Severity.CRITICAL, Scope.PAYMENT),
    /** More was given back than was ever taken. */
    OVER_RETURNED(Severity.CRITICAL, Scope.PAYMENT),
    /** The purchase repeats another one; a warning while it is only suspected. */
    DUPLICATE_AUTHORIZATION(Severity.CRITICAL, Scope.PAYMENT),
    /** A command has no outcome in time. */
    COMMAND_UNANSWERED(Severity.CRITICAL, Scope.PAYMENT),
    /** A command failed and what it was for still holds. */
    REMEDY_FAILED(Severity.CRITICAL, Scope.PAYMENT),
    /** A feed of an acquirer is silent while the one before it goes on. */
    FEED_SILENT(Severity.CRITICAL, Scope.FEED),
    /** An acquirer's automatic commands went over their budget. */
    BUDGET_EXCEEDED(Severity.CRITICAL, Scope.ACQUIRER);

    private final Severity severity;
    private final Scope scope;

    AlertType(Severity severity, Scope scope) {
        this.severity = severity;
        this.scope = scope;
    }

    /** The severity; a duplicate that is only suspected is a {@link Severity#WARNING} instead. */
    public Severity severity() {
        return severity;
    }

    public Scope scope() {
        return scope;
    }

    /** How urgent it is. */
    public enum Severity {
        INFO,
        WARNING,
        CRITICAL
    }

    /** What an alert is about. */
    public enum Scope {
        PAYMENT,
        FEED,
        TERMINAL,
        MERCHANT,
        ACQUIRER
    }
}
