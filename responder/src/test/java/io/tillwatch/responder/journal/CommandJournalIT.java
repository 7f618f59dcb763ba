package io.tillwatch.responder.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.responder.given.Books;
import io.tillwatch.responder.given.Commands;
import io.tillwatch.responder.given.Postgres;
import io.tillwatch.schemas.record.Approval;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.CommandStatus;
import io.tillwatch.schemas.record.Outcome;
import io.tillwatch.schemas.record.OutcomeResult;
import io.tillwatch.schemas.record.Reversal;
import io.tillwatch.schemas.record.ReversalKind;
import io.tillwatch.schemas.signature.CommandSignature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The journal on a real PostgreSQL. */
@ExtendWith(Postgres.class)
class CommandJournalIT {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofMillis(1);

    private Database database;
    private Books books;
    private CommandJournal one;
    private CommandJournal two;
    private CommandReceipt receipt;

    @BeforeEach
    void open(Database given) {
        database = given;
        books = new Books(database);
        one = journal("one", LEASE);
        two = journal("two", LEASE);
        receipt = new CommandReceipt(database, one);
    }

    @Test
    void absorbsARedeliveredCommand() {
        Command command = Commands.reverse("p-1").build();
        assertThat(receive(command)).isEqualTo(new CommandReceipt.Counts(1, 0, 0, 0));
        assertThat(receive(command)).isEqualTo(new CommandReceipt.Counts(0, 1, 0, 0));
        assertThat(receive(Commands.reverse("p-2").build(), command, command))
                .as("within a batch too")
                .isEqualTo(new CommandReceipt.Counts(1, 2, 0, 0));
        assertThat(books.count("SELECT count(*) FROM command")).isEqualTo(2);
        assertThat(books.count("SELECT count(*) FROM scheduled_tasks")).isEqualTo(2);
    }

    @Test
    void endsACommandThatWasWithdrawnBeforeItWasSent() {
        Command command = Commands.reverse("p-1").build();
        receive(command);
        assertThat(receive(withdrawn(command))).isEqualTo(new CommandReceipt.Counts(0, 0, 1, 0));
        assertThat(receive(command)).as("the earlier issue again").isEqualTo(new CommandReceipt.Counts(0, 1, 0, 0));
        assertThat(one.take(command.getCommandId())).isEqualTo(new Turn.Ended(State.NOT_NEEDED));
        assertThat(outcome(command).getDetail()).startsWith("WITHDRAWN");
        assertThat(books.isScheduled(command.getCommandId())).isFalse();
    }

    @Test
    void doesNotSendWhatIsWithdrawnBetweenInquiryAndIntent() {
        Command command = received(Commands.reverse("p-1"));
        Claim claim = claim(one, command);
        receive(withdrawn(command));
        assertThat(one.intend(claim, "as expected", Map.of())).isInstanceOf(Intent.PutBack.class);
        books.execute("UPDATE command SET due_at = now()");
        assertThat(one.take(command.getCommandId())).isEqualTo(new Turn.Ended(State.NOT_NEEDED));
    }

    @Test
    void goesOnWithACommandThatWasWithdrawnAfterItWasSent() {
        Command command = received(Commands.reverse("p-1"));
        Claim claim = claim(one, command);
        intend(one, claim);
        one.unknown(claim, claim.exchange() + 1, "NO_ANSWER", Duration.ZERO);
        receive(withdrawn(command));
        Claim again = claim(one, command);
        assertThat(again.withdrawn()).isTrue();
        assertThat(one.intend(again, "as expected", Map.of())).isInstanceOf(Intent.Committed.class);
    }

    @Test
    void escalatesACommandThatComesAgainWithOtherContent() {
        Command command = received(Commands.reverse("p-1"));
        assertThat(receive(Command.newBuilder(command).setAmount(2_000).build()))
                .isEqualTo(new CommandReceipt.Counts(0, 0, 0, 1));
        assertThat(outcome(command).getResult()).isEqualTo(OutcomeResult.ESCALATED);
        assertThat(books.count("SELECT count(*) FROM audit WHERE verb = 'REJECTED_COMMAND'"))
                .isEqualTo(1);
        receive(Command.newBuilder(command).setAmount(3_000).build());
        assertThat(books.outcomes()).as("one outcome whatever comes").hasSize(1);
        assertThat(one.take(command.getCommandId())).isEqualTo(new Turn.Gone());
    }

    @Test
    void overrulesAHolderThatHasSentNothingWhenOtherContentComes() {
        Command command = received(Commands.reverse("p-1"));
        Claim claim = claim(one, command);
        receive(Command.newBuilder(command).setAmount(2_000).build());
        assertThat(one.intend(claim, "as expected", Map.of())).isEqualTo(new Intent.Lost());
        assertThat(books.state(command.getCommandId())).isEqualTo("ESCALATED");
    }

    @Test
    void letsGoOnWhatMayBeOnItsWayWhenOtherContentComes() {
        Command command = received(Commands.reverse("p-1"));
        Claim claim = claim(one, command);
        intend(one, claim);
        receive(Command.newBuilder(command).setAmount(2_000).build());
        assertThat(one.end(claim, 2, done(1_000))).isTrue();
        assertThat(outcome(command).getResult()).isEqualTo(OutcomeResult.DONE);
    }

    @Test
    void escalatesABadSignatureButNotTheGoodCommandThatItImitates() {
        Command good = received(Commands.reverse("p-1"));
        receipt.receive(List.of(Received.of(good, CommandSignature.Check.WRONG)));
        assertThat(books.state(good.getCommandId())).isEqualTo("RECEIVED");
        Command bad = Commands.reverse("p-2").build();
        receipt.receive(List.of(Received.of(bad, CommandSignature.Check.MISSING)));
        assertThat(outcome(bad).getDetail()).isEqualTo("BAD_SIGNATURE: MISSING");
        assertThat(books.count("SELECT count(*) FROM audit")).isEqualTo(2);
    }

    @Test
    void isHeldByOneAtATime() {
        Command command = received(Commands.reverse("p-1"));
        claim(one, command);
        assertThat(two.take(command.getCommandId())).isInstanceOf(Turn.Waits.class);
    }

    @Test
    void letsNobodyWriteWhoseLeaseWasTakenOver() {
        CommandJournal slow = journal("slow", SOON);
        Command command = received(Commands.reverse("p-1"));
        Claim lost = claim(slow, command);
        Claim held = awaitClaim(two, command);
        assertThat(held.fence()).isEqualTo(lost.fence() + 1);
        assertThat(slow.intend(lost, "as expected", Map.of())).isEqualTo(new Intent.Lost());
        assertThat(slow.unknown(lost, 1, "NO_ANSWER", Duration.ZERO)).isFalse();
        assertThat(slow.putBack(lost, Duration.ZERO, "why")).isFalse();
        assertThat(slow.end(lost, 1, End.failed("DECLINED"))).isFalse();
        intend(two, held);
        assertThat(slow.end(lost, 2, done(1_000))).isFalse();
        assertThat(two.end(held, 2, done(1_000))).isTrue();
        assertThat(books.outcomes()).hasSize(1);
    }

    @Test
    void letsNobodySendWhoseLeaseIsOverEvenIfNobodyTookIt() {
        CommandJournal slow = journal("slow", SOON);
        Command command = received(Commands.reverse("p-1"));
        Claim claim = claim(slow, command);
        awaitPast(claim.takenAt().plus(SOON));
        Intent intent = slow.intend(claim, "as expected", Map.of());
        assertThat(intent).isInstanceOf(Intent.PutBack.class);
        assertThat(books.count("SELECT count(*) FROM command WHERE attempts > 0"))
                .isZero();
    }

    @Test
    void takesACommandOverThatAHolderLeftAfterItsIntent() {
        CommandJournal slow = journal("slow", SOON);
        Command command = received(Commands.reverse("p-1"));
        Claim claim = claim(slow, command);
        books.execute("UPDATE command SET claimed_until = now() + interval '1 minute'");
        Intent.Committed intent = (Intent.Committed) slow.intend(claim, "as expected", Map.of("stan", "1"));
        assertThat(intent.attempt()).isEqualTo(1);
        Claim heir = awaitClaim(two, command);
        assertThat(heir.sentBefore()).isTrue();
        assertThat(heir.identifiers()).isEqualTo(Map.of("stan", "1"));
        Intent.Committed repeat = (Intent.Committed) two.intend(heir, "as expected", Map.of("stan", "2"));
        assertThat(repeat.attempt()).isEqualTo(2);
        assertThat(repeat.identifiers()).as("those of the first").isEqualTo(Map.of("stan", "1"));
    }

    @Test
    void letsOneCommandOfAPaymentBeInFlightAtATime() {
        Command first = received(Commands.reverse("p-1"));
        Command second = received(Commands.command("p-1", "PREAUTH_EXPIRED", first.getAction()));
        Claim firstClaim = claim(one, first);
        Claim secondClaim = claim(two, second);
        intend(one, firstClaim);
        assertThat(two.intend(secondClaim, "as expected", Map.of())).isInstanceOf(Intent.PutBack.class);
        books.execute("UPDATE command SET due_at = now() WHERE state = 'RECEIVED'");
        assertThat(two.take(second.getCommandId())).isInstanceOf(Turn.Waits.class);
        one.end(firstClaim, 2, done(1_000));
        books.execute("UPDATE command SET due_at = now() WHERE state = 'RECEIVED'");
        assertThat(two.take(second.getCommandId())).isInstanceOf(Turn.Taken.class);
    }

    @Test
    void refusesAnIntentWhoseInquiryIsOlderThanWhatAnotherCommandDid() {
        Command first = received(Commands.reverse("p-1"));
        Command second = received(Commands.command("p-1", "PREAUTH_EXPIRED", first.getAction()));
        Claim firstClaim = claim(one, first);
        intend(one, firstClaim);
        books.execute("UPDATE command SET in_flight = false WHERE command_id = ?", first.getCommandId());
        Claim secondClaim = claim(two, second);
        books.execute("UPDATE command SET in_flight = true WHERE command_id = ?", first.getCommandId());
        one.end(firstClaim, 2, done(1_000));
        assertThat(two.intend(secondClaim, "as expected", Map.of())).isInstanceOf(Intent.PutBack.class);
    }

    @Test
    void letsOnlyOneOfTwoIntentsThroughThatMeet() throws InterruptedException {
        // Both are past the question whether another is in flight: the index decides.
        Command first = received(Commands.reverse("p-1"));
        Command second = received(Commands.command("p-1", "PREAUTH_EXPIRED", first.getAction()));
        Claim firstClaim = claim(one, first);
        Claim secondClaim = claim(two, second);
        Intent[] intents = new Intent[2];
        Thread a = new Thread(() -> intents[0] = one.intend(firstClaim, "as expected", Map.of()));
        Thread b = new Thread(() -> intents[1] = two.intend(secondClaim, "as expected", Map.of()));
        a.start();
        b.start();
        a.join();
        b.join();
        assertThat(intents).filteredOn(Intent.Committed.class::isInstance).hasSize(1);
        assertThat(intents).filteredOn(Intent.PutBack.class::isInstance).hasSize(1);
    }

    @Test
    void doesNotTakeWhatIsNotDueAndEscalatesWhatHasExpired() {
        Instant now = Instant.now();
        Command early = received(Commands.reverse("p-1").setNotBefore(now.plusSeconds(3_600)));
        assertThat(one.take(early.getCommandId())).isInstanceOf(Turn.Waits.class);
        Command late = received(Commands.reverse("p-2").setExpiresAt(now.minusSeconds(5)));
        assertThat(one.take(late.getCommandId())).isEqualTo(new Turn.Ended(State.ESCALATED));
        assertThat(outcome(late).getDetail()).startsWith("EXPIRED");
    }

    @Test
    void waitsForOnePersonOrTwoAboveTheLimit() {
        Approvals approvals = new Approvals(one);
        Command small = received(Commands.reverse("p-1").setApproval(Approval.REQUIRED));
        assertThat(one.take(small.getCommandId())).isInstanceOf(Turn.Waits.class);
        assertThat(books.holdReason(small.getCommandId())).isEqualTo("APPROVAL");
        assertThat(approve(approvals, small, "ann")).isEqualTo(Approvals.Answer.ENOUGH);
        assertThat(one.take(small.getCommandId())).isInstanceOf(Turn.Taken.class);

        Command large =
                received(Commands.reverse("p-2").setApproval(Approval.REQUIRED).setAmount(2_000_000));
        assertThat(one.take(large.getCommandId())).isInstanceOf(Turn.Waits.class);
        assertThat(approve(approvals, large, "ann")).isEqualTo(Approvals.Answer.ONE_MORE);
        assertThat(approve(approvals, large, "ann")).isEqualTo(Approvals.Answer.ALREADY_BY_THIS_PERSON);
        books.execute("UPDATE command SET due_at = now()");
        assertThat(one.take(large.getCommandId())).isInstanceOf(Turn.Waits.class);
        assertThat(approve(approvals, large, "bob")).isEqualTo(Approvals.Answer.ENOUGH);
        assertThat(one.take(large.getCommandId())).isInstanceOf(Turn.Taken.class);
    }

    @Test
    void takesApprovalsOnlyOfTheContentThatIsThereAndOnlyInTime() {
        Approvals approvals = new Approvals(one);
        Command command = received(Commands.reverse("p-1").setApproval(Approval.REQUIRED));
        Command other = Command.newBuilder(command).setAmount(1).build();
        String otherHash = Received.of(other, CommandSignature.Check.VALID).contentHash();
        Approvals.Answer answer = database.jdbi()
                .inTransaction(handle -> approvals.approve(handle, command.getCommandId(), otherHash, "ann"));
        assertThat(answer).isEqualTo(Approvals.Answer.OTHER_CONTENT);
        receive(withdrawn(command));
        assertThat(approve(approvals, command, "ann")).isEqualTo(Approvals.Answer.TOO_LATE);
        Command automatic = received(Commands.reverse("p-2"));
        assertThat(approve(approvals, automatic, "ann")).isEqualTo(Approvals.Answer.NOT_ASKED_FOR);
        assertThat(approve(approvals, Commands.reverse("p-3").build(), "ann"))
                .isEqualTo(Approvals.Answer.NO_SUCH_COMMAND);
    }

    @Test
    void endsARejectedCommandAsFailedOnce() {
        Approvals approvals = new Approvals(one);
        Command command = received(Commands.reverse("p-1").setApproval(Approval.REQUIRED));
        assertThat(reject(approvals, command)).isEqualTo(Approvals.Answer.REJECTED);
        assertThat(reject(approvals, command)).isEqualTo(Approvals.Answer.TOO_LATE);
        assertThat(outcome(command).getResult()).isEqualTo(OutcomeResult.FAILED);
    }

    @Test
    void holdsWhatASwitchStopsAndLetsItGoWhenItIsOpened() {
        books.execute("INSERT INTO kill_switch VALUES ('acquirer:A', true, 'test', 'ann')");
        Command command = received(Commands.reverse("p-1"));
        Claim claim = claim(one, command);
        assertThat(one.intend(claim, "as expected", Map.of())).isInstanceOf(Intent.PutBack.class);
        assertThat(books.holdReason(command.getCommandId())).isEqualTo("SWITCH");
        assertThat(books.count("SELECT count(*) FROM attempt WHERE kind = 'SEND'"))
                .isZero();
        books.execute("UPDATE command SET due_at = now()");
        assertThat(one.take(command.getCommandId())).as("still closed").isInstanceOf(Turn.Waits.class);
        books.execute("UPDATE kill_switch SET closed = false");
        int released = database.jdbi().inTransaction(handle -> Approvals.release(handle, HoldReason.SWITCH));
        assertThat(released).isEqualTo(1);
        intend(one, claim(one, command));
    }

    @Test
    void countsSwitchesThatCannotBeReadAsClosedAndGoesOnInquiring() {
        books.execute("ALTER TABLE kill_switch RENAME TO lost");
        Command command = received(Commands.reverse("p-1"));
        Claim claim = claim(one, command);
        assertThat(one.intend(claim, "as expected", Map.of())).isInstanceOf(Intent.PutBack.class);
        assertThat(books.holdReason(command.getCommandId())).isEqualTo("SWITCH");
        books.execute("UPDATE command SET due_at = now()");
        assertThat(one.take(command.getCommandId())).isInstanceOf(Turn.Waits.class);
        books.execute("ALTER TABLE lost RENAME TO kill_switch");
        books.execute("UPDATE command SET due_at = now()");
        intend(one, claim(one, command));
    }

    @Test
    void holdsWhatGoesBeyondABudget() {
        books.execute("INSERT INTO budget VALUES ('A', 2, 2500, 'ann')");
        Command first = received(Commands.reverse("p-1"));
        Command second = received(Commands.reverse("p-2").setAmount(1_600));
        Command third = received(Commands.reverse("p-3").setAmount(1_500));
        Command fourth = received(Commands.reverse("p-4").setAmount(1));
        intend(one, claim(one, first));
        assertThat(one.intend(claim(one, second), "as expected", Map.of()))
                .isEqualTo(new Intent.PutBack("BUDGET_SPENT: amount per hour"));
        intend(one, claim(one, third));
        assertThat(one.intend(claim(one, fourth), "as expected", Map.of()))
                .isEqualTo(new Intent.PutBack("BUDGET_SPENT: commands per minute"));
        assertThat(books.holdReason(second.getCommandId())).isEqualTo("BUDGET");
        books.execute("UPDATE spent SET at = at - interval '61 minutes'");
        books.execute("UPDATE command SET due_at = now()");
        intend(one, claim(one, second));
    }

    @Test
    void tellsOfAReversalWhatJudgesDuplicatesAnew() {
        Command command = received(Commands.reverse("p-1"));
        Claim claim = claim(one, command);
        intend(one, claim);
        one.end(claim, 2, End.done(1_000, "ref", "DONE", OptionalLong.of(1_500)));
        Reversal reversal = books.reversals().get(0);
        assertThat(reversal.getCommandId()).isEqualTo(command.getCommandId());
        assertThat(reversal.getKind()).isEqualTo(ReversalKind.REVERSAL);
        assertThat(reversal.getCardToken()).isEqualTo("tok-1");
        assertThat(reversal.getOriginalAmount()).isEqualTo(1_500);
        assertThat(reversal.getAmount()).isEqualTo(1_000);
    }

    @Test
    void givesReversalsIdentitiesThatFitHoweverLongTheCommandsIs() {
        String payment = "p".repeat(128);
        Command command = received(Commands.reverse(payment));
        Claim claim = claim(one, command);
        intend(one, claim);
        one.end(claim, 2, done(1_000));
        Reversal reversal = books.reversals().get(0);
        assertThat(reversal.getReversalId()).hasSizeLessThanOrEqualTo(128).startsWith("sha256:");
        assertThat(reversal.getEventId()).hasSizeLessThanOrEqualTo(128).isNotEqualTo(reversal.getReversalId());
    }

    @Test
    void writesEachAttemptBeforeItIsMadeAndItsAnswerAfterwards() {
        Command command = received(Commands.reverse("p-1"));
        Claim claim = claim(one, command);
        assertThat(books.count("SELECT count(*) FROM attempt WHERE kind = 'INQUIRY' AND answer IS NULL"))
                .isEqualTo(1);
        intend(one, claim);
        assertThat(books.count("SELECT count(*) FROM attempt WHERE kind = 'INQUIRY' AND answer IS NOT NULL"))
                .isEqualTo(1);
        assertThat(books.count("SELECT count(*) FROM attempt WHERE kind = 'SEND' AND answer IS NULL"))
                .isEqualTo(1);
        one.end(claim, 2, done(1_000));
        assertThat(books.count("SELECT count(*) FROM attempt WHERE answer IS NULL"))
                .isZero();
    }

    @Test
    void goesTheUsualWayInThreeStatements() {
        Command command = received(Commands.reverse("p-1"));
        AtomicInteger statements = new AtomicInteger();
        database.jdbi().setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                statements.incrementAndGet();
            }
        });
        Claim claim = claim(one, command);
        intend(one, claim);
        assertThat(one.end(claim, 2, done(1_000))).isTrue();
        assertThat(statements).as("claim, intent, end: a commit each").hasValue(3);
    }

    private CommandJournal journal(String instance, Duration lease) {
        JournalSettings settings = new JournalSettings(instance, lease, 1_000_000, Duration.ofSeconds(1), true);
        return new CommandJournal(database, settings, command -> false);
    }

    private CommandReceipt.Counts receive(Command... commands) {
        return receipt.receive(java.util.Arrays.stream(commands)
                .map(command -> Received.of(command, CommandSignature.Check.VALID))
                .toList());
    }

    private Command received(Command.Builder builder) {
        Command command = builder.build();
        assertThat(receive(command).taken()).isEqualTo(1);
        return command;
    }

    private static Command withdrawn(Command command) {
        return Command.newBuilder(command)
                .setIssue(2)
                .setStatus(CommandStatus.WITHDRAWN)
                .build();
    }

    private static Claim claim(CommandJournal journal, Command command) {
        Turn turn = journal.take(command.getCommandId());
        assertThat(turn).isInstanceOf(Turn.Taken.class);
        return ((Turn.Taken) turn).claim();
    }

    private static void intend(CommandJournal journal, Claim claim) {
        assertThat(journal.intend(claim, "as expected", Map.of())).isInstanceOf(Intent.Committed.class);
    }

    /** Takes a command as soon as its lease is over. */
    private Claim awaitClaim(CommandJournal journal, Command command) {
        books.execute("UPDATE command SET claimed_until = clock_timestamp() WHERE state = 'SENDING'");
        while (true) {
            if (journal.take(command.getCommandId()) instanceof Turn.Taken taken) {
                return taken.claim();
            }
            Thread.onSpinWait();
        }
    }

    private void awaitPast(Instant time) {
        while (!database.jdbi().withHandle(Database::now).isAfter(time)) {
            Thread.onSpinWait();
        }
    }

    private static End done(long amount) {
        return End.done(amount, "ref", "DONE", OptionalLong.empty());
    }

    private Outcome outcome(Command command) {
        return books.outcomeByCommand().get(command.getCommandId());
    }

    private Approvals.Answer approve(Approvals approvals, Command command, String person) {
        String hash = Received.of(command, CommandSignature.Check.VALID).contentHash();
        return database.jdbi().inTransaction(handle -> approvals.approve(handle, command.getCommandId(), hash, person));
    }

    private Approvals.Answer reject(Approvals approvals, Command command) {
        String hash = Received.of(command, CommandSignature.Check.VALID).contentHash();
        return database.jdbi()
                .inTransaction(handle -> approvals.reject(handle, command.getCommandId(), hash, "not ours"));
    }
}
