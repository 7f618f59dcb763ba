package io.tillwatch.jobs.codec;

import io.tillwatch.rules.alert.AlertState;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.Facts;
import io.tillwatch.rules.fact.FeedRecord;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.lifecycle.Payment;
import io.tillwatch.rules.lifecycle.Payment.EarlyAlert;
import java.io.IOException;
import java.util.List;

/**
 * The memory of a payment, as it stands in state. It begins with the time at which it is woken: most wake-ups find nothing to
 * do but to go on sleeping, and need not read more than that.
 */
public final class PaymentCodec implements Codec<Payment.Memory> {

    private static final int NO_FIRST = 0;

    private final CommandCodec commands = new CommandCodec();

    @Override
    public int version() {
        return 2;
    }

    /** When the owner of the payment with this state must wake it, or {@link Payment#NEVER}. */
    public static long wakeAtMillis(byte[] state, Packed<Payment.Memory> packed) {
        return state[0] == 1 ? packed.value(state).wakeAtMillis() : Packed.firstLong(state);
    }

    @Override
    public void write(Payment.Memory value, PackedOutput out) throws IOException {
        out.writeFixedLong(value.wakeAtMillis());
        writeFacts(value.facts(), out);
        FactCodecs.writeList(value.alerts(), out, AlertCodec::writeState);
        FactCodecs.writeList(value.commands(), out, commands::write);
        out.writeLong(value.lastRecordAtMillis());
        writeTime(value.closedAtMillis(), out);
        writeTime(value.nextDeadlineMillis(), out);
        FactCodecs.writeList(value.waiting(), out, FactCodecs::writeEvent);
        FactCodecs.writeList(value.early(), out, PaymentCodec::writeEarly);
        Payment.Foresight foresight = value.foresight();
        out.writeBoolean(foresight != null);
        if (foresight != null) {
            writeTime(foresight.nextDeadlineMillis(), out);
            writeTime(foresight.closedAtMillis(), out);
            out.writeFixedInt(foresight.policy());
        }
    }

    @Override
    public Payment.Memory read(PackedInput in, int version) throws IOException {
        boolean first = version == 1;
        long wakeAt = first ? Payment.NEVER : in.readFixedLong();
        Facts facts = readFacts(in);
        List<AlertState> alerts = FactCodecs.readList(in, AlertCodec::readState);
        List<Command> ordered = FactCodecs.readList(in, i -> commands.read(i, 1));
        long lastRecordAt = in.readLong();
        long closedAt = first ? readTimeOfVersion1(in) : readTime(in);
        long nextDeadline = first ? readTimeOfVersion1(in) : readTime(in);
        List<PaymentEvent> waiting = FactCodecs.readList(in, FactCodecs::readEvent);
        List<EarlyAlert> early = FactCodecs.readList(in, i -> new EarlyAlert(AlertCodec.readState(i), i.readLong()));
        if (first) {
            wakeAt = readTimeOfVersion1(in);
        }
        Payment.Foresight foresight = !first && in.readBoolean()
                ? new Payment.Foresight(readTime(in), readTime(in), in.readFixedInt())
                : null;
        return new Payment.Memory(
                facts, alerts, ordered, lastRecordAt, closedAt, nextDeadline, waiting, early, foresight, wakeAt);
    }

    private static void writeEarly(EarlyAlert value, PackedOutput out) throws IOException {
        AlertCodec.writeState(value.told(), out);
        out.writeLong(value.atMillis());
    }

    /** Never in one byte, for most payments have a time that never comes. */
    private static void writeTime(long millis, PackedOutput out) throws IOException {
        out.writeLong(millis == Payment.NEVER ? 0 : millis < 0 ? millis : millis + 1);
    }

    private static long readTime(PackedInput in) throws IOException {
        long written = in.readLong();
        return written == 0 ? Payment.NEVER : written < 0 ? written : written - 1;
    }

    private static long readTimeOfVersion1(PackedInput in) throws IOException {
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
