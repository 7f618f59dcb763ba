package io.tillwatch.cli.chaos;

import io.tillwatch.cli.chaos.Asked.End;
import io.tillwatch.cli.chaos.Topics.Told;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Outcome;
import io.tillwatch.schemas.record.Reversal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** R4, R5, R6 and R8: that the journal, the acquirers' books and the topics tell the same story, and tell it once. */
final class JournalChecks {

    private static final Set<Plot> ONE_OF_TWO = Set.of(Plot.RELEASE_AND_CAPTURE, Plot.REVERSAL_AND_REFUND);

    private final Evidence evidence;
    private final List<Violation> violations = new ArrayList<>();

    JournalChecks(Evidence evidence) {
        this.evidence = evidence;
    }

    List<Violation> violations() {
        Map<String, Told<Outcome>> outcomes = outcomes();
        Map<String, Told<Reversal>> reversals = reversals();
        for (Asked asked : evidence.deeds().asked().values()) {
            Journal.Row row = evidence.rows().get(asked.commandId());
            if (row == null) {
                violation("R4", asked.commandId(), "never came to the journal");
            } else if (!row.isEnd()) {
                violation("R4", asked.commandId(), "has not ended: " + row);
            } else {
                ended(asked, row);
                told(row, outcomes.get(asked.commandId()));
                told(asked, row, reversals.get(asked.commandId()));
            }
        }
        oneAtATime();
        oneOfTwo();
        if (evidence.audit().broken() != null) {
            violation("AUDIT", "", evidence.audit().broken());
        }
        return violations;
    }

    /** R8: the journal and the acquirer's books; R6. */
    private void ended(Asked asked, Journal.Row row) {
        End end = End.valueOf(row.state());
        if (!asked.ends().contains(end)) {
            violation(
                    "END",
                    asked.commandId(),
                    end + " where " + asked.plot() + " at " + asked.bank() + " allows " + asked.ends() + ": "
                            + row.detail());
        }
        List<Effect> effects = evidence.effects(asked.commandId());
        switch (end) {
            case DONE -> {
                boolean same = effects.size() == 1
                        && row.doneAmount() != null
                        && row.doneAmount() == effects.get(0).amount();
                if (!same) {
                    violation(
                            "R8", asked.commandId(), "DONE with " + row.doneAmount() + ", and the effects " + effects);
                }
            }
            case NOT_NEEDED, FAILED -> {
                if (!effects.isEmpty()) {
                    violation("R8", asked.commandId(), end + " (" + row.detail() + "), and the effects " + effects);
                }
            }
            case ESCALATED -> {
                // A person finds out; how many there are is among the figures.
            }
        }
        if (asked.plot() == Plot.OTHER_CONTENT && !evidence.audit().rejected().contains(asked.commandId())) {
            violation("R6", asked.commandId(), "came with other content, and the audit does not say so");
        }
    }

    /** R4, R8: the outcome of an end. */
    private void told(Journal.Row row, Told<Outcome> told) {
        if (told == null) {
            violation("R4", row.commandId(), "ended " + row.state() + ", and no outcome says so");
            return;
        }
        Outcome outcome = told.record();
        long amount = row.state().equals("DONE") ? Math.absExact(row.doneAmount()) : 0;
        if (!outcome.getResult().name().equals(row.state()) || outcome.getAmount() != amount) {
            violation(
                    "R8",
                    row.commandId(),
                    "ended " + row.state() + " with " + amount + ", and the outcome says " + outcome.getResult()
                            + " with " + outcome.getAmount());
        }
    }

    /** R8: a reversal record for each reversal and refund that was done, and no other. */
    private void told(Asked asked, Journal.Row row, Told<Reversal> told) {
        boolean returned =
                asked.command().getAction() == Action.REVERSE || asked.command().getAction() == Action.REFUND;
        boolean due = returned && row.state().equals("DONE");
        if (due != (told != null)) {
            violation("R8", row.commandId(), due ? "no reversal record" : "a reversal record, and it is not done");
        } else if (due && told.record().getAmount() != row.doneAmount()) {
            violation(
                    "R8",
                    row.commandId(),
                    "the reversal record says " + told.record().getAmount());
        }
    }

    /** R4: one content for each command; the same record may come again. */
    private Map<String, Told<Outcome>> outcomes() {
        Map<String, Told<Outcome>> byCommand = new HashMap<>();
        for (Told<Outcome> told : evidence.outcomes()) {
            String commandId = told.record().getCommandId();
            Told<Outcome> known = byCommand.putIfAbsent(commandId, told);
            if (known != null && !known.equals(told)) {
                violation("R4", commandId, "two outcomes: " + known.record() + " and " + told.record());
            }
            if (!evidence.deeds().asked().containsKey(commandId)) {
                violation("R4", commandId, "an outcome that nobody asked for");
            }
        }
        return byCommand;
    }

    private Map<String, Told<Reversal>> reversals() {
        Map<String, Told<Reversal>> byCommand = new HashMap<>();
        for (Told<Reversal> told : evidence.reversals()) {
            Told<Reversal> known = byCommand.putIfAbsent(told.record().getCommandId(), told);
            if (known != null && !known.equals(told)) {
                violation("R8", told.record().getCommandId(), "two reversal records");
            }
        }
        return byCommand;
    }

    /** R5: from the first intent to the end, commands of one payment do not overlap. */
    private void oneAtATime() {
        Map<String, List<Span>> byPayment = new HashMap<>();
        for (Journal.Row row : evidence.rows().values()) {
            List<Journal.Attempt> sends = evidence.sends(row.commandId());
            if (!sends.isEmpty()) {
                Span span = new Span(row.commandId(), sends.get(0).intentAt(), row.stateSince());
                byPayment
                        .computeIfAbsent(row.paymentId(), id -> new ArrayList<>())
                        .add(span);
            }
        }
        for (List<Span> spans : byPayment.values()) {
            spans.sort(Comparator.comparing(Span::from));
            for (int i = 1; i < spans.size(); i++) {
                if (spans.get(i).from().isBefore(spans.get(i - 1).to())) {
                    violation("R5", spans.get(i).commandId(), "overlaps with " + spans.get(i - 1));
                }
            }
        }
    }

    private record Span(String commandId, Instant from, Instant to) {}

    /** Where one command makes the other wrong, not both are done. */
    private void oneOfTwo() {
        Set<String> done = new HashSet<>();
        for (Asked asked : evidence.deeds().asked().values()) {
            boolean effect = !evidence.effects(asked.commandId()).isEmpty();
            if (ONE_OF_TWO.contains(asked.plot()) && effect && !done.add(asked.paymentId())) {
                violation("R3", asked.commandId(), "done, and so is the other command of " + asked.plot());
            }
        }
    }

    private void violation(String promise, String commandId, String what) {
        violations.add(new Violation(promise, commandId, what));
    }
}
