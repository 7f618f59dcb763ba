package io.tillwatch.cli.live;

import io.tillwatch.jobs.feed.FeedTypes;
import io.tillwatch.jobs.feed.Gate;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.feed.RecordOrigin;
import io.tillwatch.jobs.kafka.Keys;
import io.tillwatch.jobs.record.PolicyRecords;
import io.tillwatch.jobs.record.ResultRecords;
import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.ResponseCodes;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.duplicate.LookalikeKey;
import io.tillwatch.rules.duplicate.Lookalikes;
import io.tillwatch.rules.duplicate.Sign;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.lifecycle.Changes;
import io.tillwatch.rules.lifecycle.Lifecycle;
import io.tillwatch.rules.lifecycle.Payment;
import io.tillwatch.rules.policy.Policies;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.schemas.wire.RecordReader;
import io.tillwatch.schemas.wire.SingleObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the rules alone, without Flink, make of what stands in the feeds. */
final class Expected implements Changes {

    private final Map<String, io.tillwatch.schemas.record.Alert> alerts = new TreeMap<>();
    private final Map<String, io.tillwatch.schemas.record.Command> commands = new TreeMap<>();
    private final Set<String> suspicions = new TreeSet<>();

    private Expected() {}

    /** Reads the feeds and takes them up to some time after their last record. */
    static Expected of(String bootstrapServers, long afterLastMillis) {
        PolicyChange policy = PolicyRecords.change(Lives.policy());
        Policies policies = Policies.fixed(Map.of(policy.scope(), policy));
        List<PaymentEvent> events = new ArrayList<>();
        for (Feed feed : Feed.values()) {
            read(bootstrapServers, feed, events);
        }
        long asOf =
                events.stream().mapToLong(PaymentEvent::arrivedAtMillis).max().orElse(0) + afterLastMillis;
        Expected expected = new Expected();
        Lifecycle lifecycle = new Lifecycle(ResponseCodes.DEFAULT, policies, 0);
        Map<String, Payment> payments = new HashMap<>();
        Map<LookalikeKey, Lookalikes> lookalikes = new HashMap<>();
        for (PaymentEvent event : events) {
            Payment payment = payments.computeIfAbsent(event.paymentId(), Payment::new);
            lifecycle.receive(payment, event, Long.MIN_VALUE, expected);
            if (event instanceof Fact fact) {
                Sign.of(fact)
                        .ifPresent(sign -> lookalikes
                                .computeIfAbsent(sign.key(), key -> new Lookalikes())
                                .add(sign));
            }
        }
        payments.values().forEach(payment -> lifecycle.advance(payment, asOf, expected));
        lookalikes.values().forEach(l -> l.judge(asOf, policies, s -> expected.suspicions.add(row(s))));
        return expected;
    }

    private static void read(String bootstrapServers, Feed feed, List<PaymentEvent> events) {
        RecordReader<? extends SpecificRecordBase> reader =
                RecordReader.ofAny(List.of(new SingleObject()), FeedTypes.recordType(feed));
        for (ConsumerRecord<byte[], byte[]> record : TopicReader.all(bootstrapServers, FeedTypes.topic(feed))) {
            if (record.value() != null) {
                RecordOrigin origin = new RecordOrigin(feed, record.partition(), record.offset(), record.timestamp());
                Inbound inbound = Gate.admit(
                        origin,
                        Keys.text(record.key()),
                        record.key(),
                        record.value(),
                        () -> reader.read(record.value()));
                if (inbound.event() != null) {
                    events.add(inbound.event());
                }
            }
        }
    }

    /** The newest revision of each alert. */
    Map<String, io.tillwatch.schemas.record.Alert> alerts() {
        return alerts;
    }

    /** The last issue of each command. */
    Map<String, io.tillwatch.schemas.record.Command> commands() {
        return commands;
    }

    /** All suspicions found. */
    Set<String> suspicions() {
        return suspicions;
    }

    private static String row(Suspicion s) {
        return s.eventId() + " " + s.ofPaymentId() + " " + s.confidence();
    }

    @Override
    public void alert(Alert alert) {
        alerts.put(alert.alertId(), ResultRecords.alert(alert));
    }

    @Override
    public void command(Command command) {
        commands.put(command.commandId(), ResultRecords.command(command));
    }

    @Override
    public void duplicateIgnored() {
        // not compared
    }

    @Override
    public void forgotten(boolean closed) {
        // not compared
    }
}
