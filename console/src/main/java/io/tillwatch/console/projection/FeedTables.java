package io.tillwatch.console.projection;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes what the feeds say, and what of it was refused. */
final class FeedTables {

    private FeedTables() {}

    /** In the caller's transaction. */
    static void write(Handle handle, Batch batch) {
        if (!batch.feedRows.isEmpty()) {
            rows(handle, batch);
            acquirers(handle, batch);
        }
        if (!batch.deadLetters.isEmpty()) {
            deadLetters(handle, batch);
        }
    }

    private static void rows(Handle handle, Batch batch) {
        PreparedBatch rows = handle.prepareBatch(
                "INSERT INTO feed_record (payment_id, feed, event_id, occurred_at, arrived_at, acquirer_id, merchant_id,"
                        + " terminal_id, kind, status, amount, currency, response_code, subject, capture_id)"
                        + " VALUES (:paymentId, :feed, :eventId, :occurredAt, :arrivedAt, :acquirerId, :merchantId, :terminalId,"
                        + " :kind, :status, :amount, :currency, :responseCode, :subject, :captureId) ON CONFLICT DO NOTHING");
        batch.feedRows.forEach(one -> rows.bind("paymentId", one.paymentId())
                .bind("feed", one.feed())
                .bind("eventId", one.eventId())
                .bind("occurredAt", one.occurredAt())
                .bind("arrivedAt", one.arrivedAt())
                .bind("acquirerId", one.acquirerId())
                .bind("merchantId", one.merchantId())
                .bind("terminalId", one.terminalId())
                .bind("kind", one.kind())
                .bind("status", one.status())
                .bind("amount", one.amount())
                .bind("currency", one.currency())
                .bind("responseCode", one.responseCode())
                .bind("subject", one.subject())
                .bind("captureId", one.captureId())
                .add());
        rows.execute();
    }

    private record Heard(Instant lastAt, long records) {
        Heard and(Instant at) {
            return new Heard(at.isAfter(lastAt) ? at : lastAt, records + 1);
        }
    }

    private record AcquirerFeed(String acquirerId, String feed) {}

    private static void acquirers(Handle handle, Batch batch) {
        Map<AcquirerFeed, Heard> heard = new HashMap<>();
        batch.feedRows.forEach(row -> heard.merge(
                new AcquirerFeed(row.acquirerId(), row.feed()),
                new Heard(row.arrivedAt(), 1),
                (before, one) -> before.and(one.lastAt())));
        PreparedBatch rows = handle.prepareBatch(
                "INSERT INTO feed_acquirer AS f (acquirer_id, feed, last_at, records) VALUES (:acquirerId, :feed, :at, :records)"
                        + " ON CONFLICT (acquirer_id, feed) DO UPDATE SET last_at = GREATEST(f.last_at, :at),"
                        + " records = f.records + :records");
        heard.forEach((of, one) -> rows.bind("acquirerId", of.acquirerId())
                .bind("feed", of.feed())
                .bind("at", one.lastAt())
                .bind("records", one.records())
                .add());
        rows.execute();
    }

    private static void deadLetters(Handle handle, Batch batch) {
        Map<String, Heard> letters = new TreeMap<>();
        batch.deadLetters.forEach(letter -> letters.merge(
                letter.feed() + "\n" + letter.error(),
                new Heard(letter.at(), 1),
                (before, one) -> before.and(one.lastAt())));
        PreparedBatch rows = handle.prepareBatch(
                "INSERT INTO dead_letter AS d (feed, error, last_at, records) VALUES (:feed, :error, :at, :records)"
                        + " ON CONFLICT (feed, error) DO UPDATE SET last_at = GREATEST(d.last_at, :at),"
                        + " records = d.records + :records");
        letters.forEach((of, one) -> rows.bind("feed", of.substring(0, of.indexOf('\n')))
                .bind("error", of.substring(of.indexOf('\n') + 1))
                .bind("at", one.lastAt())
                .bind("records", one.records())
                .add());
        rows.execute();
    }
}
