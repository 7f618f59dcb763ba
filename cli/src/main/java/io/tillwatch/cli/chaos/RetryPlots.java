package io.tillwatch.cli.chaos;

import io.tillwatch.cli.chaos.Asked.End;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Command;

/** Plots about captures and settlements that are asked for once more. */
final class RetryPlots {

    private RetryPlots() {}

    static void perform(Staging stage) {
        String capture = stage.paymentId + "c";
        switch (stage.plot) {
            case CAPTURE_OVERDUE -> {
                stage.before(stage.authorized(false));
                ask(stage, stage.whole("CAPTURE_OVERDUE", Action.RETRY_CAPTURE, stage.amount), End.DONE);
            }
            case CAPTURE_OVERDUE_CAPTURED -> {
                stage.before(stage.authorized(false), stage.captured(capture, stage.amount, true));
                ask(stage, stage.whole("CAPTURE_OVERDUE", Action.RETRY_CAPTURE, stage.amount), End.NOT_NEEDED);
            }
            case CAPTURE_FAILED -> {
                stage.before(stage.authorized(false));
                ask(stage, stage.about(capture, "CAPTURE_FAILED", Action.RETRY_CAPTURE, stage.amount), End.DONE);
            }
            case SETTLEMENT_OVERDUE -> {
                stage.before(stage.authorized(true));
                ask(stage, overdue(stage), End.DONE, End.NOT_NEEDED, End.FAILED);
            }
            case SETTLEMENT_OVERDUE_SETTLED -> {
                stage.before(stage.authorized(true), stage.settled(stage.paymentId, stage.amount));
                ask(stage, overdue(stage), End.NOT_NEEDED, End.FAILED);
            }
            case SETTLEMENT_REJECTED -> {
                stage.before(stage.authorized(true), stage.rejected(stage.paymentId));
                Command command =
                        stage.about(stage.paymentId, "SETTLEMENT_FAILED", Action.RETRY_SETTLEMENT, stage.amount);
                ask(stage, command, End.DONE, End.NOT_NEEDED, End.FAILED);
            }
            case SETTLEMENT_RACES -> {
                stage.before(stage.authorized(true));
                stage.at(stage.soon(), stage.settled(stage.paymentId, stage.amount));
                ask(stage, overdue(stage), End.DONE, End.NOT_NEEDED, End.FAILED);
            }
            case RELEASE_AND_CAPTURE -> {
                stage.before(stage.authorized(false));
                stage.ask(HoldPlots.expired(stage), End.DONE, End.NOT_NEEDED, End.FAILED);
                ask(
                        stage,
                        stage.whole("CAPTURE_OVERDUE", Action.RETRY_CAPTURE, stage.amount),
                        End.DONE,
                        End.NOT_NEEDED,
                        End.FAILED);
            }
            default -> throw new IllegalArgumentException(stage.plot + " is no plot about a retry");
        }
    }

    private static Command overdue(Staging stage) {
        return stage.about(stage.paymentId, "SETTLEMENT_OVERDUE", Action.RETRY_SETTLEMENT, stage.amount);
    }

    /** Where presentments are not deduplicated, a retry waits for a person: none comes. */
    private static void ask(Staging stage, Command command, End... ends) {
        Command asked = stage.retry(command);
        stage.write(1, asked);
        if (stage.bank.takesPresentments()) {
            stage.expect(asked, ends);
        } else {
            stage.expectUnsent(asked);
        }
    }
}
