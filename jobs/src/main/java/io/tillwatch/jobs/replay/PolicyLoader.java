package io.tillwatch.jobs.replay;

import io.tillwatch.jobs.feed.DeadLetter;
import io.tillwatch.jobs.policy.PolicyGate;
import io.tillwatch.jobs.policy.PolicyInbound;
import io.tillwatch.rules.admission.Admission;
import io.tillwatch.rules.admission.Refusal;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.json.JsonLine;
import io.tillwatch.schemas.json.JsonLines;
import io.tillwatch.schemas.record.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the policies, all of which are in force from the start. As in the topic, the last line of a scope takes the place
 * of those before it.
 */
final class PolicyLoader {

    private static final byte[] NO_BYTES = {};
    private static final int NO_PARTITION = -1;

    private PolicyLoader() {}

    /**
     * What was found.
     *
     * @param changes one for each scope
     * @param lines lines that are not blank
     */
    record Loaded(List<PolicyChange> changes, List<DeadLetter> refused, long lines) {

        static final Loaded NOTHING = new Loaded(List.of(), List.of(), 0);
    }

    /** @param in the file's content, which is closed in the end */
    static Loaded load(InputStream in) throws IOException {
        JsonLines<Policy> lines = JsonLines.of(RecordType.POLICY);
        Map<String, PolicyChange> byScope = new LinkedHashMap<>();
        List<DeadLetter> refused = new ArrayList<>();
        long read = 0;
        try (LineScanner line = new LineScanner(in, Admission.BYTES_MAX)) {
            while (line.next()) {
                read++;
                PolicyInbound inbound = admit(line, lines.read(line.buffer(), line.start(), line.kept()));
                if (inbound.change() != null) {
                    byScope.put(inbound.change().scope(), inbound.change());
                } else {
                    refused.add(inbound.deadLetter());
                }
            }
        }
        return new Loaded(List.copyOf(byScope.values()), List.copyOf(refused), read);
    }

    private static PolicyInbound admit(LineScanner line, JsonLine<Policy> json) {
        if (line.length() > Admission.BYTES_MAX) {
            Refusal refusal = new Refusal(
                    Refusal.Code.TOO_LARGE,
                    "record: has " + line.length() + " bytes, more than " + Admission.BYTES_MAX);
            return refused(line, refusal);
        }
        if (json.record() instanceof Decoded.Unreadable<Policy> unreadable) {
            return refused(line, new Refusal(Refusal.Code.UNREADABLE, unreadable.reason()));
        }
        return PolicyGate.admit(NO_PARTITION, line.number(), 0, json.keyOrNull(), null, NO_BYTES, json.record());
    }

    private static PolicyInbound refused(LineScanner line, Refusal refusal) {
        return new PolicyInbound(
                null, new DeadLetter(PolicyGate.FEED, NO_PARTITION, line.number(), 0, refusal, null, null));
    }
}
