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
        List<Settlement> settlements = c.ledger.present(c.facts.settlements());
        FeedRecord any = any(
                c.facts.authorizations(), any(c.facts.captures(), any(settlements, any(c.facts.reversals(), null))));
        if (differs(any, c.facts.authorizations())
                || differs(any, c.facts.captures())
                || differs(any, settlements)
                || differs(any, c.facts.reversals())) {
            c.found(CURRENCY_MISMATCH, null, null, null);
        }
    }

    private static FeedRecord any(List<? extends FeedRecord> records, FeedRecord otherwise) {
        return records.isEmpty() ? otherwise : records.get(0);
    }

    private static boolean differs(FeedRecord from, List<? extends FeedRecord> records) {
        for (int i = 0; i < records.size(); i++) {
            if (!records.get(i).currency().equals(from.currency())) {
                return true;
            }
        }
        return false;
    }

    /** Two accepted records of one capture, or two settled ones of one settlement, carry different amounts. */
    static void amountConflict(Case c) {
        if (c.facts.captures().size() < 2 && c.facts.settlements().size() < 2) {
            return;
        }
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
