package io.tillwatch.acquirer.fault;

import io.tillwatch.acquirer.ledger.DeclineCode;
import java.util.ArrayList;
import java.util.List;

/**
 * How often each fault strikes a request of an acquirer: a share from 0 to 1, together at most 1.
 *
 * @param delayMillis how late is late
 * @param declineCode what DECLINE declines with; null is TRY_LATER. Any but that one is an acquirer that lies
 */
public record FaultRates(
        double dropRequest,
        double dropAnswer,
        double delay,
        long delayMillis,
        double duplicate,
        double halfAnswer,
        double garbage,
        double serverError,
        double wrongAnswer,
        double decline,
        DeclineCode declineCode,
        double lateSettlement,
        double kill) {

    private static final long DELAY_MILLIS_MAX = 600_000;

    /** Nothing goes wrong. */
    public static FaultRates none() {
        return new FaultRates(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, 0, 0);
    }

    public FaultRates {
        declineCode = declineCode == null ? DeclineCode.TRY_LATER : declineCode;
    }

    double rate(Fault fault) {
        return switch (fault) {
            case NONE -> 0;
            case DROP_REQUEST -> dropRequest;
            case DROP_ANSWER -> dropAnswer;
            case DELAY -> delay;
            case DUPLICATE -> duplicate;
            case HALF_ANSWER -> halfAnswer;
            case GARBAGE -> garbage;
            case SERVER_ERROR -> serverError;
            case WRONG_ANSWER -> wrongAnswer;
            case DECLINE -> decline;
            case LATE_SETTLEMENT -> lateSettlement;
            case KILL -> kill;
        };
    }

    /** All that is wrong with the rates, each with its remedy. */
    List<String> problems(String acquirerId) {
        List<String> problems = new ArrayList<>();
        double sum = 0;
        for (Fault fault : Fault.values()) {
            double rate = rate(fault);
            if (!(rate >= 0 && rate <= 1)) {
                problems.add(acquirerId + ": " + fault + " is " + rate + "; give a share from 0 to 1");
            }
            sum += rate;
        }
        if (sum > 1 + 1e-9) {
            problems.add(acquirerId + ": the shares add up to " + sum + "; at most one fault strikes a request, so give"
                    + " shares that add up to 1 at most");
        }
        if (delayMillis < 0 || delayMillis > DELAY_MILLIS_MAX) {
            problems.add(acquirerId + ": delayMillis is " + delayMillis + "; give 0 to " + DELAY_MILLIS_MAX + " ms");
        }
        return problems;
    }
}
