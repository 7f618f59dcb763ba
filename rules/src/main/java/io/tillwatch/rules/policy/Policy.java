package io.tillwatch.rules.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The settings in force for one merchant at one acquirer. Durations are milliseconds. */
public final class Policy {

    private static final Mode[] MODES = Mode.values();

    private static final Setting[] WINDOWS = {
        Setting.AUTHORIZATION_RESPONSE_WITHIN,
        Setting.CAPTURE_WITHIN,
        Setting.PREAUTH_VALID_FOR,
        Setting.SETTLE_WITHIN,
        Setting.ORPHAN_GRACE,
        Setting.MATCH_GRACE,
        Setting.DUPLICATE_WITHIN,
        Setting.APPROVAL_WITHIN
    };

    /** The defaults of every setting. */
    public static final Policy DEFAULT = of(List.of());

    private final long[] values;
    private final long longestWindowMillis;
    private final int fingerprint;

    private Policy(long[] values) {
        this.values = values;
        this.fingerprint = Arrays.hashCode(values);
        long longest = remedyDelay() + outcomeWithin();
        for (Setting window : WINDOWS) {
            longest = Math.max(longest, get(window));
        }
        this.longestWindowMillis = longest;
    }

    /** The policy of these changes, the first that sets a value winning, over the defaults. */
    static Policy of(List<Map<Setting, Long>> narrowestFirst) {
        Setting[] settings = Setting.values();
        long[] values = new long[settings.length];
        for (Setting setting : settings) {
            values[setting.ordinal()] = first(setting, narrowestFirst);
        }
        return new Policy(values);
    }

    private static long first(Setting setting, List<Map<Setting, Long>> narrowestFirst) {
        for (Map<Setting, Long> settings : narrowestFirst) {
            Long value = settings.get(setting);
            if (value != null) {
                return value;
            }
        }
        return setting.defaultValue();
    }

    /** Differs from that of most policies that differ, and is the same in every process. */
    public int fingerprint() {
        return fingerprint;
    }

    public long get(Setting setting) {
        return values[setting.ordinal()];
    }

    public Mode mode(Setting setting) {
        return MODES[(int) get(setting)];
    }

    public long authorizationResponseWithin() {
        return get(Setting.AUTHORIZATION_RESPONSE_WITHIN);
    }

    public long captureWithin() {
        return get(Setting.CAPTURE_WITHIN);
    }

    public long preauthValidFor() {
        return get(Setting.PREAUTH_VALID_FOR);
    }

    public long settleWithin() {
        return get(Setting.SETTLE_WITHIN);
    }

    public long orphanGrace() {
        return get(Setting.ORPHAN_GRACE);
    }

    public long matchGrace() {
        return get(Setting.MATCH_GRACE);
    }

    public long duplicateWithin() {
        return get(Setting.DUPLICATE_WITHIN);
    }

    public long remedyDelay() {
        return get(Setting.REMEDY_DELAY);
    }

    public long outcomeWithin() {
        return get(Setting.OUTCOME_WITHIN);
    }

    public long approvalWithin() {
        return get(Setting.APPROVAL_WITHIN);
    }

    public long refundAutomaticWithin() {
        return get(Setting.REFUND_AUTOMATIC_WITHIN);
    }

    public long rememberFor() {
        return get(Setting.REMEMBER_FOR);
    }

    /**
     * How long a payment is remembered after its last record. Scopes set field by field can contradict each other, so it
     * is never less than the longest window: a payment is not forgotten before its last deadline.
     */
    public long forgetAfter() {
        return Math.max(get(Setting.FORGET_AFTER), longestWindowMillis + 1);
    }

    public long settlementTolerance() {
        return get(Setting.SETTLEMENT_TOLERANCE);
    }

    public long automaticUpTo() {
        return get(Setting.AUTOMATIC_UP_TO);
    }

    long longestWindowMillis() {
        return longestWindowMillis;
    }
}
