package io.tillwatch.acquirer.journal;

import io.tillwatch.acquirer.ledger.AttemptName;
import io.tillwatch.acquirer.ledger.Decision;
import io.tillwatch.acquirer.ledger.DeclineCode;
import io.tillwatch.acquirer.ledger.Effect;
import io.tillwatch.acquirer.ledger.Entry;
import io.tillwatch.acquirer.ledger.Event;
import io.tillwatch.acquirer.ledger.Instruction;
import io.tillwatch.acquirer.ledger.Ledger;
import io.tillwatch.acquirer.ledger.PaymentBooks;
import io.tillwatch.acquirer.ledger.PaymentView;
import io.tillwatch.acquirer.ledger.Tier;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The ledger on disk. Each answer completes when everything that it rests on is on disk, inquiries included: what was told
 * once is still true after a kill. Safe for use by several threads.
 */
public final class DurableLedger implements AutoCloseable {

    private static final String FILE = "ledger.journal";

    private final Ledger ledger;
    private final JournalFile journal;
    private final Clock clock;

    /**
     * Opens the ledger of a directory that exists.
     *
     * @param answering runs what follows an answer
     * @param onFailure is told when the disk fails: the process should end, for nothing is answered any more
     * @throws JournalException if the file is damaged, or in use by another process
     */
    public DurableLedger(
            Path directory,
            Map<String, Tier> tiers,
            Duration keyRetention,
            Clock clock,
            Executor answering,
            Consumer<Throwable> onFailure) {
        this.ledger = new Ledger(tiers, keyRetention);
        this.clock = clock;
        this.journal = new JournalFile(directory.resolve(FILE), ledger::apply, answering, onFailure);
        synchronized (ledger) {
            record(new Entry.Started(clock.millis())).join();
        }
    }

    /** The caller holds the lock. */
    private CompletableFuture<Void> record(Entry entry) {
        ledger.apply(entry);
        return journal.append(entry);
    }

    /** Does what an instruction asks for, or declines it. */
    public CompletableFuture<Outcome> instruct(Instruction instruction) {
        synchronized (ledger) {
            long now = clock.millis();
            Decision decision = ledger.decide(instruction, now);
            if (decision instanceof Decision.Perform perform) {
                Outcome done = new Outcome.Done(perform.effect(), false);
                return record(new Entry.Done(perform.effect())).thenApply(onDisk -> done);
            }
            if (decision instanceof Decision.Repeat repeat) {
                Outcome before = new Outcome.Done(repeat.effect(), true);
                return journal.settled().thenApply(onDisk -> before);
            }
            Decision.Decline decline = (Decision.Decline) decision;
            return decline(instruction, decline, now);
        }
    }

    private CompletableFuture<Outcome> decline(Instruction instruction, Decision.Decline decline, long now) {
        DeclineCode code = decline.code();
        CompletableFuture<Void> onDisk = decline.bind()
                ? record(new Entry.Bound(instruction.acquirerId(), instruction.key(), instruction.content(), code, now))
                : journal.settled();
        return onDisk.thenApply(written -> new Outcome.Declined(code));
    }

    /** Takes what happened, all of it or, if the process is killed meanwhile, what came first of it. */
    public CompletableFuture<Void> happened(List<Event> events) {
        synchronized (ledger) {
            CompletableFuture<Void> onDisk = journal.settled();
            for (Event event : events) {
                onDisk = record(new Entry.Happened(event));
            }
            return onDisk;
        }
    }

    /** The settlement happens at this very moment, and its record comes later. */
    public void settleAhead(String acquirerId, String paymentId, String captureId) {
        synchronized (ledger) {
            for (Event event : ledger.settlingAhead(acquirerId, paymentId, captureId, clock.millis())) {
                // Whatever is told of it is told when this is on disk.
                var unused = record(new Entry.Happened(event));
            }
        }
    }

    /** What is known of a payment; empty if nothing is. */
    public CompletableFuture<Optional<PaymentView>> inquire(
            String acquirerId, String paymentId, String captureId, AttemptName attempt, String key) {
        return read(() -> ledger.inquire(acquirerId, paymentId, captureId, attempt, key, clock.millis()));
    }

    /** See {@link Ledger#paymentOf}. */
    public Optional<String> paymentOf(String acquirerId, String merchantId, String stan, String rrn) {
        synchronized (ledger) {
            return ledger.paymentOf(acquirerId, merchantId, stan, rrn);
        }
    }

    /** See {@link Ledger#currency}. */
    public String currency(String acquirerId, String paymentId) {
        synchronized (ledger) {
            return ledger.currency(acquirerId, paymentId);
        }
    }

    public CompletableFuture<List<Effect>> effects(long afterSeq, int limit) {
        return read(() -> ledger.effects(afterSeq, limit));
    }

    public CompletableFuture<List<PaymentBooks>> books() {
        return read(ledger::books);
    }

    public Tier tier(String acquirerId) {
        return ledger.tier(acquirerId);
    }

    /** How often the program was started on these books, this time included. */
    public long starts() {
        synchronized (ledger) {
            return ledger.starts();
        }
    }

    private <T> CompletableFuture<T> read(Supplier<T> what) {
        synchronized (ledger) {
            T found = what.get();
            return journal.settled().thenApply(onDisk -> found);
        }
    }

    @Override
    public void close() {
        journal.close();
    }
}
