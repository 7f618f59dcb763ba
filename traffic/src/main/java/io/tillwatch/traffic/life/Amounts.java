package io.tillwatch.traffic.life;

/** What purchases cost: many small ones, few large ones, log-normally about a median in each currency. */
final class Amounts {

    private static final long LEAST = 100;
    private static final long MOST = 50_000_000;
    private static final double SPREAD = 1.1;

    private Amounts() {}

    /** Minor units of the currency, at least {@value #LEAST}: small enough parts of it are left for what follows. */
    static long of(String currency, Dice dice) {
        double factor = Math.exp(SPREAD * dice.gaussian());
        return Math.max(LEAST, Math.min(MOST, Math.round(median(currency) * factor)));
    }

    private static long median(String currency) {
        return switch (currency) {
            case "JPY" -> 2_800; // no digits
            case "KWD" -> 6_250; // three digits
            case "CNY" -> 12_800;
            default -> 2_450;
        };
    }
}
