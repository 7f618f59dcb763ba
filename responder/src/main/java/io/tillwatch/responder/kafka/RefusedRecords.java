package io.tillwatch.responder.kafka;

import io.tillwatch.responder.journal.Audit;
import io.tillwatch.responder.journal.Database;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of the command topics that are no commands. They stay in their topic, at the place that is written down here; a
 * topic full of them makes one row of the audit a batch, not one each.
 */
public final class RefusedRecords {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedRecords.class);
    private static final int LOGGED_MAX = 10;

    private final Jdbi jdbi;

    public RefusedRecords(Database database) {
        this.jdbi = database.jdbi();
    }

    /** Where a record stands, and what is wrong with it. */
    record Refusal(String topic, int partition, long offset, String code, String reason) {}

    void note(List<Refusal> refusals) {
        Map<String, Integer> byCode = new TreeMap<>();
        refusals.forEach(refusal -> byCode.merge(refusal.code(), 1, Integer::sum));
        refusals.stream()
                .limit(LOGGED_MAX)
                .forEach(refusal -> LOG.warn(
                        "refused a record: feed={} partition={} offset={} error={} reason={}",
                        refusal.topic(),
                        refusal.partition(),
                        refusal.offset(),
                        refusal.code(),
                        refusal.reason()));
        Refusal first = refusals.get(0);
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("count", refusals.size());
        detail.put("firstOffset", first.offset());
        detail.put("firstReason", first.reason());
        byCode.forEach((code, count) -> detail.put("error " + code, count));
        jdbi.useTransaction(handle -> Audit.append(
                handle, Audit.RESPONDER, "REFUSED_RECORDS", first.topic() + "/" + first.partition(), detail));
    }
}
