package io.tillwatch.traffic.life;

import java.util.ArrayList;
import java.util.List;

/**
 * The acquirers, merchants and terminals of the traffic. Four acquirers carry it; four more are there for what befalls an
 * acquirer as a whole.
 */
public final class Market {

    /** Whose answers stop for a while. */
    public static final String RESPONSES_FALL_SILENT = "400301";

    /** Whose captures stop for a while. */
    public static final String CAPTURES_FALL_SILENT = "400302";

    /** Whose settlements stop for a while. */
    public static final String SETTLEMENTS_FALL_SILENT = "400303";

    /** Who is sent few automatic commands, whatever happens. */
    public static final String SMALL_BUDGET = "400304";

    /** A merchant of whose commands nobody takes care. */
    public static final Till FORGOTTEN = new Till("400101", "M-FORGOTTEN", "T-FORGOT", "EUR");

    private static final List<String> CURRENCIES = List.of("EUR", "CNY", "JPY", "KWD", "EUR", "GBP", "JPY", "EUR");
    private static final int MERCHANTS = 40;
    private static final int TERMINALS = 3;

    private static final List<Acquirer> ACQUIRERS = List.of(
            new Acquirer("400101", "Northgate", Protocol.ISO8583, Tier.A),
            new Acquirer("400102", "Harbour", Protocol.HTTP, Tier.A),
            new Acquirer("400103", "Meridian", Protocol.HTTP, Tier.B),
            new Acquirer("400104", "Oldtown", Protocol.ISO8583, Tier.C),
            new Acquirer(RESPONSES_FALL_SILENT, "Quietwater", Protocol.HTTP, Tier.A),
            new Acquirer(CAPTURES_FALL_SILENT, "Stillwater", Protocol.HTTP, Tier.A),
            new Acquirer(SETTLEMENTS_FALL_SILENT, "Deepwater", Protocol.HTTP, Tier.A),
            new Acquirer(SMALL_BUDGET, "Thrift", Protocol.HTTP, Tier.A));

    private final List<Till> tills = new ArrayList<>();

    /** How an acquirer is spoken to. */
    public enum Protocol {
        ISO8583,
        HTTP
    }

    /** What an acquirer promises, as docs/acquirer-protocol.md says. */
    public enum Tier {
        A,
        B,
        C
    }

    /** One acquirer. */
    public record Acquirer(String acquirerId, String name, Protocol protocol, Tier tier) {}

    public Market() {
        for (int merchant = 0; merchant < MERCHANTS; merchant++) {
            // Two thirds of the merchants are with the first two.
            int acquirer = List.of(0, 1, 0, 1, 2, 3).get(merchant % 6);
            for (int terminal = 1; terminal <= TERMINALS; terminal++) {
                tills.add(new Till(
                        ACQUIRERS.get(acquirer).acquirerId(),
                        String.format("M%04d", merchant + 1),
                        String.format("T%04d-%d", merchant + 1, terminal),
                        CURRENCIES.get(merchant % CURRENCIES.size())));
            }
        }
    }

    /** All acquirers that a run can meet. */
    public static List<Acquirer> acquirers() {
        return ACQUIRERS;
    }

    /** What an acquirer of the market promises. */
    public static Tier tierOf(String acquirerId) {
        return ACQUIRERS.stream()
                .filter(acquirer -> acquirer.acquirerId().equals(acquirerId))
                .findFirst()
                .orElseThrow()
                .tier();
    }

    Till till(Dice dice) {
        return tills.get((int) dice.between(0, tills.size() - 1L));
    }

    /** A till of an acquirer that is not ordinary. */
    static Till tillOf(String acquirerId) {
        return new Till(acquirerId, "M" + acquirerId, "T" + acquirerId, "EUR");
    }
}
