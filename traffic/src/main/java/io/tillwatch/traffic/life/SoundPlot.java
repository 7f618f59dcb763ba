package io.tillwatch.traffic.life;

import java.util.Arrays;

/** Lives in which nothing is wrong, though some look as if it were. */
enum SoundPlot {
    SINGLE_MESSAGE(30, s -> {
        LifeWriter w = automatic(s).after(s.clearing());
        w.settle(w.whole());
    }),
    TWO_MESSAGES(30, s -> {
        LifeWriter w = sale(s).after(s.till());
        w.capture(w.captureId(1)).after(s.clearing()).settle(w.captureId(1));
    }),
    DECLINED(8, s -> s.soundLife().request().after(s.answer()).decline(s.dice.oneOf("51", "05", "54", "14", "61"))),
    VOIDED_BEFORE_CAPTURE(2, s -> {
        LifeWriter w = sale(s).after(s.till());
        w.voided(w.amount(), null);
    }),
    VOIDED_AFTER_CAPTURE(2, s -> {
        LifeWriter w = sale(s).after(s.till());
        w.capture(w.captureId(1)).after(s.till()).voided(w.amount(), w.captureId(1));
    }),
    SINGLE_MESSAGE_VOIDED(2, s -> {
        LifeWriter w = automatic(s).after(s.till());
        w.voided(w.amount(), w.whole());
    }),
    REFUNDED(3, s -> {
        LifeWriter w = automatic(s).after(s.clearing());
        w.settle(w.whole()).after(s.till());
        w.refunded(s.dice.chance(0.5) ? w.amount() : s.dice.part(w.amount()));
    }),
    CAPTURED_IN_PART(2, s -> {
        LifeWriter w = sale(s).after(s.till());
        long some = s.dice.part(w.amount());
        w.capture(w.captureId(1), some, true).after(s.clearing()).settle(w.captureId(1), some);
    }),
    PREAUTHORIZED(8, SoundPlot::preauthorization),
    PREAUTHORIZED_WITH_TIP(5, s -> {
        LifeWriter w = preauthorized(s).after(s.till());
        long withTip = w.amount() + s.dice.part(w.amount() * 15 / 100);
        w.capture(w.captureId(1), withTip, true).after(s.clearing()).settle(w.captureId(1), withTip);
    }),
    PREAUTHORIZED_AND_RELEASED(2, s -> {
        LifeWriter w = preauthorized(s).after(s.till());
        w.reversed(w.amount());
    }),
    CAPTURE_TRIED_TWICE(1, s -> {
        LifeWriter w = sale(s).after(s.till());
        w.captureFails(w.captureId(1), "91").after(s.answer()).capture(w.captureId(1));
        w.after(s.clearing()).settle(w.captureId(1));
    }),
    SETTLEMENT_TRIED_TWICE(1, s -> {
        LifeWriter w = sale(s).after(s.till());
        w.capture(w.captureId(1)).after(s.till()).settlementFails(w.captureId(1), "96");
        w.after(s.answer()).settle(w.captureId(1));
    }),
    SETTLED_IN_PARTS(1, s -> {
        LifeWriter w = sale(s).after(s.till());
        long some = w.amount() / 3;
        w.capture(w.captureId(1)).after(s.till()).settle(w.captureId(1), some);
        w.after(s.answer()).settle(w.captureId(1), w.amount() - some);
    }),
    ASKED_TWICE(1, s -> {
        LifeWriter w = s.soundLife().request().after(s.till()).request().after(s.answer());
        w.approve().after(s.till()).capture(w.captureId(1));
        w.after(s.clearing()).settle(w.captureId(1));
    }),
    BOUGHT_AGAIN_AFTER_A_VOID(1, s -> {
        LifeWriter first = sale(s).after(s.answer());
        first.voided(first.amount(), null);
        LifeWriter second = s.soundLifeLike(first).automatic().after(1_000 + s.till());
        second.request().after(s.answer()).approve().after(s.clearing()).settle(second.whole());
    }),
    TOLD_TWICE(4, s -> {
        LifeWriter w = s.soundLife().request();
        w.after(s.answer()).approve().again(s.till());
        w.after(s.till()).capture(w.captureId(1)).again(s.clearing());
        w.after(s.clearing()).settle(w.captureId(1)).again(s.till());
    }),
    TOLD_OUT_OF_STEP(4, s -> {
        LifeWriter w = s.soundLife().request().after(s.answer()).approve().late(s.dice.between(500, 1_000));
        w.after(s.answer()).capture(w.captureId(1)).late(s.dice.between(500, 1_000));
        w.after(s.answer()).settle(w.captureId(1));
    }),
    ECHOED(1, s -> {
        LifeWriter w = automatic(s).after(s.answer());
        w.capture(w.whole()).unknownToTheAcquirer().after(s.clearing()).settle(w.whole());
    });

    private static final int WEIGHTS =
            Arrays.stream(values()).mapToInt(plot -> plot.weight).sum();

    private final int weight;

    @SuppressWarnings("ImmutableEnumChecker") // each is a lambda that keeps nothing
    private final Plot plot;

    SoundPlot(int weight, Plot plot) {
        this.weight = weight;
        this.plot = plot;
    }

    void write(SceneWriter scene) {
        plot.write(scene);
    }

    /** One of them, the common ones more often. */
    static SoundPlot any(Dice dice) {
        long left = dice.between(0, WEIGHTS - 1L);
        for (SoundPlot plot : values()) {
            left -= plot.weight;
            if (left < 0) {
                return plot;
            }
        }
        throw new AssertionError("the weights do not add up");
    }

    private static LifeWriter sale(SceneWriter s) {
        return s.soundLife().request().after(s.answer()).approve();
    }

    private static LifeWriter automatic(SceneWriter s) {
        return s.soundLife().automatic().request().after(s.answer()).approve();
    }

    private static LifeWriter preauthorized(SceneWriter s) {
        return s.soundLife().preauthorization().request().after(s.answer()).approve();
    }

    /** A hotel: the stay gets longer, and is paid in parts. */
    private static void preauthorization(SceneWriter s) {
        LifeWriter w = preauthorized(s);
        long held = w.amount();
        long increments = s.dice.between(0, 2);
        for (int i = 0; i < increments; i++) {
            long more = s.dice.part(w.amount());
            w.after(s.dice.between(300, 1_200)).increment(more);
            held += more;
        }
        long some = s.dice.part(held - 1);
        w.after(s.till()).capture(w.captureId(1), some, false).after(s.till()).settle(w.captureId(1), some);
        w.after(s.till()).capture(w.captureId(2), held - some, true);
        w.after(s.clearing()).settle(w.captureId(2), held - some);
    }
}
