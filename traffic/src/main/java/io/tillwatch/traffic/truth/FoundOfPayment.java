package io.tillwatch.traffic.truth;

import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.AlertType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What was found of one payment. */
final class FoundOfPayment {

    private final Truth truth;
    private final Map<String, Alert> newest = new HashMap<>(2);
    private final Set<AlertType> raised = EnumSet.noneOf(AlertType.class);
    private final List<String> deadLetters = new ArrayList<>(0);
    private final Set<AlertType> following = EnumSet.noneOf(AlertType.class);
    private long latestMillis;

    FoundOfPayment(Truth truth) {
        this.truth = truth;
    }

    Truth truth() {
        return truth;
    }

    void late(long millis) {
        latestMillis = Math.max(latestMillis, millis);
    }

    /** By how much the latest of its steps was late. */
    long latestMillis() {
        return latestMillis;
    }

    /** Takes note of an alert; tells whether it is the first word of it. */
    boolean alert(Alert alert) {
        if (alert.getStatus() == AlertStatus.RAISED) {
            raised.add(alert.getType());
        }
        Alert before = newest.get(alert.getAlertId());
        if (before == null || alert.getRevision() >= before.getRevision()) {
            newest.put(alert.getAlertId(), alert);
        }
        return before == null;
    }

    /** An alert of this type has a cause now that its truth did not know of. */
    void mayFollow(AlertType type) {
        following.add(type);
    }

    void deadLetter(String code) {
        deadLetters.add(code);
    }

    /** What had to come and did. */
    long matched() {
        return truth.must().stream().filter(raised::contains).count()
                + truth.deadLetters().size()
                - missing(truth.deadLetters(), deadLetters).size();
    }

    List<Finding> missed() {
        List<Finding> missed = new ArrayList<>(0);
        for (AlertType type : truth.must()) {
            if (!raised.contains(type)) {
                missed.add(finding(type.name()));
            }
        }
        for (Alert alert : newest.values()) {
            if (alert.getStatus() == AlertStatus.RAISED && truth.clears().contains(alert.getType())) {
                missed.add(finding(alert.getType() + " cleared"));
            }
        }
        missing(truth.deadLetters(), deadLetters).forEach(code -> missed.add(finding("dead letter " + code)));
        return missed;
    }

    List<Finding> spurious() {
        List<Finding> spurious = new ArrayList<>(0);
        for (AlertType type : raised) {
            if (!truth.allows(type) && !following.contains(type)) {
                spurious.add(finding(type.name()));
            }
        }
        missing(deadLetters, truth.deadLetters()).forEach(code -> spurious.add(finding("dead letter " + code)));
        return spurious;
    }

    private Finding finding(String what) {
        return new Finding(truth.paymentId(), truth.fault(), what);
    }

    /** Those of the first that the second does not have as often. */
    private static List<String> missing(List<String> wanted, List<String> had) {
        Map<String, Integer> left = new TreeMap<>();
        had.forEach(code -> left.merge(code, 1, Integer::sum));
        List<String> missing = new ArrayList<>(0);
        for (String code : wanted) {
            if (left.merge(code, -1, Integer::sum) < 0) {
                missing.add(code);
            }
        }
        return missing;
    }
}
