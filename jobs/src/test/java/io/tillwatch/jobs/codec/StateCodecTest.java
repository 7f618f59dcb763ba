package io.tillwatch.jobs.codec;

import static io.tillwatch.jobs.given.Given.HOUR;
import static io.tillwatch.jobs.given.Given.SECOND;
import static io.tillwatch.jobs.given.Given.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.jobs.given.RandomValues;
import io.tillwatch.jobs.given.RandomValues.Optional;
import io.tillwatch.jobs.given.Seeds;
import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.ResponseCodes;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.duplicate.Lookalikes;
import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.FeedRecord;
import io.tillwatch.rules.fact.Settlement;
import io.tillwatch.rules.guard.Guard;
import io.tillwatch.rules.lifecycle.Changes;
import io.tillwatch.rules.lifecycle.Lifecycle;
import io.tillwatch.rules.lifecycle.Payment;
import io.tillwatch.rules.policy.Policies;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What stands in state: payments, lookalikes, guards. */
class StateCodecTest {

    private static final int VALUES = 300;
    private static final int OPEN_PAYMENT_BYTES_MAX = 400;

    @Test
    void readsThePaymentThatItWrote() {
        Packed<Payment.Memory> packed = new Packed<>(new PaymentCodec());
        long seed = Seeds.of("payments");
        for (Optional optional : Optional.values()) {
            RandomValues values = new RandomValues(seed, optional);
            for (int i = 0; i < VALUES; i++) {
                Payment.Memory memory = possible(values.of(Payment.Memory.class));
                assertThat(packed.value(packed.bytes(memory))).isEqualTo(memory);
            }
        }
    }

    /** No time is at the beginning of time, which stands for never. */
    private static Payment.Memory possible(Payment.Memory m) {
        return new Payment.Memory(
                m.facts(),
                m.alerts(),
                m.commands(),
                m.lastRecordAtMillis(),
                Math.max(m.closedAtMillis(), Long.MIN_VALUE + 1),
                Math.max(m.nextDeadlineMillis(), Long.MIN_VALUE + 1),
                m.waiting(),
                m.early(),
                m.foresight() == null
                        ? null
                        : new Payment.Foresight(
                                Math.max(m.foresight().nextDeadlineMillis(), Long.MIN_VALUE + 1),
                                Math.max(m.foresight().closedAtMillis(), Long.MIN_VALUE + 1),
                                m.foresight().policy()),
                m.wakeAtMillis());
    }

    @Test
    void readsTheLookalikesThatItWrote() {
        Packed<LookalikesCodec.Asleep> packed = new Packed<>(new LookalikesCodec());
        long seed = Seeds.of("lookalikes");
        for (Optional optional : Optional.values()) {
            RandomValues values = new RandomValues(seed, optional);
            for (int i = 0; i < VALUES; i++) {
                Lookalikes lookalikes = values.lookalikes();
                byte[] bytes = packed.bytes(new LookalikesCodec.Asleep(i, lookalikes));
                Lookalikes read = packed.value(bytes).lookalikes();
                assertThat(LookalikesCodec.wakeAtMillis(bytes)).isEqualTo(i);
                assertThat(read.signs()).isEqualTo(lookalikes.signs());
                assertThat(read.held()).isEqualTo(lookalikes.held());
                assertThat(read.judgedAtMillis()).isEqualTo(lookalikes.judgedAtMillis());
            }
        }
    }

    @Test
    void readsTheGuardThatItWrote() {
        Packed<Guard.Memory> packed = new Packed<>(new GuardCodec());
        long seed = Seeds.of("guards");
        for (Optional optional : Optional.values()) {
            RandomValues values = new RandomValues(seed, optional);
            for (int i = 0; i < VALUES; i++) {
                Guard.Memory memory = values.of(Guard.Memory.class);
                assertThat(packed.value(packed.bytes(memory))).isEqualTo(memory);
            }
        }
    }

    @Test
    void refusesStateOfALaterBuildAndSaysWhatToDo() {
        byte[] payment = new Packed<>(new PaymentCodec()).bytes(new Payment("p").memory());
        byte[] lookalikes = new Packed<>(new LookalikesCodec()).bytes(new LookalikesCodec.Asleep(0, new Lookalikes()));
        byte[] guard = new Packed<>(new GuardCodec()).bytes(new Guard("a").memory());
        for (byte[] bytes : List.of(payment, lookalikes, guard)) {
            assertThat(bytes[0]).isBetween((byte) 1, (byte) 2);
            bytes[0] = 9;
        }

        assertRefused(() -> new Packed<>(new PaymentCodec()).value(payment));
        assertRefused(() -> new Packed<>(new LookalikesCodec()).value(lookalikes));
        assertRefused(() -> new Packed<>(new GuardCodec()).value(guard));
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("state of version 9 was written by a later build")
                .hasMessageContaining("start that build again");
    }

    @Test
    void keepsATypicalOpenPaymentIn400Bytes() {
        Lifecycle lifecycle = new Lifecycle(ResponseCodes.DEFAULT, Policies.fixed(Map.of()), 0);
        Payment payment = new Payment(id("pay"));
        Authorization approved = new Authorization(
                common("evt-a", "00", T0),
                Authorization.Kind.SALE,
                Authorization.Status.APPROVED,
                Authorization.CaptureMode.SEPARATE,
                id("tok"),
                "A12345",
                "000017",
                "123456789012");
        Capture captured = new Capture(common("evt-c", null, T0 + HOUR), id("cap"), Capture.Status.ACCEPTED, true);
        Settlement rejected = new Settlement(
                common("evt-s", "91", T0 + 2 * HOUR), id("set"), id("cap"), Settlement.Status.REJECTED, 30, id("bat"));
        lifecycle.receive(payment, approved, T0 - 1, new Silence());
        lifecycle.receive(payment, captured, T0 + HOUR - 1, new Silence());
        lifecycle.receive(payment, rejected, T0 + 2 * HOUR - 1, new Silence());
        lifecycle.advance(payment, T0 + 2 * HOUR + SECOND, new Silence());

        byte[] bytes = new Packed<>(new PaymentCodec()).bytes(payment.memory());

        assertThat(payment.memory().facts().captures()).hasSize(1);
        assertThat(payment.memory().waiting())
                .as("nothing is due, so it was left asleep")
                .containsExactly(rejected);
        System.out.println("an open payment of three records takes " + bytes.length + " bytes");
        assertThat(bytes.length).isLessThanOrEqualTo(OPEN_PAYMENT_BYTES_MAX);
    }

    private static FeedRecord.Common common(String event, String code, long at) {
        return new FeedRecord.Common(
                id(event), id("pay"), at, at + SECOND / 2, id("acq"), id("mer"), id("ter"), 12_500, "GBP", code);
    }

    private static String id(String what) {
        return (what + "-00000000000000000001").substring(0, 20);
    }

    private static final class Silence implements Changes {
        @Override
        public void alert(Alert alert) {
            throw new AssertionError("nothing is wrong: " + alert);
        }

        @Override
        public void command(Command command) {
            throw new AssertionError("nothing is wrong: " + command);
        }

        @Override
        public void duplicateIgnored() {
            throw new AssertionError("nothing was redelivered");
        }

        @Override
        public void forgotten(boolean closed) {
            throw new AssertionError("nothing was forgotten");
        }
    }
}
