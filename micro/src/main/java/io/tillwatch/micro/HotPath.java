package io.tillwatch.micro;

import io.tillwatch.jobs.codec.Packed;
import io.tillwatch.jobs.codec.PaymentCodec;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.rules.alert.ResponseCodes;
import io.tillwatch.rules.catalogue.Assessment;
import io.tillwatch.rules.catalogue.Catalogue;
import io.tillwatch.rules.fact.Facts;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.lifecycle.Payment;
import io.tillwatch.rules.policy.Policy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is done for each record, one step at a time, on one payment that is always the same and always in the caches. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HotPath {

    private final OnePayment payment = new OnePayment();
    private final List<PaymentEvent> events = payment.events();
    private final Facts facts = payment.facts();
    private final Catalogue catalogue = new Catalogue(ResponseCodes.DEFAULT);
    private final Packed<Payment.Memory> packed = new Packed<>(new PaymentCodec());
    private final Payment.Memory memory = payment.after(events).memory();
    private final byte[] state = packed.bytes(memory);

    /** Avro, admission, a fact: the widest record. */
    @Benchmark
    public Inbound decodeAuthorization() {
        return payment.decodeAuthorization();
    }

    @Benchmark
    public Inbound decodeSettlement() {
        return payment.decodeSettlement();
    }

    /** Every rule, on a payment with three records. */
    @Benchmark
    public Assessment assess() {
        return catalogue.assess(payment.paymentId(), facts, Policy.DEFAULT, payment.clockMillis(), List.of());
    }

    /** A payment's whole life through the rules, three records, no state written. */
    @Benchmark
    public Payment lifecycleOfThreeRecords() {
        return payment.after(events);
    }

    @Benchmark
    public byte[] writeState() {
        return packed.bytes(memory);
    }

    @Benchmark
    public Payment.Memory readState() {
        return packed.value(state);
    }
}
