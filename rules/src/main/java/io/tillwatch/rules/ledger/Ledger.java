package io.tillwatch.rules.ledger;

import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Facts;
import io.tillwatch.rules.fact.Settlement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is held and debited of one payment, so that every rule about money asks the same few figures. All amounts are
 * minor units of the payment's currency and never negative.
 *
 * <p>A payment may run through several cycles: when all that was held and debited is reversed, a further approval starts
 * it anew.
 */
public final class Ledger {

    private final Records records;
    private final SortedMap<String, CaptureLine> lines = new TreeMap<>();
    private final List<Return> leftovers = new ArrayList<>(0);

    private Authorization approved;
    private long authorizedTotal;
    private long authorizedOverCycles;
    private long hold;
    private boolean emptied;
    private boolean lastCaptureFolded;
    private int cycle;

    private Ledger(Records records) {
        this.records = records;
    }

    /** Folds the facts in the order of occurrence, whatever the order in which they arrived. */
    public static Ledger of(Facts facts) {
        Ledger ledger = new Ledger(new Records(facts));
        List<Entry> entries = ledger.entries(facts);
        for (int i = 0; i < entries.size(); i++) {
            ledger.take(entries, i);
        }
        for (Return leftover : ledger.leftovers) {
            ledger.undoLate(leftover);
        }
        return ledger;
    }

    /** The approval that stands, or null. */
    public Authorization approved() {
        return approved;
    }

    /** Authorized in the present cycle, increments included. */
    public long authorizedTotal() {
        return authorizedTotal;
    }

    /** What is held on the card and not captured. */
    public long hold() {
        return hold;
    }

    /** What is debited of all captures. */
    public long netDebit() {
        long sum = 0;
        for (CaptureLine line : lines.values()) {
            sum = Math.addExact(sum, line.debit());
        }
        return sum;
    }

    /** The captures by id. */
    public Collection<CaptureLine> captures() {
        return lines.values();
    }

    /** The capture of this id, or null. */
    public CaptureLine capture(String captureId) {
        return lines.get(captureId);
    }

    /** Whether a capture belongs to the present cycle. Captures from before the first approval belong to the first. */
    public boolean ofPresentCycle(CaptureLine line) {
        return Math.max(1, line.cycle()) == Math.max(1, cycle);
    }

    /** The records that count. */
    public Records records() {
        return records;
    }

    /** The settlements that count for a capture, in the order of arrival. */
    public List<Settlement> settled(String captureId) {
        return about(captureId, records.settled());
    }

    /** All settlements that count, in the order of arrival. */
    public List<Settlement> settled() {
        return present(records.settled());
    }

    /** The records of a kind of settlement that belong to a capture and to the cycle that stands. */
    public List<Settlement> about(String captureId, List<Settlement> settlements) {
        List<Settlement> found = List.of();
        for (int i = 0; i < settlements.size(); i++) {
            Settlement s = settlements.get(i);
            if (s.captureId().equals(captureId) && !ofEarlierCycle(s)) {
                found = plus(found, s);
            }
        }
        return found;
    }

    /** These settlement records without those of an earlier cycle. */
    public List<Settlement> present(List<Settlement> settlements) {
        List<Settlement> found = List.of();
        for (int i = 0; i < settlements.size(); i++) {
            if (!ofEarlierCycle(settlements.get(i))) {
                found = plus(found, settlements.get(i));
            }
        }
        return found;
    }

    /** What settlement should bring for a capture: captured less what was undone by the first settlement's time. */
    public long expected(CaptureLine line, List<Settlement> settled) {
        Settlement first = null;
        for (Settlement s : settled) {
            if (first == null || Fact.BY_OCCURRENCE.compare(s, first) < 0) {
                first = s;
            }
        }
        return line.captured() - (first == null ? line.reversed() : line.reversedBy(first.occurredAtMillis()));
    }

    public static long sum(List<Settlement> settled) {
        long sum = 0;
        for (Settlement s : settled) {
            sum = Math.addExact(sum, s.amount());
        }
        return sum;
    }

    /** What was given back beyond all that was ever authorized or captured; 0 or less when nothing was. */
    public long surplus() {
        long captured = 0;
        for (CaptureLine line : lines.values()) {
            captured = Math.addExact(captured, line.captured());
        }
        long returned = 0;
        for (Return r : records.returns()) {
            if (!r.leftOut()) {
                returned = Math.addExact(returned, r.amount());
            }
        }
        return returned - Math.max(Math.addExact(authorizedOverCycles, authorizedTotal), captured);
    }

    /** Whether anything was approved or captured. */
    public boolean moved() {
        return approved != null || !lines.isEmpty();
    }

    // --- the fold ---

    /** An entry of the fold; of those that occurred at one time, lower ranks first. */
    private record Entry(long occurredAtMillis, int rank, String eventId, Object what) {
        static final Comparator<Entry> ORDER = Comparator.comparingLong(Entry::occurredAtMillis)
                .thenComparingInt(Entry::rank)
                .thenComparing(Entry::eventId);

        boolean captures(String captureId) {
            return what instanceof Capture c
                    ? c.captureId().equals(captureId)
                    : what instanceof Authorization a
                            && a.approvedBase()
                            && a.automatic()
                            && a.paymentId().equals(captureId);
        }
    }

    private List<Entry> entries(Facts facts) {
        List<Entry> entries = new ArrayList<>(4);
        for (Authorization a : facts.authorizations()) {
            if (a.status() == Authorization.Status.APPROVED) {
                entries.add(new Entry(a.occurredAtMillis(), a.base() ? 1 : 2, a.eventId(), a));
            }
        }
        for (Capture c : records.captures()) {
            entries.add(new Entry(c.occurredAtMillis(), 3, c.eventId(), c));
        }
        for (Return r : records.returns()) {
            if (!r.leftOut()) {
                entries.add(new Entry(r.occurredAtMillis(), 4, r.eventId(), r));
            }
        }
        if (entries.size() > 1) {
            entries.sort(Entry.ORDER);
        }
        return entries;
    }

    private void take(List<Entry> entries, int index) {
        Object what = entries.get(index).what();
        if (what instanceof Authorization a) {
            if (a.base()) {
                approve(a);
            } else if (approved != null) {
                authorizedTotal = Math.addExact(authorizedTotal, a.amount());
                hold = Math.addExact(hold, a.amount());
            }
        } else if (what instanceof Capture c) {
            capture(c);
        } else if (what instanceof Return r) {
            if (r.refund()) {
                refund(r);
            } else {
                undo(r, capturedLater(entries, index, r.captureId()));
            }
        }
    }

    private void approve(Authorization a) {
        if (approved != null && !nothingLeft()) {
            return; // a restatement of what stands
        }
        boolean first = approved == null;
        authorizedOverCycles = Math.addExact(authorizedOverCycles, authorizedTotal);
        authorizedTotal = a.amount();
        approved = a;
        emptied = false;
        cycle++;
        if (a.automatic()) {
            hold = 0;
            String c = a.paymentId();
            lines.put(
                    c,
                    new CaptureLine(
                            c, a.amount(), a.occurredAtMillis(), a.arrivedAtMillis(), false, true, false, cycle));
        } else if (first && lastCaptureFolded) {
            hold = 0;
        } else {
            hold = Math.max(0, a.amount() - netDebit());
        }
    }

    private void capture(Capture c) {
        lines.put(
                c.captureId(),
                new CaptureLine(
                        c.captureId(),
                        c.amount(),
                        c.occurredAtMillis(),
                        c.arrivedAtMillis(),
                        true,
                        c.last(),
                        emptied,
                        cycle));
        hold = c.last() ? 0 : Math.max(0, hold - c.amount());
        lastCaptureFolded |= c.last();
    }

    private void undo(Return r, boolean capturedLater) {
        CaptureLine line = r.captureId() == null ? null : lines.get(r.captureId());
        if (line == null && capturedLater) {
            leftovers.add(r);
            return;
        }
        boolean somethingLeft = !nothingLeft();
        long rest = r.amount();
        if (line != null) {
            rest -= undoCapture(line, rest, r);
        } else {
            long fromHold = Math.min(hold, rest);
            hold -= fromHold;
            rest -= fromHold;
            for (CaptureLine next : newestFirst()) {
                rest -= next.undo(rest, r.occurredAtMillis());
            }
        }
        if (somethingLeft && nothingLeft()) {
            emptied = true;
        }
        if (rest > 0) {
            leftovers.add(withAmount(r, rest));
        }
    }

    /** Clocks differ: what found nothing to undo undoes at the end what had arrived by its own arrival. */
    private void undoLate(Return r) {
        CaptureLine line = r.captureId() == null ? null : lines.get(r.captureId());
        if (line != null) {
            if (line.arrivedAtMillis() <= r.arrivedAtMillis()) {
                undoCapture(line, r.amount(), r);
            }
            return;
        }
        long rest = r.amount();
        if (approved != null && approved.arrivedAtMillis() <= r.arrivedAtMillis()) {
            long fromHold = Math.min(hold, rest);
            hold -= fromHold;
            rest -= fromHold;
        }
        for (CaptureLine next : newestFirst()) {
            if (next.arrivedAtMillis() <= r.arrivedAtMillis()) {
                rest -= next.undo(rest, r.occurredAtMillis());
            }
        }
    }

    private long undoCapture(CaptureLine line, long amount, Return r) {
        long taken = line.undo(amount, r.occurredAtMillis());
        if (line.leavesHold()) {
            hold = Math.addExact(hold, taken); // the capture is undone, not the authorization
        }
        return taken;
    }

    private void refund(Return r) {
        CaptureLine line = r.captureId() == null ? null : lines.get(r.captureId());
        if (line != null) {
            line.refund(r.amount());
            return;
        }
        long rest = r.amount();
        for (CaptureLine next : newestFirst()) {
            rest -= next.refund(rest);
        }
    }

    private boolean nothingLeft() {
        if (hold > 0) {
            return false;
        }
        for (CaptureLine line : lines.values()) {
            if (line.debit() > 0) {
                return false;
            }
        }
        return true;
    }

    private List<CaptureLine> newestFirst() {
        List<CaptureLine> newest = new ArrayList<>(lines.values());
        newest.sort(Comparator.comparingLong(CaptureLine::occurredAtMillis)
                .thenComparing(CaptureLine::captureId)
                .reversed());
        return newest;
    }

    private static boolean capturedLater(List<Entry> entries, int index, String captureId) {
        if (captureId != null) {
            for (int i = index + 1; i < entries.size(); i++) {
                if (entries.get(i).captures(captureId)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean ofEarlierCycle(Settlement s) {
        return cycle > 1
                && approved.automatic()
                && s.captureId().equals(s.paymentId())
                && s.occurredAtMillis() < approved.occurredAtMillis();
    }

    private static Return withAmount(Return r, long amount) {
        return new Return(
                r.eventId(),
                r.occurredAtMillis(),
                r.arrivedAtMillis(),
                amount,
                r.captureId(),
                r.commandId(),
                r.refund(),
                r.leftOut());
    }

    private static List<Settlement> plus(List<Settlement> some, Settlement one) {
        if (some.isEmpty()) {
            return List.of(one);
        }
        List<Settlement> more = new ArrayList<>(some);
        more.add(one);
        return more;
    }
}
