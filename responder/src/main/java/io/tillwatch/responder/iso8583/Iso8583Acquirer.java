package io.tillwatch.responder.iso8583;

import com.solab.iso8583.IsoMessage;
import io.tillwatch.responder.acquirer.Acquirer;
import io.tillwatch.responder.acquirer.Inquiry;
import io.tillwatch.responder.acquirer.InquiryAnswer;
import io.tillwatch.responder.acquirer.Instruction;
import io.tillwatch.responder.acquirer.SendAnswer;
import io.tillwatch.responder.iso8583.RequestMaker.Made;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An acquirer that is spoken to in ISO 8583. One connection carries all exchanges; it is made when it is first needed and
 * again when it was lost, signs on, and is tried with an echo now and then. One call is one exchange: nothing is sent twice.
 *
 * <p>A repeat calls itself the same as the attempts before. So if one of them was given up on a connection, the repeat goes
 * over another, where what answers it cannot be their late answer.
 *
 * <p>An answer that is late, garbled, half, or not about exactly what was asked leaves it unknown what was done. An
 * instruction that a message cannot carry (its amount beyond DE 4's twelve digits or no whole number of the acquirer's minor
 * units, a currency without a number, an identity too long) is declined as {@link #UNSENDABLE} if it is the first attempt,
 * for then nothing was ever sent; with a repeat that says nothing about the attempts before, so it is unknown.
 */
public final class Iso8583Acquirer implements Acquirer {

    /** The code of a decline that is ours: it was never sent, and never will be. */
    public static final String UNSENDABLE = "UNSENDABLE";

    private static final String SIGN_ON = "001";
    private static final String ECHO = "301";
    private static final String APPROVED = "00";

    /** What fails at once is not tried again for each of a hundred commands. */
    private static final Duration CONNECT_PAUSE = Duration.ofMillis(500);

    private final Iso8583Settings settings;
    private final Identifiers.Source identifiers;
    private final IsoFormat format = new IsoFormat();
    private final Iso8583Counts counts = new Iso8583Counts();
    private final RequestMaker requests;
    private final AnswerReader answers;
    private final ReentrantLock connecting = new ReentrantLock();
    private final ScheduledExecutorService echoes = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "iso8583-echo");
        thread.setDaemon(true);
        return thread;
    });

    private final Set<Line> retired = ConcurrentHashMap.newKeySet();

    private volatile Line line;
    private volatile boolean closed;
    /** Guarded by the lock, as is the next. */
    private long failedAtNanos;

    private boolean failed;

    /** Connects to nothing yet. */
    public Iso8583Acquirer(Iso8583Settings settings, Clock clock) {
        this.settings = settings;
        this.identifiers = new Identifiers.Source(clock);
        AcquirerAmounts amounts = new AcquirerAmounts(settings.currencyDigits());
        this.requests = new RequestMaker(format, amounts, settings);
        this.answers = new AnswerReader(amounts, settings.responseCodes());
        long echoNanos = settings.echoEvery().toNanos();
        var unused = echoes.scheduleWithFixedDelay(this::echo, echoNanos, echoNanos, TimeUnit.NANOSECONDS);
    }

    public Iso8583Counts counts() {
        return counts;
    }

    @Override
    public Map<String, String> identify() {
        return identifiers.next().asMap();
    }

    @Override
    public InquiryAnswer inquire(Inquiry inquiry) {
        Made made = requests.inquiry(inquiry, identifiers.next());
        if (made instanceof Made.Unsendable unsendable) {
            return new InquiryAnswer.Unknown("not sent: " + unsendable.reason());
        }
        IsoMessage request = ((Made.Ready) made).message();
        try {
            return answers.inquiry(inquiry.target().captureId(), request, exchange(request));
        } catch (NoAnswerException e) {
            return new InquiryAnswer.Unknown(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new InquiryAnswer.Unknown("interrupted");
        }
    }

    @Override
    public SendAnswer send(Instruction instruction) {
        Optional<Identifiers> own = Identifiers.of(instruction.identifiers());
        if (own.isEmpty()) {
            return new SendAnswer.Unknown("not sent: what the first attempt called itself is not known");
        }
        Made made = requests.instruction(instruction, own.get());
        if (made instanceof Made.Unsendable unsendable) {
            return instruction.attempt() == 1
                    ? new SendAnswer.Declined(UNSENDABLE)
                    : new SendAnswer.Unknown("not sent: " + unsendable.reason());
        }
        IsoMessage request = ((Made.Ready) made).message();
        try {
            return answers.instruction(instruction, request, exchange(request));
        } catch (NoAnswerException e) {
            return new SendAnswer.Unknown(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new SendAnswer.Unknown("interrupted");
        }
    }

    private IsoMessage exchange(IsoMessage request) throws NoAnswerException, InterruptedException {
        long end = System.nanoTime() + settings.answerWithin().toNanos();
        Line current = line(end);
        if (current.mayAnswerAnEarlier(request)) {
            retire(current);
            current = line(end);
        }
        return current.exchange(request, end - System.nanoTime());
    }

    /** What is under way on it may end there; what comes goes elsewhere. */
    private void retire(Line current) {
        connecting.lock();
        try {
            if (line == current) {
                line = null;
            }
        } finally {
            connecting.unlock();
        }
        retired.add(current);
        try {
            var unused = echoes.schedule(
                    () -> close(current), settings.answerWithin().toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closing) {
            close(current);
        }
    }

    private void close(Line ending) {
        ending.close();
        retired.remove(ending);
    }

    private Line line(long endNanos) throws NoAnswerException, InterruptedException {
        Line current = line;
        if (current != null && current.isOpen()) {
            return current;
        }
        if (!connecting.tryLock(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new NoAnswerException("not connected in time");
        }
        try {
            current = line;
            if (current != null && current.isOpen()) {
                return current;
            }
            if (closed || (failed && System.nanoTime() - failedAtNanos < CONNECT_PAUSE.toNanos())) {
                throw new NoAnswerException("not connected");
            }
            failed = true;
            line = connect();
            failed = false;
            return line;
        } finally {
            failedAtNanos = System.nanoTime();
            connecting.unlock();
        }
    }

    private Line connect() throws NoAnswerException, InterruptedException {
        Line opened = new Line(settings, format, counts);
        try {
            ask(opened, SIGN_ON, settings.connectWithin());
        } catch (NoAnswerException | InterruptedException e) {
            opened.close();
            throw e;
        }
        counts.connected();
        return opened;
    }

    private void ask(Line opened, String what, Duration within) throws NoAnswerException, InterruptedException {
        IsoMessage answer = opened.exchange(requests.management(what, identifiers.next()), within.toNanos());
        if (!APPROVED.equals(IsoFormat.get(answer, IsoFormat.RESPONSE))
                || !what.equals(IsoFormat.get(answer, IsoFormat.MANAGEMENT))) {
            throw new NoAnswerException("the acquirer does not take our sign-on or echo");
        }
    }

    private void echo() {
        Line current = line;
        if (current == null || !current.isOpen()) {
            return;
        }
        try {
            ask(current, ECHO, settings.answerWithin());
        } catch (NoAnswerException e) {
            current.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        echoes.shutdownNow();
        connecting.lock();
        try {
            if (line != null) {
                line.close();
            }
        } finally {
            connecting.unlock();
        }
        retired.forEach(this::close);
    }
}
