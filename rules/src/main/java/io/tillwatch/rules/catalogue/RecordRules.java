package io.tillwatch.rules.catalogue;

import static io.tillwatch.rules.alert.AlertType.AMOUNT_CONFLICT;
import static io.tillwatch.rules.alert.AlertType.CURRENCY_MISMATCH;
import static io.tillwatch.rules.alert.AlertType.OVER_RETURNED;

import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.FeedRecord;
import io.tillwatch.rules.fact.Settlement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Where the records of a payment contradict each other, or what was given back contradicts what was taken. */
final class RecordRules {

    private RecordRules() {}

    /** Two records of the payment carry different currencies. */
    static void currencyMismatch(Case c) {
        String currency = null;
        for (List<? extends FeedRecord> records : List.of(
                c.facts.authorizations(),
                c.facts.captures(),
                c.ledger.present(c.facts.settlements()),
                c.facts.reversals())) {
            for (FeedRecord r : records) {
                if (currency != null && !r.currency().equals(currency)) {
                    c.found(CURRENCY_MISMATCH, null, null, null);
                    return;
                }
                currency = r.currency();
            }
        }
    }

    /** Two accepted records of one capture, or two settled ones of one settlement, carry different amounts. */
    static void amountConflict(Case c) {
        Set<String> conflicts = new TreeSet<>();
        if (c.facts.captures().size() > 1) {
            Map<String, Long> amounts = new HashMap<>();
            for (Capture capture : c.facts.captures()) {
                if (capture.accepted() && !c.records.echo(capture)) {
                    note(conflicts, amounts, capture.captureId(), capture.amount());
                }
            }
        }
        if (c.facts.settlements().size() > 1) {
            Map<String, Long> amounts = new HashMap<>();
            for (Settlement s : c.ledger.present(c.facts.settlements())) {
                if (s.settled()) {
                    note(conflicts, amounts, s.settlementId(), s.amount());
                }
            }
        }
        for (String id : conflicts) {
            c.found(AMOUNT_CONFLICT, id, null, null);
        }
    }

    private static void note(Set<String> conflicts, Map<String, Long> amounts, String id, long amount) {
        Long known = amounts.putIfAbsent(id, amount);
        if (known != null && known != amount) {
            conflicts.add(id);
        }
    }

    /** More was given back than was ever authorized or captured. */
    static void overReturned(Case c) {
        if (c.ledger.moved()) {
            long surplus = c.ledger.surplus();
            if (surplus > 0) {
                c.found(OVER_RETURNED, null, surplus, null);
            }
        }
    }
}
