package io.tillwatch.traffic.life;

import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.traffic.truth.ScopedTruth;
import io.tillwatch.traffic.truth.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes the lives of one scene. */
final class SceneWriter {

    final Dice dice;

    private final Purchases purchases;
    private final List<Written> written = new ArrayList<>(1);
    private final List<ScopedTruth> befalls = new ArrayList<>(0);

    private record Written(LifeWriter writer, Purchase purchase, boolean faulty) {}

    SceneWriter(Dice dice, Purchases purchases) {
        this.dice = dice;
        this.purchases = purchases;
    }

    /** The life that the scene is about. */
    LifeWriter life() {
        return write(purchases.next(), true, 0);
    }

    /** The same, at a certain till. */
    LifeWriter lifeAt(Till till, long startAfterMillis) {
        return write(purchases.nextAt(till), true, startAfterMillis);
    }

    /** Another life in which nothing is wrong. */
    LifeWriter soundLife() {
        return write(purchases.next(), false, 0);
    }

    /** The life that the scene is about: the purchase of another life made once more. */
    LifeWriter lifeLike(LifeWriter other, boolean sameReferences) {
        return write(purchases.again(purchase(other), sameReferences), true, 0);
    }

    /** The same, and nothing is wrong with it. */
    LifeWriter soundLifeLike(LifeWriter other) {
        return write(purchases.again(purchase(other), false), false, 0);
    }

    void befalls(String alertId, AlertType type, boolean clears) {
        befalls.add(new ScopedTruth(alertId, type, clears));
    }

    private Purchase purchase(LifeWriter of) {
        return written.stream()
                .filter(w -> w.writer() == of)
                .findFirst()
                .orElseThrow()
                .purchase();
    }

    private LifeWriter write(Purchase purchase, boolean faulty, long startAfterMillis) {
        LifeWriter writer = new LifeWriter(purchase, purchase.paymentId() + "-e", startAfterMillis);
        written.add(new Written(writer, purchase, faulty));
        return writer;
    }

    /** How long a terminal waits for its answer. */
    long answer() {
        return dice.between(60, 400);
    }

    /** How long a till takes from the approval to the capture. */
    long till() {
        return dice.between(300, 2_000);
    }

    /** How long it takes until the money moves. */
    long clearing() {
        return dice.between(500, 3_000);
    }

    /** The scene, in which this is true of the lives that it is about. */
    Scene scene(String fault, Set<AlertType> must, Set<AlertType> may, Set<AlertType> clears) {
        List<Life> lives = new ArrayList<>(written.size());
        for (Written w : written) {
            String paymentId = w.purchase().paymentId();
            Truth truth = w.faulty()
                    ? new Truth(paymentId, fault, must, may, clears, w.writer().deadLetters())
                    : Truth.sound(paymentId);
            lives.add(w.writer().life(truth));
        }
        return new Scene(lives, befalls);
    }
}
