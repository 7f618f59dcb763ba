package io.tillwatch.rules.policy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Each setting of detection with its default and its bounds. A value is a long: milliseconds for a duration, minor units
 * for an amount, a whole percentage, a count, or the ordinal of a {@link Mode}.
 */
public enum Setting {
    /** How long an authorization may take to be answered, from the request's arrival. */
    AUTHORIZATION_RESPONSE_WITHIN("authorizationResponseWithin", Kind.DURATION, Duration.ofSeconds(60)),
    /** How long a sale with separate capture may wait for its capture. */
    CAPTURE_WITHIN("captureWithin", Kind.DURATION, Duration.ofHours(24)),
    /** How long a pre-authorization holds the cardholder's money. */
    PREAUTH_VALID_FOR("preauthValidFor", Kind.DURATION, Duration.ofDays(30)),
    /** How long a capture may wait for its settlement; the default spans a weekend. */
    SETTLE_WITHIN("settleWithin", Kind.DURATION, Duration.ofHours(96)),
    /** How long a record may be without the one that it rests on. */
    ORPHAN_GRACE("orphanGrace", Kind.DURATION, Duration.ofMinutes(10)),
    /** How long two records that disagree may wait for a third that explains them. */
    MATCH_GRACE("matchGrace", Kind.DURATION, Duration.ofMinutes(1)),
    /** How far apart two like purchases may lie and still be suspected to be one. */
    DUPLICATE_WITHIN("duplicateWithin", Kind.DURATION, Duration.ofMinutes(5)),
    /** How long an automatic command waits for a late record that withdraws it. */
    REMEDY_DELAY("remedyDelay", Kind.DURATION, Duration.ofMinutes(5)),
    /** How long the responder may take, from the time at which it may send. */
    OUTCOME_WITHIN("outcomeWithin", Kind.DURATION, Duration.ofMinutes(15)),
    /** How long a person may take. */
    APPROVAL_WITHIN("approvalWithin", Kind.DURATION, Duration.ofHours(24)),
    /** How old a payment may be for a refund without a person. */
    REFUND_AUTOMATIC_WITHIN("refundAutomaticWithin", Kind.DURATION, Duration.ofHours(24)),
    /** How long a closed payment is remembered. */
    REMEMBER_FOR("rememberFor", Kind.DURATION, Duration.ofHours(72)),
    /** How long any payment is remembered after its last record; longer than every window. */
    FORGET_AFTER("forgetAfter", Kind.DURATION, Duration.ofDays(90)),
    /** Captures of a sale may reach this share of what was authorized. */
    OVERCAPTURE_PERCENT_SALE("overcapturePercentSale", Kind.PERCENT, 100),
    /** Captures of a pre-authorization may reach this share of what was authorized. */
    OVERCAPTURE_PERCENT_PREAUTH("overcapturePercentPreauth", Kind.PERCENT, 115),
    /** A settlement may differ by this much. */
    SETTLEMENT_TOLERANCE("settlementTolerance", Kind.AMOUNT, 0),
    /** A command above this amount waits for a person. */
    AUTOMATIC_UP_TO("automaticUpTo", Kind.AMOUNT, 1_000_000),
    /** How long requests may go on without any answer before the acquirer's answers count as silent. */
    RESPONSES_SILENT_FOR("responsesSilentFor", Kind.DURATION, Duration.ofSeconds(30)),
    /** How long approvals may go on without any capture. */
    CAPTURES_SILENT_FOR("capturesSilentFor", Kind.DURATION, Duration.ofMinutes(10)),
    /** How long captures may go on without any settlement. */
    SETTLEMENTS_SILENT_FOR("settlementsSilentFor", Kind.DURATION, Duration.ofHours(26)),
    /** Automatic commands per acquirer in ten minutes. */
    COMMAND_BUDGET("commandBudget", Kind.COUNT, 100),
    /** Amount of automatic commands per acquirer and currency in ten minutes. */
    AMOUNT_BUDGET("amountBudget", Kind.AMOUNT, 5_000_000),
    REVERSE_MODE("reverseMode", Kind.MODE, Mode.AUTOMATIC.ordinal()),
    RETRY_SETTLEMENT_MODE("retrySettlementMode", Kind.MODE, Mode.AUTOMATIC.ordinal()),
    /** A terminal's merchant sets AUTOMATIC; who ships later does not. */
    RETRY_CAPTURE_MODE("retryCaptureMode", Kind.MODE, Mode.APPROVAL.ordinal()),
    REFUND_MODE("refundMode", Kind.MODE, Mode.APPROVAL.ordinal()),
    ADJUST_MODE("adjustMode", Kind.MODE, Mode.APPROVAL.ordinal());

    private static final Map<String, Setting> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Setting::settingName, Function.identity()));

    private final String settingName;
    private final Kind kind;
    private final long defaultValue;

    Setting(String settingName, Kind kind, long defaultValue) {
        this.settingName = settingName;
        this.kind = kind;
        this.defaultValue = defaultValue;
    }

    Setting(String settingName, Kind kind, Duration defaultValue) {
        this(settingName, kind, defaultValue.toMillis());
    }

    /** The setting of this name, as it stands in a Policy record. */
    public static Optional<Setting> named(String settingName) {
        return Optional.ofNullable(BY_NAME.get(settingName));
    }

    public String settingName() {
        return settingName;
    }

    public Kind kind() {
        return kind;
    }

    public long defaultValue() {
        return defaultValue;
    }

    /** The least value that makes sense: an answer cannot be due in the moment in which it is asked for. */
    public long min() {
        return switch (this) {
            case OUTCOME_WITHIN, APPROVAL_WITHIN, FORGET_AFTER -> 1;
            default -> 0;
        };
    }

    public long max() {
        return kind.max;
    }

    /** What a value is, and how large it may be. */
    public enum Kind {
        /** Milliseconds; at most some 300 years, so that no sum of times overflows. */
        DURATION(10_000_000_000_000L),
        /** Minor units of the payment's currency. */
        AMOUNT(1_000_000_000_000_000L),
        /** Percent; a thousandfold overcapture is a mistake. */
        PERCENT(100_000),
        COUNT(1_000_000_000),
        MODE(Mode.values().length - 1);

        private final long max;

        Kind(long max) {
            this.max = max;
        }
    }
}
