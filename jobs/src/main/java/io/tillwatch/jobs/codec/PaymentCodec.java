package io.tillwatch.jobs.codec;

import io.tillwatch.rules.fact.Facts;
import io.tillwatch.rules.fact.FeedRecord;
import io.tillwatch.rules.lifecycle.Payment;
import io.tillwatch.rules.lifecycle.Payment.EarlyAlert;
import java.io.IOException;
import java.util.List;

/** The memory of a payment, as it stands in state. */
public final class PaymentCodec implements Codec<Payment.Memory> {

    private static final int NO_FIRST = 0;

    private final CommandCodec commands = new CommandCodec();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Payment.Memory value, PackedOutput out) throws IOException {
        writeFacts(value.facts(), out);
        FactCodecs.writeList(value.alerts(), out, AlertCodec::writeState);
        FactCodecs.writeList(value.commands(), out, commands::write);
        out.writeLong(value.lastRecordAtMillis());
        writeTime(value.closedAtMillis(), out);
        writeTime(value.nextDeadlineMillis(), out);
        FactCodecs.writeList(value.waiting(), out, FactCodecs::writeEvent);
        FactCodecs.writeList(value.early(), out, PaymentCodec::writeEarly);
        writeTime(value.wakeAtMillis(), out);
    }

    @Override
    public Payment.Memory read(PackedInput in, int version) throws IOException {
        return new Payment.Memory(
                readFacts(in),
                FactCodecs.readList(in, AlertCodec::readState),
                FactCodecs.readList(in, i -> commands.read(i, 1)),
                in.readLong(),
                readTime(in),
                readTime(in),
                FactCodecs.readList(in, FactCodecs::readEvent),
                FactCodecs.readList(in, i -> new EarlyAlert(AlertCodec.readState(i), i.readLong())),
                readTime(in));
    }

    private static void writeEarly(EarlyAlert value, PackedOutput out) throws IOException {
        AlertCodec.writeState(value.told(), out);
        out.writeLong(value.atMillis());
    }

    private static void writeTime(long millis, PackedOutput out) throws IOException {
        out.writeLong(millis == Payment.NEVER ? Long.MIN_VALUE : millis);
    }

    private static long readTime(PackedInput in) throws IOException {
        long millis = in.readLong();
        return millis == Long.MIN_VALUE ? Payment.NEVER : millis;
    }

    static void writeFacts(Facts facts, PackedOutput out) throws IOException {
        FactCodecs.writeList(facts.authorizations(), out, FactCodecs::writeAuthorization);
        FactCodecs.writeList(facts.captures(), out, FactCodecs::writeCapture);
        FactCodecs.writeList(facts.settlements(), out, FactCodecs::writeSettlement);
        FactCodecs.writeList(facts.reversals(), out, FactCodecs::writeReversal);
        FactCodecs.writeList(facts.outcomes(), out, FactCodecs::writeOutcome);
        FactCodecs.writeList(facts.suspicions(), out, FactCodecs::writeSuspicion);
        out.writeByte(firstFeed(facts));
        out.writeBoolean(facts.tainted());
    }

    static Facts readFacts(PackedInput in) throws IOException {
        Facts f = new Facts(
                FactCodecs.readList(in, FactCodecs::readAuthorization),
                FactCodecs.readList(in, FactCodecs::readCapture),
                FactCodecs.readList(in, FactCodecs::readSettlement),
                FactCodecs.readList(in, FactCodecs::readReversal),
                FactCodecs.readList(in, FactCodecs::readOutcome),
                FactCodecs.readList(in, FactCodecs::readSuspicion),
                null,
                false);
        FeedRecord first = first(f, in.readByte());
        return new Facts(
                f.authorizations(),
                f.captures(),
                f.settlements(),
                f.reversals(),
                f.outcomes(),
                f.suspicions(),
                first,
                in.readBoolean());
    }

    /** Each list is in the order of arrival, so the feed is enough to say which record came first. */
    private static int firstFeed(Facts facts) {
        return facts.first() == null ? NO_FIRST : facts.first().feed().ordinal() + 1;
    }

    private static FeedRecord first(Facts facts, int feed) {
        if (feed == NO_FIRST) {
            return null;
        }
        List<? extends FeedRecord> records = switch (FactCodecs.FEEDS[feed - 1]) {
            case AUTHORIZATIONS -> facts.authorizations();
            case CAPTURES -> facts.captures();
            case SETTLEMENTS -> facts.settlements();
            case REVERSALS -> facts.reversals();
            case OUTCOMES, SUSPICIONS -> throw new IllegalStateException("a policy goes by the records of a feed");
        };
        return records.get(0);
    }
}
