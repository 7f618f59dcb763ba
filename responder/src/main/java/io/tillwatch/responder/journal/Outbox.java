package io.tillwatch.responder.journal;

import io.tillwatch.registry.Wire;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.Original;
import io.tillwatch.schemas.record.Outcome;
import io.tillwatch.schemas.record.OutcomeResult;
import io.tillwatch.schemas.record.Reversal;
import io.tillwatch.schemas.record.ReversalKind;
import io.tillwatch.schemas.record.ReversalStatus;
import io.tillwatch.schemas.wire.RecordWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What must still be told. A record goes in with the end state that it tells of, in one transaction, and is told at least
 * once; its identity is made of the commandId, so that whoever reads it twice notices.
 */
public final class Outbox {

    private static final int ID_LENGTH_MAX = 128;
    private static final int DETAIL_LENGTH_MAX = 1_024;
    private static final long ORIGINAL_AMOUNT_MAX = 1_000_000_000_000L;

    /** A record to be told. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
    public record Telling(long id, String topic, String key, byte[] value) {}

    private final RecordWriter<Outcome> outcomes;
    private final RecordWriter<Reversal> reversals;
    private final boolean publishReversals;

    Outbox(boolean publishReversals, Writings writings) {
        this.outcomes = writings.outcomes().writer(RecordType.OUTCOME);
        this.reversals = writings.reversals().writer(RecordType.REVERSAL);
        this.publishReversals = publishReversals;
    }

    /** How the two topics are written. */
    public record Writings(Wire.Writing outcomes, Wire.Writing reversals) {

        /** Without a registry. */
        public static Writings singleObject() {
            return new Writings(Wire.Writing.singleObject(), Wire.Writing.singleObject());
        }
    }

    /** What is told of an end: an outcome, and a reversal where there is one. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
    record Records(byte[] outcome, byte[] reversal) {}

    /** The records that tell of an end; the reversal is null where none is told. */
    Records records(Command command, End end, Instant at) {
        byte[] reversal = publishReversals ? reversal(command, end, at).orElse(null) : null;
        return new Records(outcome(command, end, at), reversal);
    }

    /** The oldest that were not told, at most this many. */
    public static List<Telling> untold(Handle handle, int max) {
        return handle.createQuery(
                        "SELECT id, topic, record_key, value FROM outbox WHERE told_at IS NULL ORDER BY id LIMIT :max")
                .bind("max", max)
                .map((row, context) -> new Telling(row.getLong(1), row.getString(2), row.getString(3), row.getBytes(4)))
                .list();
    }

    /** Marks what the broker has taken. */
    public static void told(Handle handle, List<Telling> tellings) {
        handle.createUpdate("UPDATE outbox SET told_at = clock_timestamp() WHERE id = ANY (:ids)")
                .bindArray("ids", Long.class, tellings.stream().map(Telling::id).toList())
                .execute();
    }

    private byte[] outcome(Command command, End end, Instant at) {
        Outcome outcome = Outcome.newBuilder()
                .setEventId(command.getCommandId() + ":outcome")
                .setCommandId(command.getCommandId())
                .setPaymentId(command.getPaymentId())
                .setOccurredAt(Instant.ofEpochMilli(at.toEpochMilli()))
                .setResult(end.result())
                // The sign of an ADJUST is the command's; an outcome says how much.
                .setAmount(Math.absExact(end.amount()))
                .setCurrency(command.getCurrency())
                .setCaptureId(command.getOriginal().getCaptureId())
                .setDetail(cut(end.detail()))
                .build();
        synchronized (outcomes) {
            return outcomes.write(outcome);
        }
    }

    private Optional<byte[]> reversal(Command command, End end, Instant at) {
        ReversalKind kind = kind(command.getAction());
        if (kind == null || end.result() != OutcomeResult.DONE || end.amount() <= 0) {
            return Optional.empty();
        }
        Original original = command.getOriginal();
        long originalAmount = end.originalAmount().orElse(command.getAmount());
        Reversal reversal = Reversal.newBuilder()
                .setEventId(shortId(command.getCommandId() + ":reversal"))
                .setPaymentId(command.getPaymentId())
                .setOccurredAt(Instant.ofEpochMilli(at.toEpochMilli()))
                .setAcquirerId(original.getAcquirerId())
                .setMerchantId(original.getMerchantId())
                .setTerminalId(original.getTerminalId())
                .setAmount(end.amount())
                .setCurrency(command.getCurrency())
                .setReversalId(shortId(command.getCommandId()))
                .setKind(kind)
                .setStatus(ReversalStatus.DONE)
                .setCaptureId(original.getCaptureId())
                .setCommandId(command.getCommandId())
                .setCardToken(original.getCardToken())
                .setOriginalAmount(originalAmount >= 1 && originalAmount <= ORIGINAL_AMOUNT_MAX ? originalAmount : null)
                .build();
        synchronized (reversals) {
            return Optional.of(reversals.write(reversal));
        }
    }

    private static ReversalKind kind(Action action) {
        return switch (action) {
            case REVERSE -> ReversalKind.REVERSAL;
            case REFUND -> ReversalKind.REFUND;
            case ADJUST, RETRY_CAPTURE, RETRY_SETTLEMENT -> null;
        };
    }

    /** Identities of reversals have 128 characters at most, and a commandId may have more. */
    private static String shortId(String id) {
        if (id.length() <= ID_LENGTH_MAX) {
            return id;
        }
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    private static String cut(String detail) {
        return detail == null || detail.length() <= DETAIL_LENGTH_MAX ? detail : detail.substring(0, DETAIL_LENGTH_MAX);
    }
}
