package io.tillwatch.rules.command;

/** Why a command waits for a person; where several apply, the first of these. */
public enum ApprovalReason {
    /** The policy, or the nature of the anomaly, wants it. */
    POLICY,
    /** A duplicate is only suspected. */
    SUSPECTED,
    /** The payment's records contradict each other. */
    CONFLICT,
    /** A record of the payment was refused. */
    TAINTED,
    /** Another command of the payment is open. */
    COMMAND_OPEN,
    AMOUNT_OVER_LIMIT,
    /** A refund of an old payment. */
    TOO_OLD,
    /** It rests on the silence of a feed that is silent altogether. */
    FEED_UNHEALTHY,
    /** The acquirer's budget of automatic commands is used up. */
    BUDGET_EXCEEDED
}
