package io.tillwatch.jobs.lifecycle;

import io.tillwatch.jobs.codec.Packed;
import io.tillwatch.jobs.codec.PaymentCodec;
import io.tillwatch.jobs.guard.GuardInput;
import io.tillwatch.jobs.policy.BroadcastPolicies;
import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.alert.ResponseCodes;
import io.tillwatch.rules.command.Action;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.lifecycle.Changes;
import io.tillwatch.rules.lifecycle.Lifecycle;
import io.tillwatch.rules.lifecycle.Payment;
import io.tillwatch.rules.policy.PolicyChange;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keeps one {@link Payment} for each key: wakes it, hands it what arrived, tells what it says. It keeps at most one timer
 * for each payment that matters; a timer that was overtaken by an earlier one finds nothing to do.
 */
final class LifecycleFunction extends KeyedBroadcastProcessFunction<String, PaymentEvent, PolicyChange, Alert>
        implements CheckpointedFunction {

    private final OutputTag<GuardInput> commands;
    private final BroadcastPolicies policies;
    private final Duration earlyWithin;

    private transient Lifecycle lifecycle;
    private transient Packed<Payment.Memory> packed;
    private transient ValueState<byte[]> remembered;
    private transient Told told;
    private transient ListState<Long> openPaymentsState;
    private transient ListState<Long> clockState;
    private transient long openPayments;
    private transient long clockMillis;
    private transient long stateBytes;

    /** @param commands where commands go */
    LifecycleFunction(BroadcastPolicies policies, Duration earlyWithin, OutputTag<GuardInput> commands) {
        this.policies = policies;
        this.earlyWithin = earlyWithin;
        this.commands = commands;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        openPaymentsState =
                context.getOperatorStateStore().getListState(new ListStateDescriptor<>("openPayments", Types.LONG));
        for (long open : openPaymentsState.get()) {
            openPayments += open;
        }
        // After a restart Flink's own clock stands at the beginning of time until every feed was read on. A suspicion,
        // which the clock does not wait for, must not be taken at a time that its payment has passed already.
        clockState = context.getOperatorStateStore().getUnionListState(new ListStateDescriptor<>("clock", Types.LONG));
        clockMillis = Long.MIN_VALUE;
        for (long reached : clockState.get()) {
            clockMillis = Math.max(clockMillis, reached);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        openPaymentsState.update(List.of(openPayments));
        clockState.update(List.of(clockMillis));
    }

    @Override
    public void open(OpenContext context) {
        lifecycle = new Lifecycle(ResponseCodes.DEFAULT, policies.resolver(), earlyWithin.toMillis());
        packed = new Packed<>(new PaymentCodec());
        remembered = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("payment", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup("tillwatch");
        told = new Told(metrics);
        metrics.gauge("openPayments", () -> openPayments);
        metrics.gauge("paymentStateBytes", () -> stateBytes);
    }

    @Override
    public void processElement(PaymentEvent event, ReadOnlyContext context, Collector<Alert> out) throws Exception {
        policies.read(context.getBroadcastState(BroadcastPolicies.STATE));
        byte[] before = remembered.value();
        Payment payment = payment(event.paymentId(), before);
        long timer = payment.wakeAtMillis();
        told.to(context, out);
        clockMillis = Math.max(clockMillis, context.currentWatermark());
        lifecycle.receive(payment, event, clockMillis, told);
        remember(payment, before);
        if (payment.wakeAtMillis() < timer) {
            context.timerService().registerEventTimeTimer(payment.wakeAtMillis());
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out) throws Exception {
        if (context.currentWatermark() == Long.MAX_VALUE) {
            return; // the input has ended: that is no reason to think that time has passed
        }
        byte[] before = remembered.value();
        if (before == null) {
            return;
        }
        if (PaymentCodec.wakeAtMillis(before, packed) != timestamp) {
            return; // an earlier timer took its place
        }
        long due = PaymentCodec.dueAtMillis(before, packed);
        if (due > timestamp) {
            sleepOn(before, due, context);
            return;
        }
        policies.read(context.getBroadcastState(BroadcastPolicies.STATE));
        Payment payment = payment(context.getCurrentKey(), before);
        told.to(context, out);
        clockMillis = Math.max(clockMillis, timestamp);
        lifecycle.advance(payment, timestamp, told);
        remember(payment, before);
        if (payment.wakeAtMillis() != Payment.NEVER) {
            context.timerService().registerEventTimeTimer(payment.wakeAtMillis());
        }
    }

    @Override
    public void processBroadcastElement(PolicyChange change, Context context, Collector<Alert> out) throws Exception {
        policies.change(context.getBroadcastState(BroadcastPolicies.STATE), change);
    }

    /** A record that came after the timer was set has put off what it was set for. */
    private void sleepOn(byte[] before, long due, OnTimerContext context) throws Exception {
        remembered.update(PaymentCodec.asleepUntilDue(before));
        if (due != Payment.NEVER) {
            context.timerService().registerEventTimeTimer(due);
        }
    }

    private Payment payment(String paymentId, byte[] memory) {
        return memory == null ? new Payment(paymentId) : new Payment(paymentId, packed.value(memory));
    }

    private void remember(Payment payment, byte[] before) throws Exception {
        if (payment.blank()) {
            if (before != null) {
                remembered.clear();
                openPayments--;
            }
            return;
        }
        byte[] after = packed.bytes(payment.memory());
        remembered.update(after);
        stateBytes = after.length;
        if (before == null) {
            openPayments++;
        }
    }

    /** Passes on what a payment tells, and counts it. */
    private final class Told implements Changes {
        private final MetricGroup metrics;
        private final Counter duplicates;
        private final Counter closedForgotten;
        private final Counter openForgotten;
        private final Map<AlertType, Counter> alertsByType = new EnumMap<>(AlertType.class);
        private final Map<Action, Counter> commandsByAction = new EnumMap<>(Action.class);
        private ReadOnlyContext context;
        private Collector<Alert> out;

        Told(MetricGroup metrics) {
            this.metrics = metrics;
            duplicates = metrics.counter("duplicatesIgnored");
            closedForgotten = metrics.counter("paymentsForgottenClosed");
            openForgotten = metrics.counter("paymentsForgottenOpen");
        }

        void to(ReadOnlyContext nextContext, Collector<Alert> nextOut) {
            context = nextContext;
            out = nextOut;
        }

        @Override
        public void alert(Alert alert) {
            alertsByType
                    .computeIfAbsent(
                            alert.type(),
                            t -> metrics.addGroup("type", t.name()).counter("alerts"))
                    .inc();
            out.collect(alert);
        }

        @Override
        public void command(Command command) {
            commandsByAction
                    .computeIfAbsent(
                            command.action(),
                            a -> metrics.addGroup("action", a.name()).counter("commands"))
                    .inc();
            context.output(commands, new GuardInput.Ordered(command));
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
