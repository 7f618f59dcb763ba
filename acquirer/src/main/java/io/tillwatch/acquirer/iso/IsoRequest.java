package io.tillwatch.acquirer.iso;

import com.solab.iso8583.IsoMessage;
import io.tillwatch.acquirer.ledger.Action;
import io.tillwatch.acquirer.ledger.AttemptName;
import java.util.Map;
import java.util.Optional;

/**
 * A request, its fields by name. Those that are optional may be null.
 *
 * @param own what DE 48 says
 */
record IsoRequest(IsoMessage message, Map<String, String> own) {

    private static final String ZEROS = "0";
    private static final int STAN_FROM = 4;
    private static final int STAN_TO = 10;

    /** Empty if DE 48 cannot be read. */
    static Optional<IsoRequest> of(IsoMessage message) {
        return PrivateData.read(IsoFormat.get(message, 48)).map(own -> new IsoRequest(message, own));
    }

    String field(int number) {
        return IsoFormat.get(message, number);
    }

    /** Of 0400 and 0401 the former, and so on. */
    int request() {
        return message.getType() & 0xFFF0;
    }

    int answer() {
        return request() + 0x10;
    }

    /** What it asks for; empty if the message asks for nothing, or for something unknown. */
    Optional<Action> action() {
        String processing = field(3);
        return switch (request()) {
            case 0x0400, 0x0420 -> Optional.of(Action.REVERSE);
            case 0x0320 -> Optional.of(Action.RETRY_SETTLEMENT);
            case 0x0220 ->
                switch (String.valueOf(processing)) {
                    case "000000" -> Optional.of(Action.RETRY_CAPTURE);
                    case "200000" -> Optional.of(Action.REFUND);
                    case "220000", "020000" -> Optional.of(Action.ADJUST);
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    /** Whether an adjustment takes from the merchant. */
    boolean debitsMerchant() {
        return "020000".equals(field(3));
    }

    String captureId() {
        return own.get("c");
    }

    /** The idempotency key; without one what the message calls itself, which its repeats do too. */
    String key() {
        String key = own.get("k");
        return key != null ? key : String.join("-", "iso", field(7), field(11), field(90));
    }

    AttemptName attempt() {
        String stan = own.get("s");
        String rrn = own.get("r");
        return new AttemptName(stan != null ? stan : originalStan(), rrn != null ? rrn : field(37));
    }

    private String originalStan() {
        String original = field(90);
        String stan = original == null ? null : original.substring(STAN_FROM, STAN_TO);
        return stan == null || stan.replace(ZEROS, "").isEmpty() ? null : stan;
    }
}
