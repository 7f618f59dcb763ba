package io.tillwatch.cli.bench;

import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.json.JsonLines;
import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.AuthorizationKind;
import io.tillwatch.schemas.record.AuthorizationStatus;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.record.CaptureMode;
import io.tillwatch.schemas.record.CaptureStatus;
import io.tillwatch.schemas.record.Settlement;
import io.tillwatch.schemas.record.SettlementStatus;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.Random;
import org.apache.avro.specific.SpecificRecordBase;

/** Made-up payments of card sales: approved, captured within two hours, settled in the nights after. */
final class Traffic {

    private static final long FIRST_MILLIS =
            Instant.parse("2026-09-21T00:00:00Z").toEpochMilli();
    private static final int ACQUIRERS = 5;
    private static final int MERCHANTS = 2_000;
    private static final int TERMINALS = 4;
    private static final int CARDS = 400_000;

    private static final double NEVER_CAPTURED = 0.01;
    private static final double NEVER_SETTLED = 0.01;
    private static final double REPEATED = 0.005;
    private static final double WRONG_AMOUNT = 0.002;

    private final Random random;
    private final int payments;
    private final long spanMillis;
    private final PriorityQueue<Due> captures = new PriorityQueue<>();
    private final PriorityQueue<Due> settlements = new PriorityQueue<>();
    private Sale last;

    Traffic(long seed, int payments, Duration span) {
        this.random = new Random(seed);
        this.payments = payments;
        this.spanMillis = span.toMillis();
    }

    private record Sale(int number, long atMillis, int merchant, int terminal, int card, long amount, String rrn) {

        String paymentId() {
            return "p-" + number;
        }

        String acquirerId() {
            return "acq-" + merchant % ACQUIRERS;
        }

        String merchantId() {
            return "m-" + merchant;
        }

        String terminalId() {
            return "t-" + merchant + "-" + terminal;
        }
    }

    private record Due(long atMillis, Sale sale) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Integer.compare(sale.number, other.sale.number);
        }
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Lines<Authorization> authorizationLines = new Lines<>(folder, "authorizations", RecordType.AUTHORIZATION);
                Lines<Capture> captureLines = new Lines<>(folder, "captures", RecordType.CAPTURE);
                Lines<Settlement> settlementLines = new Lines<>(folder, "settlements", RecordType.SETTLEMENT)) {
            for (int number = 0; number < payments; number++) {
                Sale sale = next(number);
                plan(sale);
                writeDue(sale.atMillis(), captureLines, settlementLines);
                authorizationLines.write(authorization(sale));
            }
            writeDue(Long.MAX_VALUE, captureLines, settlementLines);
        }
    }

    /** The next sale in time, or one that repeats the last. */
    private Sale next(int number) {
        long at = FIRST_MILLIS + spanMillis * number / payments;
        if (last != null && random.nextDouble() < REPEATED) {
            return new Sale(
                    number,
                    Math.max(at, last.atMillis() + 1),
                    last.merchant(),
                    last.terminal(),
                    last.card(),
                    last.amount(),
                    last.rrn());
        }
        int merchant = random.nextInt(MERCHANTS);
        long amount = 100 + (long) (Math.exp(random.nextGaussian()) * 2_500);
        String rrn = String.format("%012d", number);
        last = new Sale(
                number,
                Math.max(at, last == null ? at : last.atMillis()),
                merchant,
                random.nextInt(TERMINALS),
                random.nextInt(CARDS),
                amount,
                rrn);
        return last;
    }

    private void plan(Sale sale) {
        double fate = random.nextDouble();
        long captureAt = sale.atMillis()
                + 1_000
                + (long) (random.nextDouble() * Duration.ofHours(2).toMillis());
        long settleAt = captureAt
                + Duration.ofHours(14).toMillis()
                + (long) (random.nextDouble() * Duration.ofHours(40).toMillis());
        if (fate >= NEVER_CAPTURED) {
            captures.add(new Due(captureAt, sale));
            if (fate >= NEVER_CAPTURED + NEVER_SETTLED) {
                settlements.add(new Due(settleAt, sale));
            }
        }
    }

    private void writeDue(long untilMillis, Lines<Capture> captureLines, Lines<Settlement> settlementLines)
            throws IOException {
        while (!captures.isEmpty() && captures.peek().atMillis() < untilMillis) {
            captureLines.write(capture(captures.poll()));
        }
        while (!settlements.isEmpty() && settlements.peek().atMillis() < untilMillis) {
            settlementLines.write(settlement(settlements.poll()));
        }
    }

    private static Authorization authorization(Sale s) {
        return Authorization.newBuilder()
                .setEventId("a-" + s.number())
                .setPaymentId(s.paymentId())
                .setOccurredAt(Instant.ofEpochMilli(s.atMillis()))
                .setAcquirerId(s.acquirerId())
                .setMerchantId(s.merchantId())
                .setTerminalId(s.terminalId())
                .setAmount(s.amount())
                .setCurrency("EUR")
                .setResponseCode("00")
                .setKind(AuthorizationKind.SALE)
                .setStatus(AuthorizationStatus.APPROVED)
                .setCaptureMode(CaptureMode.SEPARATE)
                .setCardToken("tok-" + s.card())
                .setAuthCode(String.format("%06d", s.number() % 1_000_000))
                .setStan(String.format("%06d", s.number() % 1_000_000))
                .setRrn(s.rrn())
                .build();
    }

    private static Capture capture(Due due) {
        Sale s = due.sale();
        return Capture.newBuilder()
                .setEventId("c-" + s.number())
                .setPaymentId(s.paymentId())
                .setOccurredAt(Instant.ofEpochMilli(due.atMillis()))
                .setAcquirerId(s.acquirerId())
                .setMerchantId(s.merchantId())
                .setTerminalId(s.terminalId())
                .setAmount(s.amount())
                .setCurrency("EUR")
                .setCaptureId("cap-" + s.number())
                .setStatus(CaptureStatus.ACCEPTED)
                .setLast(true)
                .build();
    }

    private Settlement settlement(Due due) {
        Sale s = due.sale();
        boolean wrong = random.nextDouble() < WRONG_AMOUNT;
        return Settlement.newBuilder()
                .setEventId("s-" + s.number())
                .setPaymentId(s.paymentId())
                .setOccurredAt(Instant.ofEpochMilli(due.atMillis()))
                .setAcquirerId(s.acquirerId())
                .setMerchantId(s.merchantId())
                .setTerminalId(s.terminalId())
                .setAmount(wrong ? s.amount() + 1 + random.nextInt(99) : s.amount())
                .setCurrency("EUR")
                .setSettlementId("set-" + s.number())
                .setCaptureId("cap-" + s.number())
                .setStatus(SettlementStatus.SETTLED)
                .setFee(s.amount() / 100)
                .setBatchId("b-" + due.atMillis() / Duration.ofDays(1).toMillis())
                .build();
    }

    /** A file of records. */
    private static final class Lines<T extends SpecificRecordBase> implements Closeable {

        private static final int BUFFER_BYTES = 256 * 1024;

        private final JsonLines<T> json;
        private final OutputStream out;

        Lines(Path folder, String name, RecordType<T> type) throws IOException {
            json = JsonLines.of(type);
            out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(name + ".jsonl")), BUFFER_BYTES);
        }

        void write(T record) throws IOException {
            out.write(json.write(record));
            out.write('\n');
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
