package io.tillwatch.cli.chaos;

import io.tillwatch.cli.chaos.Asked.End;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Command;

/** Plots about money that was debited or settled, and should not have been, or not so. */
final class MoneyPlots {

    private MoneyPlots() {}

    static void perform(Staging stage) {
        switch (stage.plot) {
            case SETTLED_TOO_LITTLE -> {
                long missing = 1L + stage.random.nextInt((int) stage.amount - 1);
                stage.before(stage.authorized(true), stage.settled(stage.paymentId, stage.amount - missing));
                stage.ask(stage.about(stage.paymentId, "SETTLEMENT_AMOUNT_MISMATCH", Action.ADJUST, missing), End.DONE);
            }
            case SETTLED_TWICE -> {
                stage.before(
                        stage.authorized(true),
                        stage.settled(stage.paymentId, stage.amount),
                        stage.settled(stage.paymentId, stage.amount));
                stage.ask(stage.about(stage.paymentId, "DUPLICATE_SETTLEMENT", Action.ADJUST, -stage.amount), End.DONE);
            }
            case CAPTURED_TWICE, CAPTURED_TWICE_SETTLED, CAPTURED_TWICE_SETTLEMENT_RACES -> capturedTwice(stage);
            case THREE_CAPTURES -> threeCaptures(stage);
            case DUPLICATE -> {
                stage.before(stage.authorized(true), stage.counterpart());
                stage.ask(stage.duplicate(Action.REVERSE, stage.amount), End.DONE, End.FAILED);
            }
            case DUPLICATE_COUNTERPART_GONE -> {
                stage.before(stage.authorized(true), stage.counterpart(), stage.counterpartReversed());
                Command command = stage.duplicate(Action.REVERSE, stage.amount);
                stage.ask(command, End.NOT_NEEDED);
            }
            case DUPLICATE_SETTLED -> {
                stage.before(stage.authorized(true), stage.counterpart(), stage.settled(stage.paymentId, stage.amount));
                stage.ask(stage.duplicate(Action.REFUND, stage.amount), End.DONE);
            }
            case REVERSAL_AND_REFUND -> {
                stage.before(stage.authorized(true), stage.counterpart());
                stage.ask(HoldPlots.unanswered(stage), End.DONE, End.NOT_NEEDED, End.FAILED);
                Command refund = stage.duplicate(Action.REFUND, stage.amount);
                stage.write(stage.soon(), refund);
                stage.expect(refund, End.DONE, End.NOT_NEEDED, End.FAILED);
            }
            case REFUNDED_ELSEWHERE -> {
                stage.before(stage.authorized(true), stage.counterpart(), stage.settled(stage.paymentId, stage.amount));
                stage.at(stage.soon(), stage.refunded(stage.paymentId));
                stage.ask(stage.duplicate(Action.REFUND, stage.amount), End.DONE, End.NOT_NEEDED, End.FAILED);
            }
            default -> throw new IllegalArgumentException(stage.plot + " is no plot about money");
        }
    }

    private static void capturedTwice(Staging stage) {
        String first = stage.paymentId + "c1";
        String second = stage.paymentId + "c2";
        stage.before(
                stage.authorized(false),
                stage.captured(first, stage.amount, false),
                stage.captured(second, stage.amount, true));
        Command command = stage.about(second, "DUPLICATE_CAPTURE", Action.REVERSE, stage.amount);
        switch (stage.plot) {
            case CAPTURED_TWICE_SETTLED -> {
                stage.before(stage.settled(second, stage.amount));
                if (stage.bank.tier() == Bank.Tier.C) {
                    stage.ask(command, End.DONE, End.FAILED);
                } else {
                    stage.ask(command, End.FAILED);
                }
            }
            case CAPTURED_TWICE_SETTLEMENT_RACES -> {
                stage.at(stage.soon(), stage.settled(second, stage.amount));
                stage.ask(command, End.DONE, End.FAILED);
            }
            default -> stage.ask(command, End.DONE, End.FAILED);
        }
    }

    private static void threeCaptures(Staging stage) {
        stage.before(stage.authorized(false));
        for (int i = 1; i <= 3; i++) {
            String capture = stage.paymentId + "c" + i;
            stage.before(stage.captured(capture, stage.amount, i == 3));
            Command command = stage.about(capture, "DUPLICATE_CAPTURE", Action.REVERSE, stage.amount);
            stage.write(stage.soon(), command);
            stage.expect(command, End.DONE, End.FAILED);
        }
    }
}
