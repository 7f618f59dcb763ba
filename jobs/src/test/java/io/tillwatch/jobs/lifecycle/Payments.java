package io.tillwatch.jobs.lifecycle;

import io.tillwatch.jobs.codec.StreamCodec;
import io.tillwatch.jobs.given.Operator;
import io.tillwatch.jobs.given.Operator.Backend;
import io.tillwatch.jobs.guard.GuardInput;
import io.tillwatch.jobs.policy.BroadcastPolicies;
import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.policy.PolicyChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.util.OutputTag;

/** The payments' operator with what it said so far. */
final class Payments implements AutoCloseable {

    static final String STATE = "payment";

    private static final OutputTag<GuardInput> COMMANDS = new OutputTag<>("commands", StreamCodec.GUARD_INPUT_TYPE);

    private final Operator<PaymentEvent, Alert> operator;
    private final List<Alert> alerts = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();

    private Payments(Backend backend, List<PolicyChange> policies, Duration earlyWithin) {
        operator = new Operator<>(
                backend,
                new LifecycleOperator(new BroadcastPolicies(policies), earlyWithin, COMMANDS),
                PaymentEvent::paymentId,
                StreamCodec.EVENT_TYPE,
                StreamCodec.ALERT_TYPE,
                COMMANDS);
    }

    /** Under the default policy, nothing told early. */
    static Payments in(Backend backend) {
        return new Payments(backend, List.of(), Duration.ZERO);
    }

    static Payments in(Backend backend, PolicyChange... policies) {
        return new Payments(backend, List.of(policies), Duration.ZERO);
    }

    static Payments telling(Duration early, Backend backend) {
        return new Payments(backend, List.of(), early);
    }

    Payments read(PaymentEvent... events) {
        for (PaymentEvent event : events) {
            operator.read(event);
        }
        return listen();
    }

    Payments clock(long millis) {
        operator.clock(millis);
        return listen();
    }

    Payments policy(PolicyChange change) {
        operator.policy(change);
        return listen();
    }

    Payments restart() {
        operator.restart();
        return this;
    }

    Payments restart(int parallelism) {
        operator.restart(parallelism);
        return this;
    }

    Payments restartFrom(OperatorSubtaskState state) {
        operator.restartFrom(state);
        return this;
    }

    Operator<?, ?> operator() {
        return operator;
    }

    List<Alert> alerts() {
        return List.copyOf(alerts);
    }

    List<Command> commands() {
        return List.copyOf(commands);
    }

    /** Everything said, in order, alerts before commands: {@code ID revision RAISED amount when}. */
    List<String> rows() {
        List<String> rows = new ArrayList<>();
        alerts.forEach(a -> rows.add(row(a)));
        rows.addAll(commandRows());
        return rows;
    }

    /** The commands, one by one: {@code ID issue ISSUED amount approval when}. */
    List<String> commandRows() {
        return commands.stream()
                .map(c -> c.commandId()
                        + ' '
                        + c.issue()
                        + (c.withdrawn() ? " WITHDRAWN " : " ISSUED ")
                        + c.amount()
                        + ' '
                        + c.approval()
                        + ' '
                        + c.issuedAtMillis())
                .toList();
    }

    /** The last word on each alert and command. */
    List<String> lastWords() {
        TreeMap<String, Alert> lastAlerts = new TreeMap<>();
        alerts.forEach(a -> lastAlerts.merge(a.alertId(), a, (x, y) -> y.revision() > x.revision() ? y : x));
        List<String> rows = new ArrayList<>();
        lastAlerts.values().forEach(a -> rows.add(a.alertId() + (a.raised() ? " RAISED " : " CLEARED ") + a.amount()));
        rows.addAll(commandRows());
        return rows;
    }

    private static String row(Alert a) {
        return a.alertId()
                + ' '
                + a.revision()
                + (a.raised() ? " RAISED " : " CLEARED ")
                + a.amount()
                + ' '
                + a.detectedAtMillis();
    }

    long timers() {
        return operator.timers();
    }

    long keys() {
        return operator.keys(STATE);
    }

    private Payments listen() {
        alerts.addAll(operator.said());
        for (GuardInput input : operator.said(COMMANDS)) {
            commands.add(((GuardInput.Ordered) input).command());
        }
        return this;
    }

    @Override
    public void close() {
        operator.close();
    }
}
