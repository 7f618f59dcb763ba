package io.tillwatch.acquirer.iso;

import com.solab.iso8583.IsoMessage;
import io.tillwatch.acquirer.fault.Faults;
import io.tillwatch.acquirer.fault.FaultyExchange;
import io.tillwatch.acquirer.fault.Strike;
import io.tillwatch.acquirer.journal.DurableLedger;
import io.tillwatch.acquirer.ledger.Action;
import io.tillwatch.acquirer.ledger.AttemptName;
import io.tillwatch.acquirer.ledger.Instruction;
import io.tillwatch.acquirer.ledger.PaymentView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** The ISO 8583 server, from its making to its closing. Nothing that a client sends ends it. */
public final class IsoSide implements AutoCloseable {

    private static final int BACKLOG = 50;

    private final DurableLedger ledger;
    private final Faults faults;
    private final FaultyExchange exchange;
    private final IsoCurrencies currencies;
    private final Map<String, String> acquirerByCode;
    private final IsoFormat format = new IsoFormat();
    private final IsoAnswers answers;
    private final ServerSocket server;
    private final Set<IsoConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicReference<IsoAnswer> latest = new AtomicReference<>();

    /**
     * Starts it.
     *
     * @param port 0 for any that is free
     * @param acquirerByCode the acquirerId of what stands in DE 32; what is not named is an acquirerId itself
     */
    public IsoSide(
            String host,
            int port,
            DurableLedger ledger,
            Faults faults,
            FaultyExchange exchange,
            IsoCurrencies currencies,
            Map<String, String> acquirerByCode) {
        this.ledger = ledger;
        this.faults = faults;
        this.exchange = exchange;
        this.currencies = currencies;
        this.acquirerByCode = Map.copyOf(acquirerByCode);
        this.answers = new IsoAnswers(format, currencies);
        try {
            this.server = new ServerSocket(port, BACKLOG, InetAddress.getByName(host));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port + " of " + host + ": give another", e);
        }
        start("iso-accept", this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                IsoConnection connection = new IsoConnection(socket);
                connections.add(connection);
                start("iso-read", () -> {
                    connection.read(this::take);
                    connections.remove(connection);
                });
            } catch (IOException e) {
                // Closed, or a client that was gone before it was accepted.
            }
        }
    }

    private void take(IsoConnection connection, byte[] frame) {
        Optional<IsoRequest> parsed = format.parse(frame).flatMap(IsoRequest::of);
        if (parsed.isEmpty()) {
            // There is nobody to answer.
            return;
        }
        IsoRequest request = parsed.get();
        if (request.request() == 0x0800) {
            manage(connection, request);
        } else if (!connection.isSignedOn()) {
            connection.close();
        } else if (request.field(7) == null || request.field(11) == null || request.field(32) == null) {
            send(connection, answers.code(request, IsoAnswers.FORMAT_ERROR));
        } else if (request.request() == 0x0600) {
            inquire(connection, request);
        } else {
            instruct(connection, request);
        }
    }

    private static void send(IsoConnection connection, IsoMessage message) {
        connection.send(message.writeData());
    }

    private void manage(IsoConnection connection, IsoRequest request) {
        String what = String.valueOf(request.field(70));
        boolean known = what.equals("001") || what.equals("301");
        if (what.equals("001")) {
            connection.signOn();
        }
        send(connection, answers.code(request, known ? IsoAnswers.DONE : IsoAnswers.FORMAT_ERROR));
    }

    private String acquirerId(IsoRequest request) {
        String code = request.field(32);
        return acquirerByCode.getOrDefault(code, code);
    }

    /** By its id, or by the references of DE 90, 37 and 42. */
    private Optional<String> payment(IsoRequest request, String acquirerId) {
        String given = request.own().get("p");
        if (given != null) {
            return Optional.of(given);
        }
        AttemptName attempt = request.attempt();
        return ledger.paymentOf(acquirerId, request.field(42), attempt.stan(), attempt.rrn());
    }

    private void inquire(IsoConnection connection, IsoRequest request) {
        String acquirerId = acquirerId(request);
        if (!ledger.tier(acquirerId).answersInquiries()) {
            send(connection, answers.code(request, IsoAnswers.UNSUPPORTED));
            return;
        }
        String paymentId = payment(request, acquirerId).orElse("");
        String key = request.own().get("k");
        Strike strike = faults.inquiry(acquirerId, paymentId + '\n' + key);
        exchange.run(
                strike,
                () -> {},
                () -> ledger.inquire(acquirerId, paymentId, request.captureId(), request.attempt(), key)
                        .thenApply(view -> new IsoAnswer(paymentId, answer(request, view))),
                new IsoReply(connection, answers, request, paymentId, latest));
    }

    private IsoMessage answer(IsoRequest request, Optional<PaymentView> view) {
        return view.map(known -> answers.view(request, known))
                .orElseGet(() -> answers.code(request, IsoAnswers.NOT_FOUND));
    }

    private void instruct(IsoConnection connection, IsoRequest request) {
        Optional<Instruction> asked = instruction(request);
        if (asked.isEmpty()) {
            send(connection, answers.code(request, IsoAnswers.FORMAT_ERROR));
            return;
        }
        Instruction instruction = asked.get();
        Strike strike = faults.instruction(instruction.acquirerId(), instruction.key(), 0);
        exchange.run(
                strike,
                () -> settleAhead(instruction),
                () -> ledger.instruct(instruction)
                        .thenApply(
                                outcome -> new IsoAnswer(instruction.paymentId(), answers.outcome(request, outcome))),
                new IsoReply(connection, answers, request, instruction.paymentId(), latest));
    }

    private void settleAhead(Instruction instruction) {
        if (instruction.action() == Action.REVERSE) {
            ledger.settleAhead(instruction.acquirerId(), instruction.paymentId(), instruction.captureId());
        }
    }

    /** Empty if something is missing or makes no sense. */
    private Optional<Instruction> instruction(IsoRequest request) {
        Optional<Action> action = request.action();
        String told = request.field(4);
        String number = request.field(49);
        if (action.isEmpty() || told == null || number == null) {
            return Optional.empty();
        }
        String acquirerId = acquirerId(request);
        String paymentId = payment(request, acquirerId).orElse("");
        String currency = IsoCurrencies.code(number, ledger.currency(acquirerId, paymentId));
        try {
            long amount = currencies.meant(Long.parseLong(told), currency);
            if (amount == 0) {
                return Optional.empty();
            }
            return Optional.of(new Instruction(
                    acquirerId,
                    request.key(),
                    action.get(),
                    paymentId,
                    request.captureId(),
                    action.get() == Action.ADJUST && request.debitsMerchant() ? -amount : amount,
                    currency,
                    request.attempt().stan(),
                    request.attempt().rrn()));
        } catch (ArithmeticException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
        connections.forEach(IsoConnection::close);
    }
}
