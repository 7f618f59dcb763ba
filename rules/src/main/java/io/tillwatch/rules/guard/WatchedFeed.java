package io.tillwatch.rules.guard;

import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.policy.Setting;

/** A feed whose silence can be told from what goes on before it. */
public enum WatchedFeed {
    /** Answers, after requests. */
    RESPONSES("responses", Setting.RESPONSES_SILENT_FOR),
    /** Captures, after approvals that await one. */
    CAPTURES("captures", Setting.CAPTURES_SILENT_FOR),
    /** Settlements, after captures. */
    SETTLEMENTS("settlements", Setting.SETTLEMENTS_SILENT_FOR);

    private final String feed;
    private final Setting silentFor;

    WatchedFeed(String feed, Setting silentFor) {
        this.feed = feed;
        this.silentFor = silentFor;
    }

    /** Its name in alerts. */
    public String feed() {
        return feed;
    }

    Setting silentFor() {
        return silentFor;
    }

    /** The bit of a record after which one of this feed is awaited. */
    int awaited() {
        return 1 << (2 * ordinal());
    }

    /** The bit of a record of this feed. */
    int heard() {
        return 2 << (2 * ordinal());
    }

    /** The feed on whose silence an alert rests, or null. */
    static WatchedFeed under(AlertType type) {
        return switch (type) {
            case AUTHORIZATION_UNANSWERED -> RESPONSES;
            case CAPTURE_OVERDUE, PREAUTH_EXPIRED -> CAPTURES;
            case SETTLEMENT_OVERDUE -> SETTLEMENTS;
            case CAPTURE_FAILED,
                    SETTLEMENT_FAILED,
                    SETTLEMENT_AMOUNT_MISMATCH,
                    DUPLICATE_SETTLEMENT,
                    DUPLICATE_CAPTURE,
                    CAPTURE_EXCEEDS_AUTHORIZATION,
                    CURRENCY_MISMATCH,
                    AMOUNT_CONFLICT,
                    CAPTURE_WITHOUT_AUTHORIZATION,
                    CAPTURE_ON_DECLINED,
                    CAPTURE_ON_AUTOMATIC,
                    CAPTURE_AFTER_REVERSAL,
                    SETTLEMENT_WITHOUT_CAPTURE,
                    SETTLED_AFTER_REVERSAL,
                    OVER_RETURNED,
                    DUPLICATE_AUTHORIZATION,
                    COMMAND_UNANSWERED,
                    REMEDY_FAILED,
                    FEED_SILENT,
                    BUDGET_EXCEEDED -> null;
        };
    }
}
