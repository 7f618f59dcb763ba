package io.tillwatch.jobs.policy;

import io.tillwatch.jobs.feed.DeadLetter;
import io.tillwatch.jobs.record.PolicyRecords;
import io.tillwatch.rules.admission.Admission;
import io.tillwatch.rules.admission.CardNumbers;
import io.tillwatch.rules.admission.Refusal;
import io.tillwatch.rules.admission.Refusal.Code;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.record.Policy;
import java.util.List;
import java.util.Map;

/** Lets a policy record in or sets it aside, the same for topics and for files. */
public final class PolicyGate {

    /** The feed's name in dead letters. */
    public static final String FEED = "policies";

    private PolicyGate() {}

    /**
     * What a record comes to.
     *
     * @param scope the record's key as text, or null when it has none
     * @param value null returns the scope to what the wider ones say
     */
    public static PolicyInbound admit(
            int partition,
            long offset,
            long arrivedAtMillis,
            String scope,
            byte[] keyBytes,
            byte[] value,
            Decoded<Policy> decoded) {
        Refusal refusal = Admission.refusalOfKey(scope);
        PolicyChange change = null;
        if (refusal == null && value == null) {
            change = new PolicyChange(scope, Map.of());
            refusal = refusalOf(change, scope);
        } else if (refusal == null && decoded instanceof Decoded.Value<Policy> read) {
            change = PolicyRecords.change(read.value());
            refusal = refusalOf(change, scope);
        } else if (refusal == null) {
            refusal = new Refusal(Code.UNREADABLE, ((Decoded.Unreadable<Policy>) decoded).reason());
        }
        if (refusal == null) {
            return new PolicyInbound(change, null);
        }
        boolean cardNumber = refusal.code() == Code.CARD_NUMBER || CardNumbers.ofSchemeAnywhereWithin(value);
        return new PolicyInbound(
                null,
                new DeadLetter(
                        FEED,
                        partition,
                        offset,
                        arrivedAtMillis,
                        refusal,
                        CardNumbers.ofSchemeWithin(keyBytes) ? null : keyBytes,
                        cardNumber ? null : value));
    }

    private static Refusal refusalOf(PolicyChange change, String scope) {
        if (!change.scope().equals(scope)) {
            return new Refusal(Code.BAD_FIELD, "scope: differs from the record's key");
        }
        List<String> problems = change.problems();
        return problems.isEmpty() ? null : new Refusal(Code.BAD_FIELD, String.join("; ", problems));
    }
}
