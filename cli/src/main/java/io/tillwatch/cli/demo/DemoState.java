package io.tillwatch.cli.demo;

import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.Approval;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.Outcome;
import io.tillwatch.schemas.record.OutcomeResult;
import io.tillwatch.traffic.feed.Letter;
import io.tillwatch.traffic.life.Life;
import io.tillwatch.traffic.life.Market;
import io.tillwatch.traffic.run.TrafficListener;
import io.tillwatch.traffic.truth.ScopedTruth;
import io.tillwatch.traffic.truth.TruthBook;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was done and what was found, as far as it is known. Of a run without end the newest of each are remembered. Safe
 * for use by several threads.
 */
final class DemoState implements TrafficListener, ResultReader.Listener {

    private static final int REMEMBERED = 200_000;

    private final TruthBook book = new TruthBook(REMEMBERED);
    private final Map<String, Alert> newest = remembering();
    private final Map<String, Alert> standing = new HashMap<>();
    private final Map<String, Command> commands = remembering();
    private final Map<String, Outcome> outcomes = remembering();
    private final Map<OutcomeResult, Long> results = new EnumMap<>(OutcomeResult.class);
    private final Map<Approval, Long> approvals = new EnumMap<>(Approval.class);
    private final Map<String, Long> recovered = new TreeMap<>();
    private long payments;
    private long faulty;
    private long records;
    private String failure;

    /**
     * A moment of it.
     *
     * @param faulty how many of the payments have a fault
     * @param raised how many alerts were raised so far, and standing how many still are, by type
     * @param automatic how many commands were made that wait for nobody
     * @param forPeople how many were made that wait for a person
     * @param results how they ended
     * @param atRisk minor units by currency that raised alerts are about, each payment once
     * @param recovered minor units by currency that commands moved
     */
    record Moment(
            long payments,
            long faulty,
            long records,
            long deadLetters,
            Map<AlertType, Long> raised,
            Map<AlertType, Long> standing,
            long automatic,
            long forPeople,
            Map<OutcomeResult, Long> results,
            Map<String, Long> atRisk,
            Map<String, Long> recovered) {}

    TruthBook book() {
        return book;
    }

    /** Why the traffic is not what it should be, or null. */
    synchronized String failure() {
        return failure;
    }

    // --- what is done ---

    @Override
    public synchronized void began(Life life) {
        payments++;
        faulty += life.truth().fault().isEmpty() ? 0 : 1;
        book.began(life.truth());
    }

    @Override
    public void befalls(ScopedTruth truth) {
        book.befalls(truth);
    }

    @Override
    public synchronized void appended(Letter letter, long atMillis) {
        records++;
    }

    @Override
    public synchronized void failed(Letter letter, Exception why) {
        failure = "Kafka did not take a record of " + letter.topic().baseName() + ": " + why.getMessage();
    }

    @Override
    public void late(String paymentId, long byMillis) {
        book.late(paymentId, byMillis);
    }

    // --- what is found ---

    @Override
    public synchronized void alert(Alert alert) {
        book.alert(alert);
        Alert before = newest.get(alert.getAlertId());
        if (before != null && before.getRevision() >= alert.getRevision()) {
            return;
        }
        newest.put(alert.getAlertId(), alert);
        if (alert.getStatus() == AlertStatus.RAISED) {
            standing.put(alert.getAlertId(), alert);
        } else {
            standing.remove(alert.getAlertId());
        }
    }

    @Override
    public synchronized void command(Command command) {
        Command before = commands.get(command.getCommandId());
        if (before == null) {
            approvals.merge(command.getApproval(), 1L, Long::sum);
        }
        if (before == null || before.getIssue() < command.getIssue()) {
            commands.put(command.getCommandId(), command);
        }
    }

    @Override
    public synchronized void outcome(Outcome outcome) {
        if (outcomes.putIfAbsent(outcome.getCommandId(), outcome) == null) {
            results.merge(outcome.getResult(), 1L, Long::sum);
            if (outcome.getResult() == OutcomeResult.DONE) {
                recovered.merge(outcome.getCurrency(), outcome.getAmount(), Math::addExact);
            }
        }
    }

    @Override
    public void deadLetter(String paymentId, String code) {
        book.deadLetter(paymentId, code);
    }

    /** Whether an alert of a payment was raised. */
    synchronized boolean knowsAlertOf(String paymentId) {
        String prefix = paymentId + ":";
        return newest.keySet().stream().anyMatch(alertId -> alertId.startsWith(prefix));
    }

    /** How many commands that wait for nobody have no outcome. */
    synchronized long automaticUnanswered() {
        return commands.values().stream()
                .filter(c -> !waitsForPeople(c) && !outcomes.containsKey(c.getCommandId()))
                .count();
    }

    /** Whether the command says so, or the responder does: only a tier A acquirer takes a presentment again as one. */
    private static boolean waitsForPeople(Command c) {
        boolean again = c.getAction() == Action.RETRY_CAPTURE || c.getAction() == Action.RETRY_SETTLEMENT;
        return c.getApproval() == Approval.REQUIRED
                || again && Market.tierOf(c.getOriginal().getAcquirerId()) != Market.Tier.A;
    }

    synchronized Moment now() {
        Map<AlertType, Long> standingByType = new TreeMap<>();
        Map<String, Alert> riskiest = new HashMap<>();
        for (Alert alert : standing.values()) {
            standingByType.merge(alert.getType(), 1L, Long::sum);
            if (alert.getPaymentId() != null && alert.getAmount() != null) {
                riskiest.merge(alert.getPaymentId(), alert, (a, b) -> b.getAmount() > a.getAmount() ? b : a);
            }
        }
        Map<String, Long> atRisk = new TreeMap<>();
        riskiest.values().forEach(alert -> atRisk.merge(alert.getCurrency(), alert.getAmount(), Math::addExact));
        TruthBook.Counts counts = book.counts();
        return new Moment(
                payments,
                faulty,
                records,
                counts.deadLetters(),
                counts.raised(),
                standingByType,
                approvals.getOrDefault(Approval.AUTOMATIC, 0L),
                approvals.getOrDefault(Approval.REQUIRED, 0L),
                new EnumMap<>(results.isEmpty() ? new EnumMap<>(OutcomeResult.class) : results),
                atRisk,
                new TreeMap<>(recovered));
    }

    private static <V> Map<String, V> remembering() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }
}
