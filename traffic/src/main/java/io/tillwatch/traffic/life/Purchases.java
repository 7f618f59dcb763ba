package io.tillwatch.traffic.life;

/** Makes purchases, no two alike: each with a card, a trace number and a reference of its own. */
final class Purchases {

    private static final int STANS = 999_999;

    private final Dice dice;
    private final Market market;
    private final String run;
    private int number;

    /** @param run distinguishes the payments of this run from those of others in the same topics */
    Purchases(Dice dice, Market market, String run) {
        this.dice = dice;
        this.market = market;
        this.run = run;
    }

    Purchase next() {
        return nextAt(market.till(dice));
    }

    Purchase nextAt(Till till) {
        int n = number++;
        return new Purchase(
                paymentId(n),
                till,
                "tok_" + run + "_" + n,
                Amounts.of(till.currency(), dice),
                stan(n),
                rrn(n),
                String.format("A%05d", dice.between(0, 99_999)));
    }

    /** The same purchase once more, as another payment: with the same references or with others. */
    Purchase again(Purchase purchase, boolean sameReferences) {
        int n = number++;
        return purchase.repeated(
                paymentId(n), sameReferences ? purchase.stan() : stan(n), sameReferences ? purchase.rrn() : rrn(n));
    }

    private String paymentId(int n) {
        return String.format("%s-%06d", run, n);
    }

    private static String stan(int n) {
        return String.format("%06d", 1 + n % STANS);
    }

    private static String rrn(int n) {
        return String.format("%012d", 1L + n);
    }
}
