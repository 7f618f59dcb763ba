package io.tillwatch.traffic.life;

import static io.tillwatch.schemas.record.AlertType.AUTHORIZATION_UNANSWERED;
import static io.tillwatch.schemas.record.AlertType.BUDGET_EXCEEDED;
import static io.tillwatch.schemas.record.AlertType.CAPTURE_OVERDUE;
import static io.tillwatch.schemas.record.AlertType.COMMAND_UNANSWERED;
import static io.tillwatch.schemas.record.AlertType.FEED_SILENT;
import static io.tillwatch.schemas.record.AlertType.REMEDY_FAILED;
import static io.tillwatch.schemas.record.AlertType.SETTLEMENT_OVERDUE;

import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.traffic.Windows;
import java.util.Set;

/**
 * What befalls an acquirer as a whole. A feed that fell silent comes back and tells late what it had not told: all that was
 * raised for its absence is cleared. Nothing of it depends on whether a remedy was sent meanwhile.
 */
public enum Episode {
    /** The answers stop; the issuer was out of reach, and all of them turn out to be declines. */
    RESPONSES_SILENT(Set.of(AUTHORIZATION_UNANSWERED), true) {
        @Override
        void write(SceneWriter s) {
            silence(
                    s,
                    "responses",
                    Market.RESPONSES_FALL_SILENT,
                    w -> w.request().after(s.answer()).decline("91").late(Windows.ANSWER_MILLIS + BACK_AFTER));
        }
    },
    CAPTURES_SILENT(Set.of(CAPTURE_OVERDUE), true) {
        @Override
        void write(SceneWriter s) {
            silence(s, "captures", Market.CAPTURES_FALL_SILENT, w -> {
                w.request().after(s.answer()).approve().after(s.answer());
                w.capture(w.captureId(1)).late(Windows.CAPTURE_MILLIS + BACK_AFTER);
                w.after(Windows.CAPTURE_MILLIS + BACK_AFTER + s.till()).settle(w.captureId(1));
            });
        }
    },
    SETTLEMENTS_SILENT(Set.of(SETTLEMENT_OVERDUE), true) {
        @Override
        void write(SceneWriter s) {
            silence(s, "settlements", Market.SETTLEMENTS_FALL_SILENT, w -> {
                w.automatic().request().after(s.answer()).approve();
                w.after(s.answer()).settle(w.whole()).late(Windows.SETTLE_MILLIS + BACK_AFTER);
            });
        }
    },
    /** More answers get lost at once than the acquirer's budget allows to reverse. */
    BUDGET_SPENT(Set.of(AUTHORIZATION_UNANSWERED), false) {
        @Override
        void write(SceneWriter s) {
            s.befalls("BUDGET_EXCEEDED:" + Market.SMALL_BUDGET, BUDGET_EXCEEDED, false);
            for (int i = 0; i < 3 * Windows.SMALL_BUDGET; i++) {
                s.lifeAt(Market.tillOf(Market.SMALL_BUDGET), i * GAP)
                        .request()
                        .after(s.answer())
                        .approve()
                        .lost();
            }
        }
    };

    /** So many payments, one each {@link #GAP}, are twice what makes a silence, and no more than twice its time. */
    private static final int PAYMENTS = 20;

    private static final long GAP = 300;

    /** The feed comes back when all of them have been missed. */
    private static final long BACK_AFTER = PAYMENTS * GAP;

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable
    private final Set<AlertType> must;

    private final boolean clears;

    Episode(Set<AlertType> must, boolean clears) {
        this.must = must;
        this.clears = clears;
    }

    abstract void write(SceneWriter scene);

    Scene scene(SceneWriter scene) {
        write(scene);
        return scene.scene(name(), must, Set.of(COMMAND_UNANSWERED, REMEDY_FAILED), clears ? must : Set.of());
    }

    private static void silence(
            SceneWriter s, String feed, String acquirerId, java.util.function.Consumer<LifeWriter> life) {
        s.befalls("FEED_SILENT:" + feed + ":" + acquirerId, FEED_SILENT, true);
        for (int i = 0; i < PAYMENTS; i++) {
            life.accept(s.lifeAt(Market.tillOf(acquirerId), i * GAP));
        }
    }
}
