package io.tillwatch.jobs.lifecycle;

import io.tillwatch.jobs.codec.Packed;
import io.tillwatch.jobs.codec.PaymentCodec;
import io.tillwatch.jobs.guard.GuardInput;
import io.tillwatch.jobs.policy.BroadcastPolicies;
import io.tillwatch.jobs.wake.WakingOperator;
import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.alert.ResponseCodes;
import io.tillwatch.rules.command.Action;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.lifecycle.Changes;
import io.tillwatch.rules.lifecycle.Lifecycle;
import io.tillwatch.rules.lifecycle.Payment;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.util.OutputTag;

/** Keeps one {@link Payment} for each key: wakes it, hands it what arrived, tells what it says. */
final class LifecycleOperator extends WakingOperator<PaymentEvent, Alert> {

    private final OutputTag<GuardInput> commands;
    private final Duration earlyWithin;

    private transient Lifecycle lifecycle;
    private transient Packed<Payment.Memory> packed;
    private transient Told told;
    private transient ListState<Long> openPaymentsState;
    private transient ListState<Long> clockState;
    private transient long openPayments;
    private transient long reachedMillis;
    private transient long stateBytes;

    /** @param commands where commands go */
    LifecycleOperator(BroadcastPolicies policies, Duration earlyWithin, OutputTag<GuardInput> commands) {
        super("payment", policies);
        this.earlyWithin = earlyWithin;
        this.commands = commands;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        openPaymentsState =
                context.getOperatorStateStore().getListState(new ListStateDescriptor<>("openPayments", Types.LONG));
        openPayments = 0;
        for (long open : openPaymentsState.get()) {
            openPayments += open;
        }
        // After a restart Flink's own clock stands at the beginning of time until every feed was read on. A suspicion,
        // which the clock does not wait for, must not be taken at a time that its payment has passed already.
        clockState = context.getOperatorStateStore().getUnionListState(new ListStateDescriptor<>("clock", Types.LONG));
        reachedMillis = Long.MIN_VALUE;
        for (long reached : clockState.get()) {
            reachedMillis = Math.max(reachedMillis, reached);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        openPaymentsState.update(List.of(openPayments));
        clockState.update(List.of(reachedMillis));
    }

    @Override
    public void open() throws Exception {
        super.open();
        lifecycle = new Lifecycle(ResponseCodes.DEFAULT, policies().resolver(), earlyWithin.toMillis());
        packed = new Packed<>(new PaymentCodec());
        MetricGroup metrics = tillwatchMetrics();
        told = new Told(metrics);
        metrics.gauge("openPayments", () -> openPayments);
        metrics.gauge("paymentStateBytes", () -> stateBytes);
        findWakeUps();
    }

    @Override
    protected byte[] read(PaymentEvent event, String paymentId, byte[] before) {
        Payment payment = before == null ? new Payment(paymentId) : new Payment(paymentId, packed.value(before));
        reachedMillis = Math.max(reachedMillis, clockMillis());
        lifecycle.receive(payment, event, reachedMillis, told);
        if (before == null) {
            openPayments++;
        }
        return memory(payment);
    }

    @Override
    protected byte[] wake(long atMillis, String paymentId, byte[] before) {
        Payment payment = new Payment(paymentId, packed.value(before));
        reachedMillis = Math.max(reachedMillis, atMillis);
        lifecycle.advance(payment, atMillis, told);
        return memory(payment);
    }

    @Override
    protected long wakeAtMillis(byte[] kept) {
        return PaymentCodec.wakeAtMillis(kept, packed);
    }

    private byte[] memory(Payment payment) {
        if (payment.blank()) {
            openPayments--;
            return null;
        }
        byte[] bytes = packed.bytes(payment.memory());
        stateBytes = bytes.length;
        return bytes;
    }

    /** Passes on what a payment tells, and counts it. */
    private final class Told implements Changes {
        private final MetricGroup metrics;
        private final Counter duplicates;
        private final Counter closedForgotten;
        private final Counter openForgotten;
        private final Map<AlertType, Counter> alertsByType = new EnumMap<>(AlertType.class);
        private final Map<Action, Counter> commandsByAction = new EnumMap<>(Action.class);

        Told(MetricGroup metrics) {
            this.metrics = metrics;
            duplicates = metrics.counter("duplicatesIgnored");
            closedForgotten = metrics.counter("paymentsForgottenClosed");
            openForgotten = metrics.counter("paymentsForgottenOpen");
        }

        @Override
        public void alert(Alert alert) {
            alertsByType
                    .computeIfAbsent(
                            alert.type(),
                            t -> metrics.addGroup("type", t.name()).counter("alerts"))
                    .inc();
            tell(alert);
        }

        @Override
        public void command(Command command) {
            commandsByAction
                    .computeIfAbsent(
                            command.action(),
                            a -> metrics.addGroup("action", a.name()).counter("commands"))
                    .inc();
            tellAside(commands, new GuardInput.Ordered(command));
        }

        @Override
        public void duplicateIgnored() {
            duplicates.inc();
        }

        @Override
        public void forgotten(boolean closed) {
            (closed ? closedForgotten : openForgotten).inc();
        }
    }
}
