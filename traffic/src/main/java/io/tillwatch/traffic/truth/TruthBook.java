package io.tillwatch.traffic.truth;

import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.AlertType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps what is true of each payment, takes note of what is found, and says how the two agree. Of a run without end it
 * remembers the newest payments; what was to be said of the others is said already. Safe for use by several threads.
 */
public final class TruthBook {

    /** By so much a step may be late and the windows still tell a sound life from another. */
    public static final long LATE_MILLIS_MAX = 2_000;

    private final int paymentsMax;
    private final Map<String, FoundOfPayment> payments = new LinkedHashMap<>();
    private final Map<String, ScopedTruth> befalls = new LinkedHashMap<>();
    private final Map<String, Alert> scoped = new LinkedHashMap<>();
    private final Map<String, Finding> ofNobody = new LinkedHashMap<>();
    private final Map<String, Long> faults = new TreeMap<>();
    private final Map<AlertType, Long> injected = new EnumMap<>(AlertType.class);
    private final Map<AlertType, Long> raised = new EnumMap<>(AlertType.class);
    private final Map<String, Long> deadLetters = new TreeMap<>();
    private final Sums forgotten = new Sums();
    private String newestForgotten = "";
    private long begun;

    /** What can be said of some payments. */
    private static final class Sums {
        private long matched;
        private long unjudged;
        private final List<Finding> missed = new ArrayList<>();
        private final List<Finding> spurious = new ArrayList<>();

        void add(FoundOfPayment payment) {
            if (payment.latestMillis() > LATE_MILLIS_MAX) {
                unjudged++;
                return;
            }
            matched += payment.matched();
            missed.addAll(payment.missed());
            spurious.addAll(payment.spurious());
        }

        void add(Sums others) {
            matched += others.matched;
            unjudged += others.unjudged;
            missed.addAll(others.missed);
            spurious.addAll(others.spurious);
        }
    }

    /** @param paymentsMax how many payments are remembered */
    public TruthBook(int paymentsMax) {
        this.paymentsMax = paymentsMax;
    }

    /** A payment's life begins. Its identities must grow in the order of their letters. */
    public synchronized void began(Truth truth) {
        begun++;
        payments.put(truth.paymentId(), new FoundOfPayment(truth));
        if (!truth.fault().isEmpty()) {
            faults.merge(truth.fault(), 1L, Long::sum);
        }
        truth.must().forEach(type -> injected.merge(type, 1L, Long::sum));
        while (payments.size() > paymentsMax) {
            var oldest = payments.entrySet().iterator();
            FoundOfPayment payment = oldest.next().getValue();
            oldest.remove();
            forgotten.add(payment);
            newestForgotten = payment.truth().paymentId();
        }
    }

    /** Something befalls an acquirer as a whole; it may do so again. */
    public synchronized void befalls(ScopedTruth truth) {
        if (befalls.put(truth.alertId(), truth) == null) {
            injected.merge(truth.type(), 1L, Long::sum);
        }
    }

    /** A step of a payment's life came later than it should have. */
    public synchronized void late(String paymentId, long byMillis) {
        FoundOfPayment payment = payments.get(paymentId);
        if (payment != null) {
            payment.late(byMillis);
        }
    }

    /** An alert was read; delivery is at least once, so perhaps again. */
    public synchronized void alert(Alert alert) {
        boolean first;
        FoundOfPayment payment = alert.getPaymentId() == null ? null : payments.get(alert.getPaymentId());
        if (payment != null) {
            first = payment.alert(alert);
        } else if (alert.getPaymentId() == null) {
            Alert before = scoped.get(alert.getAlertId());
            first = before == null;
            if (first || alert.getRevision() >= before.getRevision()) {
                scoped.put(alert.getAlertId(), alert);
            }
        } else if (alert.getPaymentId().compareTo(newestForgotten) <= 0) {
            return; // what was to be said of it is said
        } else {
            Finding finding =
                    new Finding(alert.getPaymentId(), "", alert.getType().name());
            first = ofNobody.putIfAbsent(alert.getAlertId(), finding) == null;
        }
        if (first) {
            raised.merge(alert.getType(), 1L, Long::sum);
        }
    }

    /**
     * An instruction has presented a capture of the payment again. Until its settlement is told nobody knows that it is under
     * way, and another instruction may reverse the capture meanwhile: the settlement then comes after the reversal.
     */
    public synchronized void presentedAgain(String paymentId) {
        FoundOfPayment payment = payments.get(paymentId);
        if (payment != null) {
            payment.mayFollow(AlertType.SETTLED_AFTER_REVERSAL);
        }
    }

    /** A record was set aside. */
    public synchronized void deadLetter(String paymentId, String code) {
        deadLetters.merge(code, 1L, Long::sum);
        FoundOfPayment payment = payments.get(paymentId);
        if (payment != null) {
            payment.deadLetter(code);
        } else if (paymentId == null || paymentId.compareTo(newestForgotten) > 0) {
            String what = "dead letter " + code;
            ofNobody.putIfAbsent(paymentId + " " + what, new Finding(String.valueOf(paymentId), "", what));
        }
    }

    /** How much was found so far. */
    public record Counts(Map<AlertType, Long> raised, long deadLetters) {}

    /** How much was found so far; costs little. */
    public synchronized Counts counts() {
        long letters = deadLetters.values().stream().mapToLong(Long::longValue).sum();
        return new Counts(new TreeMap<>(raised), letters);
    }

    /** What can be said so far. */
    public synchronized Verdict verdict() {
        Sums sums = new Sums();
        sums.add(forgotten);
        payments.values().forEach(sums::add);
        for (ScopedTruth truth : befalls.values()) {
            Alert alert = scoped.get(truth.alertId());
            if (alert == null) {
                sums.missed.add(new Finding(truth.alertId(), "", truth.type().name()));
            } else {
                sums.matched++;
                if (truth.clears() && alert.getStatus() == AlertStatus.RAISED) {
                    sums.missed.add(new Finding(truth.alertId(), "", truth.type() + " cleared"));
                }
            }
        }
        scoped.forEach((alertId, alert) -> {
            if (!befalls.containsKey(alertId)) {
                sums.spurious.add(new Finding(alertId, "", alert.getType().name()));
            }
        });
        sums.spurious.addAll(ofNobody.values());
        return new Verdict(
                begun,
                sums.unjudged,
                new TreeMap<>(faults),
                new TreeMap<>(injected),
                new TreeMap<>(raised),
                new TreeMap<>(deadLetters),
                sums.matched,
                List.copyOf(sums.missed),
                List.copyOf(sums.spurious));
    }
}
