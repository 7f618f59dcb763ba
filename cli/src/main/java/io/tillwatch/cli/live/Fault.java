package io.tillwatch.cli.live;

import io.tillwatch.schemas.record.AlertType;
import java.util.Optional;

/** What can go wrong in a life of the traffic, and which alert must say so. */
public enum Fault {
    NONE(null),
    ANSWER_LOST(AlertType.AUTHORIZATION_UNANSWERED),
    NEVER_CAPTURED(AlertType.CAPTURE_OVERDUE),
    NEVER_RELEASED(AlertType.PREAUTH_EXPIRED),
    CAPTURE_REFUSED(AlertType.CAPTURE_FAILED),
    NEVER_SETTLED(AlertType.SETTLEMENT_OVERDUE),
    SETTLEMENT_REFUSED(AlertType.SETTLEMENT_FAILED),
    SETTLED_SHORT(AlertType.SETTLEMENT_AMOUNT_MISMATCH),
    SETTLED_TWICE(AlertType.DUPLICATE_SETTLEMENT),
    CAPTURED_TWICE(AlertType.DUPLICATE_CAPTURE),
    CAPTURED_TOO_MUCH(AlertType.CAPTURE_EXCEEDS_AUTHORIZATION),
    OTHER_CURRENCY(AlertType.CURRENCY_MISMATCH),
    AMOUNT_RESTATED(AlertType.AMOUNT_CONFLICT),
    NOT_AUTHORIZED(AlertType.CAPTURE_WITHOUT_AUTHORIZATION),
    CAPTURED_THOUGH_DECLINED(AlertType.CAPTURE_ON_DECLINED),
    CAPTURED_THOUGH_AUTOMATIC(AlertType.CAPTURE_ON_AUTOMATIC),
    CAPTURED_AFTER_VOID(AlertType.CAPTURE_AFTER_REVERSAL),
    NOT_CAPTURED(AlertType.SETTLEMENT_WITHOUT_CAPTURE),
    SETTLED_AFTER_VOID(AlertType.SETTLED_AFTER_REVERSAL),
    REFUNDED_TWICE(AlertType.OVER_RETURNED),
    CHARGED_TWICE(AlertType.DUPLICATE_AUTHORIZATION);

    private final AlertType alert;

    Fault(AlertType alert) {
        this.alert = alert;
    }

    /** The alert that must be raised, and the only one. */
    public Optional<AlertType> alert() {
        return Optional.ofNullable(alert);
    }
}
