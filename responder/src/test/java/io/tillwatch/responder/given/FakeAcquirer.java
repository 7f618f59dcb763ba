package io.tillwatch.responder.given;

import io.tillwatch.responder.acquirer.Acquirer;
import io.tillwatch.responder.acquirer.Inquiry;
import io.tillwatch.responder.acquirer.InquiryAnswer;
import io.tillwatch.responder.acquirer.Instruction;
import io.tillwatch.responder.acquirer.PaymentView;
import io.tillwatch.responder.acquirer.PaymentView.AuthorizationStatus;
import io.tillwatch.responder.acquirer.PaymentView.AuthorizationView;
import io.tillwatch.responder.acquirer.PaymentView.EffectView;
import io.tillwatch.responder.acquirer.SendAnswer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * An acquirer in memory with a ledger of holds, that loses, delays and repeats what is said to it as it is told. What it did
 * is the truth that a test holds the journal against.
 */
public final class FakeAcquirer implements Acquirer {

    /** What goes wrong with one exchange. */
    public enum Fault {
        NONE,
        /** The request never comes. */
        DROP_REQUEST,
        /** It is done, and nobody hears of it. */
        DROP_ANSWER,
        /** It comes much later; nobody hears of it. */
        DELAY,
        /** It comes twice. */
        DUPLICATE,
        /** Not now. */
        TRY_LATER,
        /** The payment is captured and settled just before. */
        SETTLE_FIRST,
        /** Asked what it knows, it says that it answers no inquiries; as a gateway before it may. */
        NOT_ANSWERING
    }

    /** An effect that was made. */
    public record Effect(String commandId, long amount, int attempt) {}

    private static final class Book {
        long held;
        long debited;
        long settled;
        boolean reversed;
    }

    private final Map<String, Book> books = new HashMap<>();
    private final Map<String, Long> keys = new HashMap<>();
    private final List<Effect> effects = new ArrayList<>();
    private final Deque<Instruction> delayed = new ArrayDeque<>();
    private final Supplier<Fault> faults;
    private final boolean deduplicates;
    private final AtomicInteger sends = new AtomicInteger();
    private final AtomicInteger inquiries = new AtomicInteger();

    /** @param faults asked before each exchange */
    public FakeAcquirer(Supplier<Fault> faults, boolean deduplicates) {
        this.faults = faults;
        this.deduplicates = deduplicates;
    }

    /** One at which nothing goes wrong. */
    public static FakeAcquirer reliable() {
        return new FakeAcquirer(() -> Fault.NONE, true);
    }

    public synchronized FakeAcquirer approved(String paymentId, long amount) {
        Book book = new Book();
        book.held = amount;
        books.put(paymentId, book);
        return this;
    }

    public synchronized void settle(String paymentId) {
        Book book = books.get(paymentId);
        book.debited += book.held;
        book.settled += book.held;
        book.held = 0;
    }

    public synchronized List<Effect> effects() {
        return List.copyOf(effects);
    }

    public int sends() {
        return sends.get();
    }

    public int inquiries() {
        return inquiries.get();
    }

    /** What was delayed comes in at last. */
    public synchronized void deliverDelayed() {
        while (!delayed.isEmpty()) {
            apply(delayed.poll());
        }
    }

    @Override
    public synchronized InquiryAnswer inquire(Inquiry inquiry) {
        inquiries.incrementAndGet();
        Fault fault = faults.get();
        if (fault == Fault.DROP_REQUEST || fault == Fault.DROP_ANSWER || fault == Fault.DELAY) {
            return new InquiryAnswer.Unknown(fault.name());
        }
        if (fault == Fault.NOT_ANSWERING) {
            return new InquiryAnswer.Unsupported();
        }
        Book book = books.get(inquiry.target().paymentId());
        if (book == null) {
            return new InquiryAnswer.NotFound();
        }
        Long effect = inquiry.commandId() == null ? null : keys.get(inquiry.commandId());
        return new InquiryAnswer.Known(new PaymentView(
                "EUR",
                new AuthorizationView(
                        book.reversed ? AuthorizationStatus.REVERSED : AuthorizationStatus.APPROVED, 1_000),
                book.held,
                book.debited,
                book.settled,
                null,
                effect == null ? null : new EffectView(effect, "ref")));
    }

    @Override
    public synchronized SendAnswer send(Instruction instruction) {
        sends.incrementAndGet();
        Fault fault = faults.get();
        return switch (fault) {
            case NONE, NOT_ANSWERING -> apply(instruction);
            case DROP_REQUEST -> new SendAnswer.Unknown(fault.name());
            case DROP_ANSWER -> {
                apply(instruction);
                yield new SendAnswer.Unknown(fault.name());
            }
            case DELAY -> {
                delayed.add(instruction);
                yield new SendAnswer.Unknown(fault.name());
            }
            case DUPLICATE -> {
                apply(instruction);
                yield apply(instruction);
            }
            case TRY_LATER -> new SendAnswer.Declined("TRY_LATER");
            case SETTLE_FIRST -> {
                settle(instruction.target().paymentId());
                yield apply(instruction);
            }
        };
    }

    private SendAnswer apply(Instruction instruction) {
        Long before = deduplicates ? keys.get(instruction.commandId()) : null;
        if (before != null) {
            return new SendAnswer.Done(before, "ref");
        }
        Book book = books.get(instruction.target().paymentId());
        if (book == null) {
            return new SendAnswer.Declined("NOT_FOUND");
        } else if (book.held < instruction.amount()) {
            return new SendAnswer.Declined(book.settled > 0 ? "ALREADY_SETTLED" : "ALREADY_REVERSED");
        }
        book.held -= instruction.amount();
        book.reversed = book.held == 0 && book.debited == 0;
        keys.put(instruction.commandId(), instruction.amount());
        effects.add(new Effect(instruction.commandId(), instruction.amount(), instruction.attempt()));
        return new SendAnswer.Done(instruction.amount(), "ref");
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
