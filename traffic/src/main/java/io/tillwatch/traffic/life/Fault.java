package io.tillwatch.traffic.life;

import static io.tillwatch.schemas.record.AlertType.AMOUNT_CONFLICT;
import static io.tillwatch.schemas.record.AlertType.AUTHORIZATION_UNANSWERED;
import static io.tillwatch.schemas.record.AlertType.CAPTURE_AFTER_REVERSAL;
import static io.tillwatch.schemas.record.AlertType.CAPTURE_EXCEEDS_AUTHORIZATION;
import static io.tillwatch.schemas.record.AlertType.CAPTURE_FAILED;
import static io.tillwatch.schemas.record.AlertType.CAPTURE_ON_AUTOMATIC;
import static io.tillwatch.schemas.record.AlertType.CAPTURE_ON_DECLINED;
import static io.tillwatch.schemas.record.AlertType.CAPTURE_OVERDUE;
import static io.tillwatch.schemas.record.AlertType.CAPTURE_WITHOUT_AUTHORIZATION;
import static io.tillwatch.schemas.record.AlertType.COMMAND_UNANSWERED;
import static io.tillwatch.schemas.record.AlertType.CURRENCY_MISMATCH;
import static io.tillwatch.schemas.record.AlertType.DUPLICATE_AUTHORIZATION;
import static io.tillwatch.schemas.record.AlertType.DUPLICATE_CAPTURE;
import static io.tillwatch.schemas.record.AlertType.DUPLICATE_SETTLEMENT;
import static io.tillwatch.schemas.record.AlertType.OVER_RETURNED;
import static io.tillwatch.schemas.record.AlertType.PREAUTH_EXPIRED;
import static io.tillwatch.schemas.record.AlertType.REMEDY_FAILED;
import static io.tillwatch.schemas.record.AlertType.SETTLED_AFTER_REVERSAL;
import static io.tillwatch.schemas.record.AlertType.SETTLEMENT_AMOUNT_MISMATCH;
import static io.tillwatch.schemas.record.AlertType.SETTLEMENT_FAILED;
import static io.tillwatch.schemas.record.AlertType.SETTLEMENT_OVERDUE;
import static io.tillwatch.schemas.record.AlertType.SETTLEMENT_WITHOUT_CAPTURE;

import io.tillwatch.schemas.record.AlertType;
import java.util.Set;

/**
 * What can be done to a payment, and which alerts must say so. What may follow is written down too: a remedy that is not
 * answered in time or that fails, wherever there is one, and what else is in the nature of the fault.
 */
public enum Fault {
    /** The acquirer approved, and the terminal never heard of it. */
    ANSWER_LOST(FaultPlots::answerLost, raises(AUTHORIZATION_UNANSWERED).remedied()),
    /** The request got lost, so the acquirer knows of nothing. */
    REQUEST_LOST(FaultPlots::requestLost, raises(AUTHORIZATION_UNANSWERED).remedied()),
    /** The approval came when the terminal had given up. */
    ANSWERED_TOO_LATE(
            FaultPlots::answeredTooLate,
            raises(AUTHORIZATION_UNANSWERED).remedied().then(CAPTURE_OVERDUE)),
    /** Answered in time, told late by the feed: the alert is cleared, its command withdrawn. */
    ANSWER_TOLD_LATE(
            FaultPlots::answerToldLate,
            raises(AUTHORIZATION_UNANSWERED).remedied().cleared()),
    /** A merchant of whose commands nobody takes care. */
    COMMAND_FORGOTTEN(
            FaultPlots::commandForgotten,
            raises(AUTHORIZATION_UNANSWERED, COMMAND_UNANSWERED).remedied()),
    NEVER_CAPTURED(FaultPlots::neverCaptured, raises(CAPTURE_OVERDUE).remedied()),
    /** Captured, and the feed told of it late. */
    CAPTURE_TOLD_LATE(
            FaultPlots::captureToldLate, raises(CAPTURE_OVERDUE).remedied().cleared()),
    /** Captured and settled, and the feed of captures did not tell of it. */
    CAPTURE_NEVER_TOLD(
            FaultPlots::captureNeverTold,
            raises(CAPTURE_OVERDUE, SETTLEMENT_WITHOUT_CAPTURE).remedied()),
    NEVER_RELEASED(FaultPlots::neverReleased, raises(PREAUTH_EXPIRED).remedied()),
    /** Captured in part, and the rest is held for ever. */
    REST_NEVER_RELEASED(FaultPlots::restNeverReleased, raises(PREAUTH_EXPIRED).remedied()),
    CAPTURE_REFUSED(
            FaultPlots::captureRefused, raises(CAPTURE_FAILED).remedied().then(CAPTURE_OVERDUE)),
    /** Refused for a reason that no retry changes. */
    CAPTURE_REFUSED_FOR_GOOD(
            FaultPlots::captureRefusedForGood, raises(CAPTURE_FAILED).remedied().then(CAPTURE_OVERDUE)),
    NEVER_SETTLED(FaultPlots::neverSettled, raises(SETTLEMENT_OVERDUE).remedied()),
    SETTLEMENT_TOLD_LATE(
            FaultPlots::settlementToldLate,
            raises(SETTLEMENT_OVERDUE).remedied().cleared()),
    /** The feed's record of the settlement is spoiled. */
    SETTLEMENT_SPOILED(FaultPlots::settlementSpoiled, raises(SETTLEMENT_OVERDUE).remedied()),
    SETTLEMENT_REFUSED(
            FaultPlots::settlementRefused, raises(SETTLEMENT_FAILED).remedied().then(SETTLEMENT_OVERDUE)),
    SETTLEMENT_REFUSED_FOR_GOOD(
            FaultPlots::settlementRefusedForGood, raises(SETTLEMENT_FAILED).remedied()),
    SETTLED_SHORT(FaultPlots::settledShort, raises(SETTLEMENT_AMOUNT_MISMATCH).remedied()),
    SETTLED_TWICE(FaultPlots::settledTwice, raises(DUPLICATE_SETTLEMENT).remedied()),
    CAPTURED_TWICE(
            FaultPlots::capturedTwice, raises(DUPLICATE_CAPTURE).remedied().then(SETTLEMENT_OVERDUE)),
    /** And settled twice at once, so that no reversal helps. */
    CAPTURED_AND_SETTLED_TWICE(
            FaultPlots::capturedAndSettledTwice, raises(DUPLICATE_CAPTURE).remedied()),
    CAPTURED_TOO_MUCH(
            FaultPlots::capturedTooMuch, raises(CAPTURE_EXCEEDS_AUTHORIZATION).remedied()),
    /** A tip beyond what may be captured above a pre-authorization. */
    TIP_TOO_HIGH(FaultPlots::tipTooHigh, raises(CAPTURE_EXCEEDS_AUTHORIZATION).remedied()),
    OTHER_CURRENCY(FaultPlots::otherCurrency, raises(CURRENCY_MISMATCH)),
    AMOUNT_RESTATED(FaultPlots::amountRestated, raises(AMOUNT_CONFLICT)),
    AUTHORIZATION_NEVER_TOLD(
            FaultPlots::authorizationNeverTold,
            raises(CAPTURE_WITHOUT_AUTHORIZATION).remedied()),
    CAPTURED_THOUGH_DECLINED(
            FaultPlots::capturedThoughDeclined, raises(CAPTURE_ON_DECLINED).remedied()),
    CAPTURED_THOUGH_AUTOMATIC(
            FaultPlots::capturedThoughAutomatic,
            raises(CAPTURE_ON_AUTOMATIC).remedied().then(SETTLEMENT_OVERDUE)),
    /** What its remedy gives back comes on top of what was voided: the records alone look like too much. */
    CAPTURED_AFTER_VOID(
            FaultPlots::capturedAfterVoid,
            raises(CAPTURE_AFTER_REVERSAL).remedied().then(SETTLEMENT_OVERDUE, OVER_RETURNED)),
    ONLY_SETTLEMENT_TOLD(FaultPlots::onlySettlementTold, raises(SETTLEMENT_WITHOUT_CAPTURE)),
    SETTLED_AFTER_VOID(
            FaultPlots::settledAfterVoid, raises(SETTLED_AFTER_REVERSAL).remedied()),
    REFUNDED_TWICE(FaultPlots::refundedTwice, raises(OVER_RETURNED)),
    /** The terminal sent one purchase twice. */
    CHARGED_TWICE(
            FaultPlots::chargedTwice, raises(DUPLICATE_AUTHORIZATION).remedied().then(SETTLEMENT_OVERDUE)),
    /** Somebody pressed the button again; or bought the same again. */
    CHARGED_AGAIN(
            FaultPlots::chargedAgain, raises(DUPLICATE_AUTHORIZATION).remedied().then(SETTLEMENT_OVERDUE)),
    /** A spoiled record beside a sound life. */
    STRAY_RECORD(FaultPlots::strayRecord, raises());

    @SuppressWarnings("ImmutableEnumChecker") // each is a method that keeps nothing
    private final Plot plot;

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable
    private final Consequences consequences;

    Fault(Plot plot, Consequences consequences) {
        this.plot = plot;
        this.consequences = consequences;
    }

    /** The alerts that must be raised. */
    public Set<AlertType> must() {
        return consequences.must();
    }

    /** The alerts that may follow. */
    public Set<AlertType> may() {
        return consequences.may();
    }

    Scene scene(SceneWriter scene) {
        plot.write(scene);
        return scene.scene(name(), consequences.must(), consequences.may(), consequences.clears());
    }

    private static Consequences raises(AlertType... must) {
        return new Consequences(Set.of(must), Set.of(), Set.of());
    }

    private record Consequences(Set<AlertType> must, Set<AlertType> may, Set<AlertType> clears) {

        /** There is a command for it, which may be late or in vain. */
        Consequences remedied() {
            return then(COMMAND_UNANSWERED, REMEDY_FAILED);
        }

        Consequences then(AlertType... types) {
            Set<AlertType> more = new java.util.HashSet<>(may);
            more.addAll(Set.of(types));
            more.removeAll(must);
            return new Consequences(must, Set.copyOf(more), clears);
        }

        /** All that must be raised is cleared again by what follows. */
        Consequences cleared() {
            return new Consequences(must, may, must);
        }
    }
}
