package io.tillwatch.testkit;

import static io.tillwatch.rules.fact.Authorization.Kind.PREAUTH;
import static io.tillwatch.rules.fact.Authorization.Kind.SALE;
import static io.tillwatch.rules.policy.Setting.AUTHORIZATION_RESPONSE_WITHIN;
import static io.tillwatch.rules.policy.Setting.CAPTURE_WITHIN;
import static io.tillwatch.rules.policy.Setting.DUPLICATE_WITHIN;
import static io.tillwatch.rules.policy.Setting.MATCH_GRACE;
import static io.tillwatch.rules.policy.Setting.ORPHAN_GRACE;
import static io.tillwatch.rules.policy.Setting.PREAUTH_VALID_FOR;
import static io.tillwatch.rules.policy.Setting.REMEDY_DELAY;
import static io.tillwatch.rules.policy.Setting.SETTLE_WITHIN;

import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Reversal;
import java.util.function.Consumer;

/** What happens in a life: first those in which nothing is wrong, then one or more for each kind of anomaly. */
enum Plot {
    AUTOMATIC_SALE(w -> w.automatic()
            .request(SALE)
            .soon()
            .approve(SALE)
            .after(SETTLE_WITHIN, 0.1, 0.9)
            .settle(w.paymentId, w.amount)),
    AUTOMATIC_SALE_WITH_ECHO(w -> w.automatic()
            .request(SALE)
            .soon()
            .approve(SALE)
            .soon()
            .capture(w.paymentId, w.amount, true)
            .after(SETTLE_WITHIN, 0.1, 0.9)
            .settle(w.paymentId, w.amount)),
    SEPARATE_SALE(w -> w.request(SALE)
            .soon()
            .approve(SALE)
            .after(CAPTURE_WITHIN, 0.1, 0.9)
            .capture(w.captureId(1), w.amount, true)
            .after(SETTLE_WITHIN, 0.1, 0.9)
            .settle(w.captureId(1), w.amount)),
    DECLINED(w -> w.request(SALE).soon().decline(SALE)),
    PREAUTHORIZATION(Plot::preauthorization),
    VOIDED(w -> w.request(SALE).soon().approve(SALE).soon().givenBack(Reversal.Kind.VOID, w.amount, null)),
    REFUNDED(w -> {
        AUTOMATIC_SALE.write(w);
        w.soon().givenBack(Reversal.Kind.REFUND, w.part(w.amount), w.chance(0.5) ? w.paymentId : null);
    }),
    SAME_ATTEMPT_AGAIN(w -> w.request(SALE)
            .after(AUTHORIZATION_RESPONSE_WITHIN, 0.3, 0.8)
            .request(SALE)
            .soon()
            .approve(SALE)
            .soon()
            .givenBack(Reversal.Kind.VOID, w.amount, null)),

    UNANSWERED(w -> w.request(SALE)),
    ANSWERED_LATE(
            w -> w.request(SALE).after(AUTHORIZATION_RESPONSE_WITHIN, 0.8, 20).approve(SALE)),
    DECLINED_LATE(
            w -> w.request(SALE).after(AUTHORIZATION_RESPONSE_WITHIN, 1, 20).decline(SALE)),
    ANOTHER_ATTEMPT(w -> w.request(SALE)
            .after(AUTHORIZATION_RESPONSE_WITHIN, 0.5, 3)
            .giveBack(Reversal.Kind.REVERSAL, w.amount, null, unanswered(w, 0), Reversal.Status.DONE)
            .anotherAttempt()
            .request(SALE)
            .soon()
            .approve(SALE)
            .soon()
            .capture(w.captureId(1), w.amount, true)),
    ATTEMPTS_WITHOUT_REFERENCES(w -> w.withoutReferences()
            .request(SALE)
            .after(AUTHORIZATION_RESPONSE_WITHIN, 0.5, 2)
            .request(SALE)
            .soon()
            .approve(SALE)),
    NOT_CAPTURED(w -> w.request(SALE)
            .soon()
            .approve(SALE)
            .after(CAPTURE_WITHIN, 0.9, 1.5)
            .capture(w.captureId(1), w.amount, true)),
    PREAUTH_LEFT(w -> {
        w.approve(PREAUTH).after(PREAUTH_VALID_FOR, 0.1, 0.5);
        if (w.chance(0.5)) {
            w.increment(w.part(w.amount));
        }
        if (w.chance(0.5)) {
            w.soon().capture(w.captureId(1), w.part(w.amount), false).soon().settle(w.captureId(1), w.amount);
        }
    }),
    CAPTURE_FAILS(w -> {
        w.approve(SALE).soon().captureFails(w.captureId(1), w.amount, code(w));
        if (w.chance(0.6)) {
            w.after(MATCH_GRACE, 0.5, 20).capture(w.captureId(w.chance(0.7) ? 1 : 2), w.amount, true);
        }
    }),
    NOT_SETTLED(w -> w.approve(SALE)
            .soon()
            .capture(w.captureId(1), w.amount, true)
            .after(SETTLE_WITHIN, 0.9, 1.6)
            .settle(w.captureId(1), w.amount)),
    SETTLEMENT_FAILS(w -> {
        w.automatic().approve(SALE).after(SETTLE_WITHIN, 0.1, 0.9).settlementFails(w.paymentId, w.amount, code(w));
        if (w.chance(0.5)) {
            w.after(MATCH_GRACE, 0.5, 90).settlementFails(w.paymentId, w.amount, code(w));
        }
        if (w.chance(0.5)) {
            w.after(MATCH_GRACE, 0.5, 90).settle(w.paymentId, w.amount);
        }
    }),
    SETTLED_OTHERWISE(w -> {
        w.automatic().approve(SALE).soon().settle(w.paymentId, w.part(2 * w.amount));
        if (w.chance(0.5)) {
            w.after(MATCH_GRACE, 0.5, 5).settle(w.paymentId, w.part(w.amount));
        }
    }),
    SETTLED_TWICE(w -> w.automatic()
            .approve(SALE)
            .soon()
            .settle(w.paymentId, w.amount)
            .soon()
            .settle(w.paymentId, w.amount)),
    SETTLEMENT_CONTRADICTS_ITSELF(w -> w.automatic()
            .approve(SALE)
            .soon()
            .settle(w.paymentId, w.amount, w.paymentId + "-s")
            .soon()
            .settle(w.paymentId, w.part(w.amount), w.paymentId + "-s")),
    CAPTURED_TWICE(w -> w.approve(SALE)
            .soon()
            .capture(w.captureId(1), w.amount, w.chance(0.5))
            .soon()
            .capture(w.captureId(2), w.amount, true)),
    CAPTURED_TOO_MUCH(w -> {
        w.approve(w.chance(0.5) ? SALE : PREAUTH).soon().capture(w.captureId(1), w.amount + w.part(w.amount), true);
        if (w.chance(0.3)) {
            w.after(MATCH_GRACE, 0.2, 3).increment(w.amount);
        }
    }),
    CAPTURE_CONTRADICTS_ITSELF(w -> w.approve(SALE)
            .soon()
            .capture(w.captureId(1), w.amount, true)
            .soon()
            .capture(w.captureId(1), w.part(w.amount), true)),
    CAPTURED_WITHOUT_APPROVAL(w -> {
        w.capture(w.captureId(1), w.amount, true);
        if (w.chance(0.5)) {
            w.after(ORPHAN_GRACE, 0.5, 3).approve(SALE);
        }
    }),
    CAPTURED_THOUGH_DECLINED(w -> w.request(SALE).soon().decline(SALE).soon().capture(w.captureId(1), w.amount, true)),
    CAPTURED_THOUGH_AUTOMATIC(w -> w.automatic()
            .approve(SALE)
            .soon()
            .capture(w.captureId(1), w.part(w.amount), true)
            .soon()
            .settle(w.paymentId, w.amount)),
    CAPTURED_AFTER_REVERSAL(w -> w.approve(SALE)
            .soon()
            .giveBack(Reversal.Kind.REVERSAL, w.amount, null)
            .soon()
            .capture(w.captureId(1), w.amount, true)),
    SETTLED_WITHOUT_CAPTURE(w -> {
        w.approve(SALE).soon().settle(w.captureId(9), w.amount);
        if (w.chance(0.5)) {
            w.after(ORPHAN_GRACE, 0.5, 3).capture(w.captureId(w.chance(0.5) ? 9 : 1), w.amount, true);
        }
    }),
    SETTLED_AFTER_REVERSAL(w -> w.automatic()
            .approve(SALE)
            .soon()
            .giveBack(Reversal.Kind.VOID, w.amount, w.chance(0.5) ? w.paymentId : null)
            .after(SETTLE_WITHIN, 0.1, 0.5)
            .settle(w.paymentId, w.amount)),
    GIVEN_BACK_TWICE(w -> w.automatic()
            .approve(SALE)
            .soon()
            .giveBack(Reversal.Kind.VOID, w.part(w.amount), null)
            .soon()
            .giveBack(Reversal.Kind.REFUND, w.amount, null)),
    ANOTHER_CURRENCY(w -> w.approve(SALE)
            .soon()
            .capture(w.captureId(1), w.amount, true)
            .lastInAnotherCurrency()
            .soon()
            .settle(w.captureId(1), w.amount)),
    BOUGHT_TWICE(w -> {
        w.request(SALE).soon().approve(SALE);
        LifeWriter twin = w.after(DUPLICATE_WITHIN, 0.05, 1.1).twin(w.chance(0.4));
        twin.request(SALE).soon().approve(SALE);
        if (w.chance(0.5)) {
            twin.soon().capture(twin.captureId(1), twin.amount, true).soon().settle(twin.captureId(1), twin.amount);
        }
        if (w.chance(0.4)) {
            w.after(MATCH_GRACE, 0.5, 9).giveBack(Reversal.Kind.VOID, w.amount, null);
        }
    }),
    SEVERAL_CYCLES(w -> {
        Authorization.Kind kind = w.chance(0.6) ? SALE : PREAUTH;
        if (w.chance(0.5)) {
            w.automatic();
        }
        for (int i = 0; i < 2 + w.random.nextInt(2); i++) {
            w.request(kind).soon().approve(kind).soon();
            if (w.chance(0.4)) {
                w.capture(w.captureId(i), w.amount, w.chance(0.5)).soon();
            }
            if (w.chance(0.4)) {
                w.settle(w.chance(0.5) ? w.paymentId : w.captureId(i), w.amount).soon();
            }
            w.giveBack(w.chance(0.8) ? Reversal.Kind.VOID : Reversal.Kind.REFUND, w.amount, null)
                    .soon();
        }
    }),
    RESTATED(w ->
            w.approve(SALE).soon().approve(SALE, w.part(2 * w.amount)).soon().capture(w.captureId(1), w.amount, true)),
    ANSWERS_A_COMMAND(w -> w.request(SALE)
            .after(AUTHORIZATION_RESPONSE_WITHIN, 1.1, 2)
            .approve(SALE)
            .after(REMEDY_DELAY, 1, 2)
            .giveBack(Reversal.Kind.REVERSAL, w.amount, null, unanswered(w, 0), Reversal.Status.DONE)),
    A_RECORD_IS_MISSING(w -> {
        SEPARATE_SALE.write(w);
        w.forgetOneBefore();
    }),
    ANYTHING(Plot::anything);

    /** How many of them are lives in which nothing is wrong; they come first. */
    static final int HEALTHY = SAME_ATTEMPT_AGAIN.ordinal() + 1;

    @SuppressWarnings("ImmutableEnumChecker") // each is a lambda that keeps nothing
    private final Consumer<LifeWriter> story;

    Plot(Consumer<LifeWriter> story) {
        this.story = story;
    }

    void write(LifeWriter writer) {
        story.accept(writer);
    }

    private static void preauthorization(LifeWriter w) {
        w.request(PREAUTH).soon().approve(PREAUTH);
        long held = w.amount;
        for (int i = 0; i < w.random.nextInt(3); i++) {
            long more = w.part(w.amount);
            w.after(PREAUTH_VALID_FOR, 0.01, 0.2).increment(more);
            held += more;
        }
        int captures = held < 10 ? 1 : 1 + w.random.nextInt(3);
        for (int i = 1; i <= captures; i++) {
            long some = i == captures ? held : w.part(held / 2);
            w.after(CAPTURE_WITHIN, 0.1, 0.9).capture(w.captureId(i), Math.max(1, some), i == captures);
            w.after(SETTLE_WITHIN, 0.1, 0.5).settle(w.captureId(i), Math.max(1, some));
            held -= some;
        }
    }

    /** Records of every kind in any order. */
    private static void anything(LifeWriter w) {
        Authorization.Kind kind = w.chance(0.7) ? SALE : PREAUTH;
        for (int i = 0; i < 3 + w.random.nextInt(8); i++) {
            String captureId = w.chance(0.3) ? w.paymentId : w.captureId(w.random.nextInt(3));
            long some = w.chance(0.5) ? w.amount : w.part(w.amount);
            switch (w.random.nextInt(11)) {
                case 0 -> w.request(kind);
                case 1, 2 -> w.approve(kind, some);
                case 3 -> w.decline(kind);
                case 4 -> w.increment(some);
                case 5 -> w.capture(captureId, some, w.chance(0.5));
                case 6 -> w.captureFails(captureId, some, code(w));
                case 7 -> w.settle(captureId, some);
                case 8 -> w.settlementFails(captureId, some, code(w));
                case 9 -> w.automatic().approve(SALE, some);
                default ->
                    w.giveBack(Reversal.Kind.values()[w.random.nextInt(3)], some, w.chance(0.5) ? captureId : null);
            }
            if (w.chance(0.9)) {
                w.after(w.chance(0.8) ? ORPHAN_GRACE : SETTLE_WITHIN, 0, 1.2);
            }
        }
    }

    private static String code(LifeWriter w) {
        return w.chance(0.2) ? null : w.oneOf("91", "68", "96", "57", "54", "14", "51");
    }

    private static String unanswered(LifeWriter w, int record) {
        return w.paymentId + ':' + AlertType.AUTHORIZATION_UNANSWERED + ':' + w.paymentId + "-e" + record + "#REVERSE";
    }
}
