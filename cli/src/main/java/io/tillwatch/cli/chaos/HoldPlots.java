package io.tillwatch.cli.chaos;

import io.tillwatch.cli.chaos.Asked.End;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Command;

/** Plots about money that is held and should be released. */
final class HoldPlots {

    private HoldPlots() {}

    static void perform(Staging stage) {
        switch (stage.plot) {
            case UNANSWERED_HELD -> {
                stage.before(stage.authorized(false));
                stage.ask(unanswered(stage), End.DONE);
            }
            case UNANSWERED_AUTOMATIC -> {
                stage.before(stage.authorized(true));
                // It may be settled in the moment before the reversal: then it is refused.
                stage.ask(unanswered(stage), End.DONE, End.FAILED);
            }
            case UNANSWERED_DECLINED -> {
                stage.before(stage.declined());
                stage.ask(unanswered(stage), End.NOT_NEEDED);
            }
            case UNANSWERED_UNKNOWN -> stage.ask(unanswered(stage), End.NOT_NEEDED, End.FAILED);
            case UNANSWERED_LATE -> {
                stage.at(stage.soon(), stage.authorized(stage.random.nextBoolean()));
                stage.ask(unanswered(stage), End.DONE, End.NOT_NEEDED, End.FAILED);
            }
            case PREAUTH_HELD -> {
                stage.before(stage.authorized(false));
                stage.ask(expired(stage), End.DONE);
            }
            case PREAUTH_CAPTURED -> captured(stage);
            case PREAUTH_CAPTURE_RACES -> {
                stage.before(stage.authorized(false));
                stage.at(stage.soon(), stage.captured(stage.paymentId + "c", stage.amount, true));
                stage.ask(expired(stage), End.DONE, End.NOT_NEEDED, End.FAILED);
            }
            default -> throw new IllegalArgumentException(stage.plot + " is no plot about a hold");
        }
    }

    private static void captured(Staging stage) {
        stage.before(stage.authorized(false), stage.captured(stage.paymentId + "c", stage.amount, true));
        if (stage.bank.tier() == Bank.Tier.C) {
            // It cannot be asked, and does as it is told.
            stage.ask(expired(stage), End.DONE, End.NOT_NEEDED, End.FAILED);
        } else {
            stage.ask(expired(stage), End.NOT_NEEDED, End.FAILED);
        }
    }

    static Command unanswered(Staging stage) {
        return stage.whole("AUTHORIZATION_UNANSWERED:" + stage.paymentId + "r", Action.REVERSE, stage.amount);
    }

    static Command expired(Staging stage) {
        return stage.whole("PREAUTH_EXPIRED", Action.REVERSE, stage.amount);
    }
}
