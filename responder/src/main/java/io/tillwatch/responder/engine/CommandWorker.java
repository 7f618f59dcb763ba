package io.tillwatch.responder.engine;

import io.tillwatch.responder.acquirer.Inquiry;
import io.tillwatch.responder.acquirer.InquiryAnswer;
import io.tillwatch.responder.acquirer.Instruction;
import io.tillwatch.responder.acquirer.SendAnswer;
import io.tillwatch.responder.acquirer.Target;
import io.tillwatch.responder.decision.AtCutOff;
import io.tillwatch.responder.decision.Decision;
import io.tillwatch.responder.decision.Declines;
import io.tillwatch.responder.decision.Question;
import io.tillwatch.responder.decision.Repeats;
import io.tillwatch.responder.decision.Sent;
import io.tillwatch.responder.decision.Verdict;
import io.tillwatch.responder.journal.Claim;
import io.tillwatch.responder.journal.CommandJournal;
import io.tillwatch.responder.journal.End;
import io.tillwatch.responder.journal.Intent;
import io.tillwatch.responder.journal.Turn;
import io.tillwatch.responder.profile.Profile;
import io.tillwatch.schemas.record.Command;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * Takes a command through one turn: claim, inquire, decide, commit the intent, send, write down the answer. Whatever is not
 * certain ends as UNKNOWN and is asked about in a later turn; a crash between any two steps leaves the journal in a state
 * from which the next turn goes on.
 *
 * <p>For any number of threads. Failures of the database pass through; the lease runs out, and the command is taken again.
 */
public final class CommandWorker {

    private final CommandJournal journal;
    private final Acquirers acquirers;
    private final Duration lease;
    private final Backoff backoff;
    private final Failpoints failpoints;
    private final WorkerEvents events;

    public CommandWorker(
            CommandJournal journal,
            Acquirers acquirers,
            Duration lease,
            RandomGenerator random,
            Failpoints failpoints,
            WorkerEvents events) {
        this.journal = journal;
        this.acquirers = acquirers;
        this.lease = lease;
        this.backoff = new Backoff(random);
        this.failpoints = failpoints;
        this.events = events;
    }

    /**
     * One turn of a command.
     *
     * @return when to come back, if the acquirer's gate let nobody in and the journal was not touched; else the journal has
     *     written the schedule
     */
    public Optional<Duration> turn(String commandId, String acquirerId) {
        Optional<Connection> connection = acquirers.of(acquirerId);
        if (connection.isEmpty()) {
            withoutProfile(commandId, acquirerId);
            return Optional.empty();
        }
        AcquirerGate gate = connection.get().gate();
        Optional<Duration> later = gate.enter();
        if (later.isPresent()) {
            events.sentAway(acquirerId);
            return later.map(backoff::jittered);
        }
        try {
            if (journal.take(commandId) instanceof Turn.Taken taken) {
                failpoints.pass(Failpoint.AFTER_CLAIM);
                inquire(taken.claim(), connection.get());
            }
        } finally {
            gate.leave();
        }
        return Optional.empty();
    }

    private void withoutProfile(String commandId, String acquirerId) {
        if (journal.take(commandId) instanceof Turn.Taken taken) {
            end(
                    taken.claim(),
                    taken.claim().exchange(),
                    End.escalated(
                            "NO_PROFILE: acquirer " + acquirerId + " is not configured, and there is no profile *"));
        }
    }

    private void inquire(Claim claim, Connection connection) {
        Question question = Question.of(
                claim.command(),
                Sent.of(
                        connection.profile(),
                        claim.sentBefore()
                                ? Optional.of(claim.firstSentAt().orElse(claim.takenAt()))
                                : Optional.empty(),
                        claim.takenAt()));
        Optional<InquiryAnswer> answer = ask(connection, question.inquiry());
        if (answer.isEmpty()) {
            leftAlone(claim, connection);
            return;
        }
        failpoints.pass(Failpoint.AFTER_INQUIRY);
        Verdict verdict = Decision.of(question, answer.get());
        if (verdict instanceof Verdict.Send
                && !claim.sentBefore()
                && question.counterpart().isPresent()) {
            if (!connection.gate().oneMore()) {
                journal.putBack(claim, backoff.jittered(Duration.ofSeconds(1)), "RATE: no room for the counterpart");
                return;
            }
            Optional<InquiryAnswer> counterpart =
                    ask(connection, question.counterpart().get());
            if (counterpart.isEmpty()) {
                leftAlone(claim, connection);
                return;
            }
            verdict = Decision.ofCounterpart(counterpart.get()).orElse(verdict);
        }
        act(claim, connection, verdict, originalAmount(answer.get()));
    }

    private void act(Claim claim, Connection connection, Verdict verdict, OptionalLong originalAmount) {
        int exchange = claim.exchange();
        if (verdict instanceof Verdict.Send send) {
            send(claim, connection, send, originalAmount);
        } else if (verdict instanceof Verdict.Done done) {
            end(
                    claim,
                    exchange,
                    End.done(done.amount(), done.reference(), "SEEN: the acquirer shows the effect", originalAmount));
        } else if (verdict instanceof Verdict.NotNeeded notNeeded) {
            end(claim, exchange, End.notNeeded(notNeeded.detail()));
        } else if (verdict instanceof Verdict.Escalate escalate) {
            end(claim, exchange, End.escalated(escalate.detail()));
        } else if (verdict instanceof Verdict.AskAgain again) {
            unknown(claim, exchange, connection.profile(), again.detail());
        }
    }

    private void send(Claim claim, Connection connection, Verdict.Send send, OptionalLong originalAmount) {
        if (claim.sentBefore()) {
            Repeats repeats = repeats(claim, connection.profile());
            if (repeats instanceof Repeats.Never never) {
                end(claim, claim.exchange(), End.escalated(never.detail()));
                return;
            } else if (repeats instanceof Repeats.Later later) {
                journal.putBack(claim, later.pause(), "LATE: an earlier request may still be taken");
                return;
            }
        }
        if (!claim.sentBefore() && heldByCutOff(claim, connection.profile())) {
            return;
        }
        if (connection.gate().isShut()) {
            leftAlone(claim, connection);
            return;
        }
        failpoints.pass(Failpoint.BEFORE_INTENT);
        // Taken before the database is asked: the lease that it grants ends no earlier than counted from here.
        long leaseFrom = System.nanoTime();
        Map<String, String> identifiers =
                claim.sentBefore() ? claim.identifiers() : connection.acquirer().identify();
        Intent intent = journal.intend(claim, "AS_EXPECTED", identifiers);
        if (intent instanceof Intent.Committed committed) {
            failpoints.pass(Failpoint.AFTER_INTENT);
            instruct(claim, connection, instruction(claim, send, committed), committed, leaseFrom, originalAmount);
        } else if (intent instanceof Intent.Lost) {
            events.lost(claim.commandId());
        }
    }

    /** Whether the acquirer's cut-off keeps it from being sent; then the turn is over. */
    private boolean heldByCutOff(Claim claim, Profile profile) {
        AtCutOff at = AtCutOff.of(profile, claim.command(), claim.takenAt());
        if (at instanceof AtCutOff.Never never) {
            end(claim, claim.exchange(), End.escalated(never.detail()));
        } else if (at instanceof AtCutOff.Wait wait) {
            journal.putBack(claim, wait.pause(), "CUT_OFF: the acquirer closes its day");
        }
        return !(at instanceof AtCutOff.Free);
    }

    private void instruct(
            Claim claim,
            Connection connection,
            Instruction instruction,
            Intent.Committed committed,
            long leaseFrom,
            OptionalLong originalAmount) {
        Duration needed = connection.profile().adapter().timeout();
        boolean late = System.nanoTime() - leaseFrom > lease.minus(needed).toNanos();
        Optional<SendAnswer> answer = late
                ? Optional.of(new SendAnswer.Unknown("not sent: the lease is nearly over"))
                : say(connection, instruction);
        failpoints.pass(Failpoint.AFTER_SEND);
        record(
                claim,
                connection.profile(),
                answer.orElse(new SendAnswer.Unknown("not sent: left alone")),
                committed,
                originalAmount);
    }

    private Optional<SendAnswer> say(Connection connection, Instruction instruction) {
        long from = System.nanoTime();
        Optional<SendAnswer> answer = connection
                .gate()
                .exchange(
                        () -> connection.acquirer().send(instruction), given -> !(given instanceof SendAnswer.Unknown));
        answer.ifPresent(given -> events.answered(
                instruction.target().acquirerId(), WorkerEvents.Exchange.INSTRUCTION, kind(given), since(from)));
        return answer;
    }

    private void record(
            Claim claim, Profile profile, SendAnswer answer, Intent.Committed committed, OptionalLong originalAmount) {
        int exchange = committed.exchange();
        if (answer instanceof SendAnswer.Done done) {
            end(claim, exchange, End.done(done.amount(), done.reference(), "DONE", originalAmount));
        } else if (answer instanceof SendAnswer.Declined declined) {
            declined(claim, profile, declined.code(), committed);
        } else if (answer instanceof SendAnswer.Unknown unknown) {
            unknown(claim, exchange, profile, "NO_ANSWER: " + unknown.reason());
        }
    }

    private void declined(Claim claim, Profile profile, String code, Intent.Committed committed) {
        int exchange = committed.exchange();
        String detail = "DECLINED: " + code;
        switch (Declines.meaning(profile, claim.command().getAction(), code, committed.attempt())) {
            case FAILED -> end(claim, exchange, End.failed(detail));
            case NOT_NEEDED -> end(claim, exchange, End.notNeeded(detail));
            case ESCALATED -> end(claim, exchange, End.escalated(detail));
            case UNKNOWN -> unknown(claim, exchange, profile, detail);
        }
    }

    private static Instruction instruction(Claim claim, Verdict.Send send, Intent.Committed committed) {
        Command command = claim.command();
        Target target = Question.target(command);
        return new Instruction(
                command.getCommandId(),
                command.getAction(),
                command.getAmount(),
                command.getCurrency(),
                send.aboutCapture() ? target : Question.about(target, null),
                committed.attempt(),
                committed.identifiers());
    }

    private Repeats repeats(Claim claim, Profile profile) {
        return Repeats.of(
                profile,
                claim.firstSentAt().orElse(claim.takenAt()),
                claim.lastSentAt().orElse(claim.takenAt()),
                claim.command().getExpiresAt(),
                claim.unanswered(),
                claim.takenAt());
    }

    private Optional<InquiryAnswer> ask(Connection connection, Inquiry inquiry) {
        long from = System.nanoTime();
        Optional<InquiryAnswer> answer = connection
                .gate()
                .exchange(
                        () -> believed(
                                connection.profile(), connection.acquirer().inquire(inquiry)),
                        given -> !(given instanceof InquiryAnswer.Unknown));
        answer.ifPresent(given -> events.answered(
                inquiry.target().acquirerId(), WorkerEvents.Exchange.INQUIRY, kind(given), since(from)));
        return answer;
    }

    private static Duration since(long fromNanos) {
        return Duration.ofNanos(System.nanoTime() - fromNanos);
    }

    private static String kind(InquiryAnswer answer) {
        if (answer instanceof InquiryAnswer.Known) {
            return "KNOWN";
        } else if (answer instanceof InquiryAnswer.NotFound) {
            return "NOT_FOUND";
        }
        return answer instanceof InquiryAnswer.Unsupported ? "UNSUPPORTED" : "UNKNOWN";
    }

    private static String kind(SendAnswer answer) {
        if (answer instanceof SendAnswer.Done) {
            return "DONE";
        }
        return answer instanceof SendAnswer.Declined ? "DECLINED" : "UNKNOWN";
    }

    /** One that answers inquiries, as its profile has it, and says that it does not, is not to be sent to without asking. */
    private static InquiryAnswer believed(Profile profile, InquiryAnswer answer) {
        return answer instanceof InquiryAnswer.Unsupported && profile.answersInquiries()
                ? new InquiryAnswer.Unknown("inquiries are not supported, it says, and its profile says they are")
                : answer;
    }

    /** The circuit breaker opened in the meantime: nothing was asked, so nothing counts. */
    private void leftAlone(Claim claim, Connection connection) {
        journal.putBack(
                claim, backoff.jittered(connection.gate().breakerPause()), "LEFT_ALONE: the acquirer does not answer");
    }

    /** After the last attempt it is asked once more what came of it, and then a person must decide. */
    private void unknown(Claim claim, int exchange, Profile profile, String detail) {
        if (claim.unanswered() >= profile.attemptsMax()) {
            end(claim, exchange, End.escalated("ATTEMPTS_SPENT: " + detail));
            return;
        }
        boolean held = journal.unknown(claim, exchange, detail, backoff.after(profile, claim.unanswered() + 1));
        if (held) {
            events.unknown(claim.command());
            failpoints.pass(Failpoint.AFTER_UNKNOWN);
        } else {
            events.lost(claim.commandId());
        }
    }

    private void end(Claim claim, int exchange, End end) {
        if (journal.end(claim, exchange, end)) {
            events.ended(claim.command(), end);
            failpoints.pass(Failpoint.AFTER_END);
        } else {
            events.lost(claim.commandId());
        }
    }

    private static OptionalLong originalAmount(InquiryAnswer answer) {
        return answer instanceof InquiryAnswer.Known known && known.payment().authorization() != null
                ? OptionalLong.of(known.payment().authorization().amount())
                : OptionalLong.empty();
    }
}
