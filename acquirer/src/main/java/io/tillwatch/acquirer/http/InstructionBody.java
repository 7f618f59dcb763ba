package io.tillwatch.acquirer.http;

import io.tillwatch.acquirer.ledger.Action;
import io.tillwatch.acquirer.ledger.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** An instruction as it comes; what the simulator has no use for is left out. */
record InstructionBody(
        Action action,
        String paymentId,
        String captureId,
        long amount,
        String currency,
        String stan,
        String rrn,
        int attempt) {

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    /** All that is wrong with it. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (action == null) {
            problems.add("action is missing");
        }
        if (paymentId == null || paymentId.isEmpty()) {
            problems.add("paymentId is missing");
        }
        if (currency == null || !CURRENCY.matcher(currency).matches()) {
            problems.add("currency is not three capital letters");
        }
        if (action == Action.ADJUST ? amount == 0 : amount <= 0) {
            problems.add("amount is missing, zero or negative");
        }
        return problems;
    }

    Instruction instruction(String acquirerId, String key) {
        return new Instruction(acquirerId, key, action, paymentId, captureId, amount, currency, stan, rrn);
    }
}
