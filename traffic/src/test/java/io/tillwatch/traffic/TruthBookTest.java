package io.tillwatch.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.Cause;
import io.tillwatch.schemas.record.Scope;
import io.tillwatch.schemas.record.Severity;
import io.tillwatch.traffic.truth.ScopedTruth;
import io.tillwatch.traffic.truth.Truth;
import io.tillwatch.traffic.truth.TruthBook;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TruthBookTest {

    private final TruthBook book = new TruthBook(100);

    @Test
    void whatHadToComeAndCameIsMatched() {
        book.began(truth("p1", Set.of(AlertType.CAPTURE_OVERDUE), Set.of()));
        book.alert(alert("p1", AlertType.CAPTURE_OVERDUE, 1, AlertStatus.RAISED));
        assertThat(book.verdict().good()).isTrue();
        assertThat(book.verdict().matched()).isEqualTo(1);
    }

    @Test
    void whatHadToComeAndDidNotIsMissed() {
        book.began(truth("p1", Set.of(AlertType.CAPTURE_OVERDUE), Set.of()));
        assertThat(book.verdict().missed()).hasToString("[CAPTURE_OVERDUE of p1 (A_FAULT)]");
    }

    @Test
    void whatComesWithoutCauseIsSpurious() {
        book.began(Truth.sound("p1"));
        book.alert(alert("p1", AlertType.CAPTURE_OVERDUE, 1, AlertStatus.RAISED));
        book.alert(alert("p9", AlertType.OVER_RETURNED, 1, AlertStatus.RAISED));
        assertThat(book.verdict().spurious()).hasToString("[CAPTURE_OVERDUE of p1, OVER_RETURNED of p9]");
    }

    @Test
    void aSettlementAfterAReversalMayComeOfACaptureThatWasPresentedAgain() {
        for (String payment : List.of("p1", "p2")) {
            book.began(Truth.sound(payment));
            book.alert(alert(payment, AlertType.SETTLED_AFTER_REVERSAL, 1, AlertStatus.RAISED));
        }
        book.presentedAgain("p1");
        assertThat(book.verdict().spurious()).hasToString("[SETTLED_AFTER_REVERSAL of p2]");
    }

    @Test
    void anAlertThatIsToldAgainCountsOnce() {
        book.began(truth("p1", Set.of(AlertType.CAPTURE_OVERDUE), Set.of()));
        book.alert(alert("p1", AlertType.CAPTURE_OVERDUE, 1, AlertStatus.RAISED));
        book.alert(alert("p1", AlertType.CAPTURE_OVERDUE, 1, AlertStatus.RAISED));
        assertThat(book.verdict().raised()).containsEntry(AlertType.CAPTURE_OVERDUE, 1L);
    }

    @Test
    void whatMustBeClearedIsMissedUntilItIs() {
        book.began(truth("p1", Set.of(AlertType.CAPTURE_OVERDUE), Set.of(AlertType.CAPTURE_OVERDUE)));
        book.alert(alert("p1", AlertType.CAPTURE_OVERDUE, 1, AlertStatus.RAISED));
        assertThat(book.verdict().missed()).hasToString("[CAPTURE_OVERDUE cleared of p1 (A_FAULT)]");
        book.alert(alert("p1", AlertType.CAPTURE_OVERDUE, 2, AlertStatus.CLEARED));
        assertThat(book.verdict().good()).isTrue();
    }

    @Test
    void deadLettersAreHeldAgainstTheirCodes() {
        book.began(new Truth("p1", "A_FAULT", Set.of(), Set.of(), Set.of(), List.of("BAD_TIME")));
        assertThat(book.verdict().missed()).hasToString("[dead letter BAD_TIME of p1 (A_FAULT)]");
        book.deadLetter("p1", "BAD_TIME");
        assertThat(book.verdict().good()).isTrue();
        book.deadLetter("p1", "BAD_TIME");
        assertThat(book.verdict().spurious()).hasToString("[dead letter BAD_TIME of p1 (A_FAULT)]");
    }

    @Test
    void nothingIsSaidOfALifeThatAStallToreApart() {
        book.began(Truth.sound("p1"));
        book.late("p1", TruthBook.LATE_MILLIS_MAX + 1);
        book.alert(alert("p1", AlertType.CAPTURE_OVERDUE, 1, AlertStatus.RAISED));
        assertThat(book.verdict().good()).isTrue();
        assertThat(book.verdict().unjudged()).isEqualTo(1);
    }

    @Test
    void whatBefallsAnAcquirerMustBeRaisedAndCleared() {
        book.befalls(new ScopedTruth("FEED_SILENT:captures:a", AlertType.FEED_SILENT, true));
        assertThat(book.verdict().missed()).hasSize(1);
        book.alert(scoped("FEED_SILENT:captures:a", AlertStatus.RAISED, 1));
        assertThat(book.verdict().missed()).hasToString("[FEED_SILENT cleared of FEED_SILENT:captures:a]");
        book.alert(scoped("FEED_SILENT:captures:a", AlertStatus.CLEARED, 2));
        book.alert(scoped("FEED_SILENT:captures:b", AlertStatus.RAISED, 1));
        assertThat(book.verdict().missed()).isEmpty();
        assertThat(book.verdict().spurious()).hasToString("[FEED_SILENT of FEED_SILENT:captures:b]");
    }

    @Test
    void whatIsSaidOfAPaymentStaysWhenItIsForgotten() {
        TruthBook small = new TruthBook(2);
        small.began(truth("p1", Set.of(AlertType.CAPTURE_OVERDUE), Set.of()));
        small.began(Truth.sound("p2"));
        small.began(Truth.sound("p3"));
        small.alert(alert("p1", AlertType.CAPTURE_OVERDUE, 1, AlertStatus.RAISED));
        assertThat(small.verdict().missed()).hasToString("[CAPTURE_OVERDUE of p1 (A_FAULT)]");
        assertThat(small.verdict().spurious()).isEmpty();
        assertThat(small.verdict().payments()).isEqualTo(3);
    }

    private static Truth truth(String paymentId, Set<AlertType> must, Set<AlertType> clears) {
        return new Truth(paymentId, "A_FAULT", must, Set.of(), clears, List.of());
    }

    private static Alert alert(String paymentId, AlertType type, int revision, AlertStatus status) {
        return builder(paymentId + ":" + type, type, revision, status)
                .setPaymentId(paymentId)
                .build();
    }

    private static Alert scoped(String alertId, AlertStatus status, int revision) {
        return builder(alertId, AlertType.FEED_SILENT, revision, status).build();
    }

    private static Alert.Builder builder(String alertId, AlertType type, int revision, AlertStatus status) {
        return Alert.newBuilder()
                .setAlertId(alertId)
                .setRevision(revision)
                .setStatus(status)
                .setType(type)
                .setSeverity(Severity.CRITICAL)
                .setScope(Scope.PAYMENT)
                .setDetectedAt(Instant.EPOCH)
                .setCause(Cause.UNKNOWN);
    }
}
