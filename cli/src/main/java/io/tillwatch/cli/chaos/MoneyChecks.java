package io.tillwatch.cli.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.cli.chaos.Bank.Tier;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Approval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** R1, R2, R3 and R7: what was done at the acquirers, by their books, and whether it could be done. */
final class MoneyChecks {

    /** Two intents a budget's window apart may be told as a little less. */
    private static final Duration BUDGET_WINDOW = Duration.ofMinutes(1).minusSeconds(1);

    private final Evidence evidence;
    private final List<Violation> violations = new ArrayList<>();

    MoneyChecks(Evidence evidence) {
        this.evidence = evidence;
    }

    List<Violation> violations() {
        evidence.effects("").forEach(effect -> violation("R1", effect.key(), "an effect that nobody asked for"));
        for (Asked asked : evidence.deeds().asked().values()) {
            once(asked);
            intended(asked);
            switches(asked);
            approved(asked);
            asAsked(asked);
            if (asked.bank().tier() != Tier.C && asked.command().getAction() == Action.REVERSE) {
                nothingSettledReversed(asked);
                nothingCapturedReversed(asked);
            }
        }
        budget();
        return violations;
    }

    /** R1. */
    private void once(Asked asked) {
        int effects = evidence.effects(asked.commandId()).size();
        if (effects > 1) {
            violation("R1", asked.commandId(), effects + " effects at " + asked.bank());
        }
    }

    /** R2: before each effect there is an intent. */
    private void intended(Asked asked) {
        List<Journal.Attempt> sends = evidence.sends(asked.commandId());
        for (Effect effect : evidence.effects(asked.commandId())) {
            if (sends.stream().noneMatch(send -> send.intentAt().toEpochMilli() <= effect.at())) {
                violation("R2", asked.commandId(), "an effect at " + effect.at() + " without an intent before it");
            }
        }
    }

    /** R2: nothing is sent past a closed switch. */
    private void switches(Asked asked) {
        Instant opened = evidence.deeds().opened();
        if (asked.bank() == Bank.SHUT && opened != null) {
            evidence.sends(asked.commandId()).stream()
                    .filter(send -> send.intentAt().isBefore(opened))
                    .forEach(send -> violation(
                            "R2", asked.commandId(), "an intent at " + send.intentAt() + ", the switch being closed"));
        }
    }

    /** R2: no more first intents of an acquirer within a minute than its budget allows. */
    private void budget() {
        Instant opened = evidence.deeds().opened();
        List<Instant> intents = evidence.deeds().asked().values().stream()
                .filter(asked -> asked.bank() == Bank.THRIFTY)
                .flatMap(asked -> evidence.sends(asked.commandId()).stream().limit(1))
                .map(Journal.Attempt::intentAt)
                .filter(at -> opened == null || at.isBefore(opened))
                .sorted()
                .toList();
        for (int i = ChaosSettings.BUDGET; i < intents.size(); i++) {
            Instant from = intents.get(i - ChaosSettings.BUDGET);
            if (Duration.between(from, intents.get(i)).compareTo(BUDGET_WINDOW) < 0) {
                violation(
                        "R2",
                        Bank.THRIFTY.acquirerId(),
                        "more than " + ChaosSettings.BUDGET + " commands within the minute from " + from);
                return;
            }
        }
    }

    /** R7. */
    private void approved(Asked asked) {
        if (!asked.maySend()) {
            evidence.sends(asked.commandId()).stream()
                    .limit(1)
                    .forEach(send -> violation("R7", asked.commandId(), "sent, which " + asked.plot() + " forbids"));
        } else if (asked.command().getApproval() == Approval.REQUIRED) {
            Instant approved = evidence.approvals().get(asked.commandId());
            evidence.sends(asked.commandId()).stream()
                    .limit(1)
                    .filter(send -> approved == null || send.intentAt().isBefore(approved))
                    .forEach(send -> violation("R7", asked.commandId(), "sent before a person approved it"));
        }
    }

    /** The effect is what was asked for, and where nothing can be right there is none. */
    private void asAsked(Asked asked) {
        for (Effect effect : evidence.effects(asked.commandId())) {
            boolean same = effect.amount() == asked.command().getAmount()
                    && effect.action().equals(asked.command().getAction().name())
                    && effect.paymentId().equals(asked.paymentId());
            if (!same) {
                violation("R6", asked.commandId(), "the effect is not what was asked for first: " + effect);
            }
            if (!asked.mayHaveEffect()) {
                violation("R3", asked.commandId(), "an effect, where " + asked.plot() + " allows none");
            }
        }
    }

    /** R3: a capture that was settled before is not reversed. */
    private void nothingSettledReversed(Asked asked) {
        String captureId = asked.command().getOriginal().getCaptureId();
        Optional<Instant> settled = evidence.deeds().known(asked.paymentId(), BankEvent.Type.SETTLED, captureId);
        for (Effect effect : evidence.effects(asked.commandId())) {
            if (settled.isPresent() && settled.get().toEpochMilli() < effect.at() && reversed(asked, captureId) > 0) {
                violation("R3", asked.commandId(), "reversed what was settled " + settled.get());
            }
        }
    }

    /** R3: a command about a hold does not undo a capture that the acquirer knew when it was first asked. */
    private void nothingCapturedReversed(Asked asked) {
        List<Journal.Attempt> attempts = evidence.attempts().getOrDefault(asked.commandId(), List.of());
        Optional<Instant> captured = evidence.deeds().known(asked.paymentId(), BankEvent.Type.CAPTURED, null);
        Optional<Instant> lookedAt = attempts.stream()
                .filter(attempt -> !attempt.send())
                .filter(attempt -> firstSend(attempts)
                        .filter(send -> attempt.number() < send.number())
                        .isPresent())
                .map(Journal.Attempt::intentAt)
                .reduce((first, last) -> last);
        boolean about = asked.command().getOriginal().getCaptureId() != null;
        if (!about
                && captured.isPresent()
                && lookedAt.isPresent()
                && captured.get().isBefore(lookedAt.get())
                && !evidence.effects(asked.commandId()).isEmpty()
                && reversed(asked, null) > 0) {
            violation("R3", asked.commandId(), "undid a capture that the acquirer knew before it was asked");
        }
    }

    private static Optional<Journal.Attempt> firstSend(List<Journal.Attempt> attempts) {
        return attempts.stream().filter(Journal.Attempt::send).findFirst();
    }

    private long reversed(Asked asked, String captureId) {
        JsonNode books = evidence.books().get(asked.paymentId());
        long reversed = 0;
        if (books != null) {
            for (JsonNode capture : books.path("captures")) {
                if (captureId == null
                        || Objects.equals(captureId, capture.path("captureId").asText())) {
                    reversed = Math.addExact(reversed, capture.path("reversed").asLong());
                }
            }
        }
        return reversed;
    }

    private void violation(String promise, String commandId, String what) {
        violations.add(new Violation(promise, commandId, what));
    }
}
