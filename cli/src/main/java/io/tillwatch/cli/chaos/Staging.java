package io.tillwatch.cli.chaos;

import io.tillwatch.cli.chaos.Asked.End;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Approval;
import io.tillwatch.schemas.record.ApprovalReason;
import io.tillwatch.schemas.record.Cause;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.CommandStatus;
import io.tillwatch.schemas.record.Original;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Puts one scene together. For one scene and one thread. */
final class Staging {

    static final String CURRENCY = "EUR";
    private static final Duration WANTED_FOR = Duration.ofHours(6);
    private static final Duration WANTED_BRIEFLY = Duration.ofSeconds(8);
    /** Within which a scene's commands come and races are run. */
    private static final int SPREAD_MILLIS = 3_000;

    final Plot plot;
    final Bank bank;
    final Random random;
    final String paymentId;
    final String stan;
    final String rrn;
    final long amount;
    private final String run;
    private final long number;
    private final Instant now;
    private final List<Step> steps = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();
    private int events;

    /**
     * Nothing has happened yet.
     *
     * @param run by which identities of this run differ from those of others
     * @param number of the scene
     * @param now when it begins
     */
    Staging(Plot plot, Bank bank, String run, long number, Instant now, Random random) {
        this.plot = plot;
        this.bank = bank;
        this.run = run;
        this.number = number;
        this.now = now;
        this.random = random;
        this.paymentId = plot == Plot.LONG_IDENTITIES ? longId("p" + run + "-" + number) : "p" + run + "-" + number;
        this.stan = String.format("%06d", number % 1_000_000);
        this.rrn = String.format("%012d", number + 1);
        this.amount = 100L + random.nextInt(500_000);
    }

    private static String longId(String id) {
        return id + "x".repeat(120 - id.length());
    }

    Scene scene() {
        return new Scene(
                plot,
                bank,
                steps.stream()
                        .sorted(Comparator.comparingLong(Step::afterMillis))
                        .toList(),
                asked);
    }

    /** A moment in the course of the scene. */
    long soon() {
        return 1L + random.nextInt(SPREAD_MILLIS);
    }

    // What happens at the acquirer.

    BankEvent authorized(boolean automatic) {
        return authorization(BankEvent.Type.AUTHORIZED, paymentId, stan, rrn, automatic);
    }

    BankEvent declined() {
        return authorization(BankEvent.Type.DECLINED, paymentId, stan, rrn, false);
    }

    /** Another purchase of the same card, which took place before. */
    BankEvent counterpart() {
        return authorization(
                BankEvent.Type.AUTHORIZED,
                counterpartId(),
                String.format("%06d", (number + 500_000) % 1_000_000),
                String.format("9%011d", number),
                true);
    }

    String counterpartId() {
        return paymentId + "y";
    }

    private BankEvent authorization(
            BankEvent.Type type, String payment, String eventStan, String eventRrn, boolean automatic) {
        return new BankEvent(
                type,
                eventId(),
                bank.acquirerId(),
                payment,
                merchantId(),
                terminalId(),
                eventStan,
                eventRrn,
                type == BankEvent.Type.AUTHORIZED ? "A12345" : null,
                null,
                amount,
                CURRENCY,
                "SALE",
                automatic,
                null,
                now.toEpochMilli());
    }

    BankEvent captured(String captureId, long part, boolean last) {
        return money(BankEvent.Type.CAPTURED, paymentId, captureId, part, last);
    }

    BankEvent settled(String captureId, long part) {
        return money(BankEvent.Type.SETTLED, paymentId, captureId, part, null);
    }

    BankEvent rejected(String captureId) {
        return money(BankEvent.Type.REJECTED, paymentId, captureId, amount, null);
    }

    BankEvent refunded(String captureId) {
        return money(BankEvent.Type.REFUNDED, paymentId, captureId, amount, null);
    }

    BankEvent counterpartReversed() {
        return money(BankEvent.Type.REVERSED, counterpartId(), counterpartId(), amount, null);
    }

    private BankEvent money(BankEvent.Type type, String payment, String captureId, long part, Boolean last) {
        return new BankEvent(
                type,
                eventId(),
                bank.acquirerId(),
                payment,
                merchantId(),
                null,
                null,
                null,
                null,
                captureId,
                part,
                CURRENCY,
                null,
                null,
                last,
                now.toEpochMilli());
    }

    private String eventId() {
        events++;
        return run + "-" + number + "-" + events;
    }

    private String merchantId() {
        return "m" + number % 50;
    }

    private String terminalId() {
        return "t" + number % 1_000;
    }

    // Steps.

    void before(BankEvent... happened) {
        steps.add(new Step.Happens(0, List.of(happened)));
    }

    void at(long afterMillis, BankEvent... happened) {
        steps.add(new Step.Happens(afterMillis, List.of(happened)));
    }

    void write(long afterMillis, Command command) {
        steps.add(new Step.Commands(afterMillis, command));
    }

    void nonsense(long afterMillis) {
        steps.add(new Step.Nonsense(afterMillis, paymentId));
    }

    void approve(long afterMillis, Command command, String person) {
        steps.add(new Step.Approves(afterMillis, command.getCommandId(), person));
    }

    /** What may come of a command; that it goes to a person can always be right where acquirers fail. */
    void expect(Command command, End... ends) {
        Set<End> right = EnumSet.of(End.ESCALATED, ends);
        asked.add(new Asked(plot, bank, command, right, true));
    }

    /** A command that must never be sent; and how it may end. */
    void expectUnsent(Command command, End... ends) {
        asked.add(new Asked(plot, bank, command, EnumSet.of(End.ESCALATED, ends), false));
    }

    /** Writes a command now, and once more if need be, and says what may come of it. */
    Command ask(Command command, End... ends) {
        write(1, command);
        expect(command, ends);
        return command;
    }

    // Commands.

    /** About the attempt at authorization, or the payment as a whole. */
    Command whole(String alert, Action action, long asks) {
        return command(alert, action, asks, original().build());
    }

    /** About one capture. */
    Command about(String captureId, String alert, Action action, long asks) {
        return command(
                alert + ":" + captureId,
                action,
                asks,
                original().setCaptureId(captureId).build());
    }

    /** About a purchase that repeats another one. */
    Command duplicate(Action action, long asks) {
        return command(
                "DUPLICATE_AUTHORIZATION",
                action,
                asks,
                original().setCounterpartPaymentId(counterpartId()).build());
    }

    /** As it was, but for a person to decide, who has not long. */
    Command required(Command command, boolean briefly) {
        return Command.newBuilder(command)
                .setApproval(Approval.REQUIRED)
                .setApprovalReason(ApprovalReason.POLICY)
                .setExpiresAt(command.getIssuedAt().plus(briefly ? WANTED_BRIEFLY : WANTED_FOR))
                .build();
    }

    /** A retry where presentments are not deduplicated waits for a person who never comes. */
    Command retry(Command command) {
        return bank.takesPresentments()
                ? command
                : Command.newBuilder(command)
                        .setExpiresAt(command.getIssuedAt().plus(WANTED_BRIEFLY))
                        .build();
    }

    Command withdrawn(Command command) {
        return Command.newBuilder(command)
                .setStatus(CommandStatus.WITHDRAWN)
                .setIssue(command.getIssue() + 1)
                .build();
    }

    private Command command(String alert, Action action, long asks, Original original) {
        String alertId = paymentId + ":" + alert;
        Instant issuedAt = Instant.ofEpochMilli(now.toEpochMilli());
        return Command.newBuilder()
                .setCommandId(alertId + "#" + action)
                .setIssue(1)
                .setStatus(CommandStatus.ISSUED)
                .setAlertId(alertId)
                .setPaymentId(paymentId)
                .setAction(action)
                .setAmount(asks)
                .setCurrency(CURRENCY)
                .setCause(Cause.UNKNOWN)
                .setApproval(Approval.AUTOMATIC)
                .setIssuedAt(issuedAt)
                .setNotBefore(issuedAt)
                .setExpiresAt(issuedAt.plus(WANTED_FOR))
                .setOriginal(original)
                .build();
    }

    private Original.Builder original() {
        Original.Builder original = Original.newBuilder()
                .setAcquirerId(bank.acquirerId())
                .setMerchantId(merchantId())
                .setTerminalId(terminalId())
                .setCardToken("tok-" + run + "-" + number)
                .setStan(stan)
                .setRrn(rrn)
                .setAuthorizedAt(Instant.ofEpochMilli(now.toEpochMilli()));
        return plot.name().startsWith("UNANSWERED") ? original : original.setAuthCode("A12345");
    }
}
