package io.tillwatch.testkit;

import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.command.Action;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.FeedRecord;
import io.tillwatch.rules.fact.FeedRecord.Common;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.fact.Reversal;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.policy.Policies;
import io.tillwatch.rules.policy.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a responder and its people might answer: to commands that the detector would make of the records, some done, some
 * not needed, some failed, some never answered; and to a few that it never made.
 */
final class Answers {

    /** An answer may lead to a further command, and that one to a further answer. */
    private static final int ROUNDS = 3;

    private final Random random;
    private final Pace pace;
    private final Policies policies;

    Answers(long seed, Pace pace, Policies policies) {
        this.random = new Random(seed ^ 0x5DEECE66DL);
        this.pace = pace;
        this.policies = policies;
    }

    /** The answers, as records of the feeds. */
    List<Fact> to(List<Fact> facts, List<Suspicion> suspicions) {
        Map<String, List<Fact>> byPayment = new LinkedHashMap<>();
        List<Fact> all = new ArrayList<>(facts);
        all.addAll(suspicions);
        for (Fact fact : all) {
            byPayment.computeIfAbsent(fact.paymentId(), p -> new ArrayList<>()).add(fact);
        }
        List<Fact> answers = new ArrayList<>();
        byPayment.forEach((paymentId, known) -> {
            List<Fact> written = new ArrayList<>(0);
            if (random.nextInt(12) == 0 && known.get(0) instanceof FeedRecord record) {
                written.add(toNobody(record));
            }
            Map<String, Boolean> decided = new HashMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                List<Fact> soFar = new ArrayList<>(known);
                soFar.addAll(written);
                if (!answer(paymentId, soFar, decided, written)) {
                    break;
                }
            }
            answers.addAll(written);
        });
        return answers;
    }

    private boolean answer(String paymentId, List<Fact> known, Map<String, Boolean> decided, List<Fact> written) {
        Watch watch = new Watch(policies, 0);
        watch.readAll(ReadingOrder.inOrder(known));
        long end = known.stream().mapToLong(Fact::arrivedAtMillis).max().orElse(0) + pace.lifeMillis();
        watch.advanceTo(end);
        boolean more = false;
        for (Command command : watch.transcript(paymentId).commands()) {
            if (decided.putIfAbsent(command.commandId(), true) == null && random.nextInt(10) < 7) {
                written.add(to(command, known));
                more = true;
            }
        }
        return more;
    }

    private Fact to(Command command, List<Fact> known) {
        long within = command.automatic() ? pace.get(Setting.OUTCOME_WITHIN) : pace.get(Setting.APPROVAL_WITHIN);
        long at = command.notBeforeMillis() + (long) (random.nextDouble() * 1.3 * within);
        if (command.action().returnsMoney() && random.nextInt(5) == 0 && known.get(0) instanceof FeedRecord record) {
            return reversal(command, record, at);
        }
        Outcome.Result result = Outcome.Result.values()[Math.max(0, random.nextInt(6) - 2)];
        boolean done = result == Outcome.Result.DONE;
        long amount = done ? Math.abs(command.amount()) : 0;
        return new Outcome(
                "o-" + command.commandId(),
                command.commandId(),
                command.paymentId(),
                at - random.nextInt(1_000),
                at,
                result,
                amount,
                command.currency(),
                command.original().captureId(),
                null);
    }

    /** The responder's effect, told by the acquirer and not by its outcome. */
    private static Reversal reversal(Command command, FeedRecord record, long at) {
        Common common = new Common(
                "x-" + command.commandId(),
                command.paymentId(),
                at,
                at,
                record.acquirerId(),
                record.merchantId(),
                record.terminalId(),
                command.amount(),
                command.currency(),
                null);
        return new Reversal(
                common,
                "x-" + command.commandId(),
                command.action() == Action.REFUND ? Reversal.Kind.REFUND : Reversal.Kind.REVERSAL,
                Reversal.Status.DONE,
                command.original().captureId(),
                command.commandId(),
                command.original().cardToken(),
                null);
    }

    /** An answer to a command that was never made, or not yet. */
    private Outcome toNobody(FeedRecord record) {
        AlertType type = AlertType.values()[random.nextInt(AlertType.COMMAND_UNANSWERED.ordinal())];
        Action action = Action.values()[random.nextInt(Action.values().length)];
        String subject = switch (random.nextInt(3)) {
            case 0 -> "";
            case 1 -> ':' + record.paymentId() + "-c1";
            default -> ':' + record.paymentId() + "-e0";
        };
        String commandId = record.paymentId() + ':' + type + subject + '#' + action;
        long at = record.arrivedAtMillis() + (long) (random.nextDouble() * 2 * pace.get(Setting.CAPTURE_WITHIN));
        Outcome.Result result = Outcome.Result.values()[random.nextInt(Outcome.Result.values().length)];
        return new Outcome(
                "n-" + commandId,
                commandId,
                record.paymentId(),
                at,
                at,
                result,
                result == Outcome.Result.DONE ? record.amount() : 0,
                record.currency(),
                null,
                "of a command of before");
    }
}
