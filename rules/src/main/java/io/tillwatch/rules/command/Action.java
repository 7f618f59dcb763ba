package io.tillwatch.rules.command;

import io.tillwatch.rules.policy.Setting;

/** What a command asks of the acquirer. */
public enum Action {
    REVERSE(Setting.REVERSE_MODE),
    REFUND(Setting.REFUND_MODE),
    /** Signed: positive credits the merchant. */
    ADJUST(Setting.ADJUST_MODE),
    RETRY_CAPTURE(Setting.RETRY_CAPTURE_MODE),
    RETRY_SETTLEMENT(Setting.RETRY_SETTLEMENT_MODE);

    private final Setting mode;

    Action(Setting mode) {
        this.mode = mode;
    }

    /** The setting that says whether such commands are made. */
    public Setting mode() {
        return mode;
    }

    /** Whether it gives money back to the cardholder. */
    public boolean returnsMoney() {
        return this == REVERSE || this == REFUND;
    }
}
