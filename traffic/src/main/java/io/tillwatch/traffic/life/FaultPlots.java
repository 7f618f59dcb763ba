package io.tillwatch.traffic.life;

import static io.tillwatch.traffic.Windows.ANSWER_MILLIS;
import static io.tillwatch.traffic.Windows.CAPTURE_MILLIS;
import static io.tillwatch.traffic.Windows.SETTLE_MILLIS;

import io.tillwatch.traffic.feed.Flaw;
import java.util.Arrays;

/**
 * What happens in the lives that have a fault. Where money moves on after the fault, it does so before a remedy can be
 * sent, or not at all: the acquirer's side stays true whenever the remedy comes.
 */
final class FaultPlots {

    /** By so much a feed is late beyond the window that it misses. */
    private static final long LATE = 1_000;

    private static final Flaw[] OF_SETTLEMENTS =
            Arrays.stream(Flaw.values()).filter(Flaw::ofSettlements).toArray(Flaw[]::new);

    private FaultPlots() {}

    private static LifeWriter sale(SceneWriter s) {
        return s.life().request().after(s.answer()).approve();
    }

    private static LifeWriter captured(SceneWriter s) {
        LifeWriter w = sale(s).after(s.till());
        return w.capture(w.captureId(1));
    }

    private static LifeWriter automatic(SceneWriter s) {
        return s.life().automatic().request().after(s.answer()).approve();
    }

    private static LifeWriter preauthorized(SceneWriter s) {
        return s.life().preauthorization().request().after(s.answer()).approve();
    }

    // --- answers ---

    static void answerLost(SceneWriter s) {
        LifeWriter w = s.dice.chance(0.5) ? s.life().automatic() : s.life();
        w.request().after(s.answer()).approve().lost();
    }

    static void requestLost(SceneWriter s) {
        s.life().request();
    }

    static void answeredTooLate(SceneWriter s) {
        s.life().request().after(ANSWER_MILLIS + LATE).approve();
    }

    static void answerToldLate(SceneWriter s) {
        LifeWriter w = s.life().automatic().request().after(s.answer());
        w.approve().late(ANSWER_MILLIS + LATE);
        // Settled before anyone can reverse it; told after the answer.
        w.after(s.till()).settle(w.whole()).late(ANSWER_MILLIS + 2 * LATE);
    }

    static void commandForgotten(SceneWriter s) {
        s.lifeAt(Market.FORGOTTEN, 0).request().after(s.answer()).approve().lost();
    }

    // --- captures that do not come ---

    static void neverCaptured(SceneWriter s) {
        sale(s);
    }

    static void captureToldLate(SceneWriter s) {
        LifeWriter w = sale(s).after(s.till());
        w.capture(w.captureId(1)).late(CAPTURE_MILLIS + LATE);
        w.after(CAPTURE_MILLIS + LATE + s.till()).settle(w.captureId(1));
    }

    static void captureNeverTold(SceneWriter s) {
        LifeWriter w = captured(s).lost().after(s.clearing());
        w.settle(w.captureId(1));
    }

    static void neverReleased(SceneWriter s) {
        LifeWriter w = preauthorized(s);
        if (s.dice.chance(0.5)) {
            w.after(s.till()).increment(s.dice.part(w.amount()));
        }
    }

    static void restNeverReleased(SceneWriter s) {
        LifeWriter w = preauthorized(s).after(s.till());
        long some = w.amount() / 2;
        w.capture(w.captureId(1), some, false).after(s.clearing()).settle(w.captureId(1), some);
    }

    static void captureRefused(SceneWriter s) {
        LifeWriter w = sale(s).after(s.till());
        w.captureFails(w.captureId(1), s.dice.oneOf("91", "96", "68"));
    }

    static void captureRefusedForGood(SceneWriter s) {
        LifeWriter w = sale(s).after(s.till());
        w.captureFails(w.captureId(1), s.dice.oneOf("57", "54", "14"));
    }

    // --- settlements ---

    static void neverSettled(SceneWriter s) {
        if (s.dice.chance(0.5)) {
            automatic(s);
        } else {
            captured(s);
        }
    }

    static void settlementToldLate(SceneWriter s) {
        LifeWriter w = captured(s).after(s.till());
        w.settle(w.captureId(1)).late(SETTLE_MILLIS + LATE);
    }

    static void settlementSpoiled(SceneWriter s) {
        LifeWriter w = captured(s).after(s.clearing());
        w.settle(w.captureId(1)).spoiled(s.dice.oneOf(OF_SETTLEMENTS));
    }

    static void settlementRefused(SceneWriter s) {
        LifeWriter w = captured(s).after(s.till());
        w.settlementFails(w.captureId(1), s.dice.oneOf("91", "96", "98"));
    }

    static void settlementRefusedForGood(SceneWriter s) {
        LifeWriter w = captured(s).after(s.till());
        w.settlementFails(w.captureId(1), s.dice.oneOf("57", "12", "03"));
    }

    static void settledShort(SceneWriter s) {
        LifeWriter w = captured(s).after(s.clearing());
        w.settle(w.captureId(1), w.amount() - s.dice.part(w.amount() / 4));
    }

    static void settledTwice(SceneWriter s) {
        LifeWriter w = captured(s).after(s.clearing());
        w.settle(w.captureId(1)).after(s.till()).settle(w.captureId(1));
    }

    // --- captures that should not be ---

    static void capturedTwice(SceneWriter s) {
        LifeWriter w = captured(s).after(s.answer());
        w.capture(w.captureId(2)).after(s.clearing()).settle(w.captureId(1));
    }

    static void capturedAndSettledTwice(SceneWriter s) {
        LifeWriter w = captured(s).after(s.answer());
        w.capture(w.captureId(2)).after(s.answer());
        w.settle(w.captureId(1)).after(s.answer()).settle(w.captureId(2));
    }

    static void capturedTooMuch(SceneWriter s) {
        LifeWriter w = sale(s).after(s.till());
        long tooMuch = w.amount() + s.dice.part(w.amount());
        w.capture(w.captureId(1), tooMuch, true).after(s.till()).settle(w.captureId(1), tooMuch);
    }

    static void tipTooHigh(SceneWriter s) {
        LifeWriter w = preauthorized(s).after(s.till());
        long tooMuch = w.amount() + w.amount() / 3;
        w.capture(w.captureId(1), tooMuch, true).after(s.till()).settle(w.captureId(1), tooMuch);
    }

    static void otherCurrency(SceneWriter s) {
        LifeWriter w = sale(s).after(s.till());
        w.captureSaidInCurrency(w.captureId(1), "USD").after(s.clearing()).settle(w.captureId(1));
    }

    static void amountRestated(SceneWriter s) {
        LifeWriter w = captured(s).after(s.answer());
        w.capture(w.captureId(1), w.amount() - s.dice.part(w.amount() / 4), true)
                .unknownToTheAcquirer();
        w.after(s.clearing()).settle(w.captureId(1));
    }

    static void authorizationNeverTold(SceneWriter s) {
        LifeWriter w =
                s.life().request().lost().after(s.answer()).approve().lost().after(s.till());
        w.capture(w.captureId(1)).after(s.till()).settle(w.captureId(1));
    }

    static void capturedThoughDeclined(SceneWriter s) {
        LifeWriter w = s.life().request().after(s.answer()).decline("51").after(s.till());
        w.capture(w.captureId(1)).after(s.till()).settle(w.captureId(1));
    }

    static void capturedThoughAutomatic(SceneWriter s) {
        LifeWriter w = automatic(s).after(s.till());
        w.capture(w.captureId(2)).after(s.till()).settle(w.whole());
    }

    static void capturedAfterVoid(SceneWriter s) {
        LifeWriter w = sale(s).after(s.till());
        w.voided(w.amount(), null).after(s.answer()).capture(w.captureId(1));
    }

    static void onlySettlementTold(SceneWriter s) {
        LifeWriter w =
                s.life().request().lost().after(s.answer()).approve().lost().after(s.till());
        w.capture(w.captureId(1)).lost().after(s.clearing()).settle(w.captureId(1));
    }

    static void settledAfterVoid(SceneWriter s) {
        LifeWriter w = automatic(s).after(s.till());
        w.voided(w.amount(), w.whole()).after(s.till()).settle(w.whole());
    }

    static void refundedTwice(SceneWriter s) {
        LifeWriter w = automatic(s).after(s.till());
        w.settle(w.whole()).after(s.till()).refunded(w.amount()).after(s.till()).refunded(w.amount());
    }

    // --- one purchase, two payments ---

    static void chargedTwice(SceneWriter s) {
        charged(s, true);
    }

    static void chargedAgain(SceneWriter s) {
        charged(s, false);
    }

    private static void charged(SceneWriter s, boolean sameReferences) {
        LifeWriter first = s.soundLife().request().after(s.answer()).approve().after(s.till());
        first.capture(first.captureId(1)).after(s.clearing()).settle(first.captureId(1));
        LifeWriter second = s.lifeLike(first, sameReferences).after(s.dice.between(600, 1_500));
        second.request().after(s.answer()).approve().after(s.answer()).capture(second.captureId(1));
        if (s.dice.chance(0.5)) {
            second.after(s.answer()).settle(second.captureId(1));
        }
    }

    // --- records ---

    static void strayRecord(SceneWriter s) {
        LifeWriter w = automatic(s).after(s.answer());
        w.increment(w.amount()).unknownToTheAcquirer().spoiled(s.dice.oneOf(Flaw.values()));
        w.after(s.clearing()).settle(w.whole());
    }
}
