package io.tillwatch.traffic;

import io.tillwatch.jobs.feed.FeedTypes;
import io.tillwatch.jobs.feed.Gate;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.feed.RecordOrigin;
import io.tillwatch.jobs.record.PolicyRecords;
import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.duplicate.LookalikeKey;
import io.tillwatch.rules.duplicate.Lookalikes;
import io.tillwatch.rules.duplicate.Sign;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.FeedRecord;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.guard.Guard;
import io.tillwatch.rules.guard.Sound;
import io.tillwatch.rules.policy.Policies;
import io.tillwatch.rules.policy.Policy;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.schemas.wire.RecordReader;
import io.tillwatch.schemas.wire.SingleObject;
import io.tillwatch.testkit.Transcript;
import io.tillwatch.testkit.Watch;
import io.tillwatch.traffic.feed.Letter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecordBase;

/** All rules together as the jobs put them together, without Flink and without Kafka. */
final class Detector {

    private final Policies policies;
    private final Watch watch;
    private final Map<LookalikeKey, Lookalikes> lookalikes = new HashMap<>();
    private final Map<String, Guard> guards = new HashMap<>();
    private final TreeMap<Long, Map<String, Integer>> sounds = new TreeMap<>();
    private final Map<String, List<String>> deadLetters = new HashMap<>();
    private final Map<String, List<Alert>> scoped = new HashMap<>();
    private final Map<String, Integer> commandsSeen = new HashMap<>();
    private final Map<Feed, RecordReader<? extends SpecificRecordBase>> readers = new HashMap<>();
    private long clockMillis;

    Detector() {
        Map<String, PolicyChange> changes = Windows.policies().stream()
                .map(PolicyRecords::change)
                .collect(Collectors.toMap(PolicyChange::scope, Function.identity()));
        this.policies = Policies.fixed(changes);
        this.watch = new Watch(policies, 0);
        for (Feed feed : Feed.values()) {
            readers.put(feed, RecordReader.ofAny(List.of(new SingleObject()), FeedTypes.recordType(feed)));
        }
    }

    static List<String> problemsOfThePolicies() {
        return Windows.policies().stream()
                .flatMap(policy -> PolicyRecords.change(policy).problems().stream())
                .toList();
    }

    void read(Letter letter, long arrivedAtMillis) {
        Feed feed = Arrays.stream(Feed.values())
                .filter(f -> FeedTypes.topic(f) == letter.topic())
                .findFirst()
                .orElseThrow();
        Inbound inbound = Gate.admit(
                new RecordOrigin(feed, 0, 0, arrivedAtMillis),
                letter.paymentId(),
                letter.paymentId().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                letter.value(),
                () -> readers.get(feed).read(letter.value()));
        if (inbound.deadLetter() != null) {
            deadLetters
                    .computeIfAbsent(letter.paymentId(), p -> new ArrayList<>())
                    .add(inbound.deadLetter().refusal().code().name());
        }
        if (inbound.event() != null) {
            read(inbound.event());
        }
    }

    void read(PaymentEvent event) {
        watch.read(event, event.arrivedAtMillis() - 1);
        if (event instanceof Fact fact) {
            Sign.of(fact)
                    .ifPresent(sign -> lookalikes
                            .computeIfAbsent(sign.key(), key -> new Lookalikes())
                            .add(sign));
        }
        if (event instanceof FeedRecord record) {
            Sound sound = Sound.of(record);
            if (sound != null) {
                sounds.computeIfAbsent(sound.atMillis(), at -> new HashMap<>())
                        .merge(sound.acquirerId(), sound.kinds(), (a, b) -> a | b);
            }
        }
    }

    /** Lets the clock get there, and tells the commands that were made, as the guard lets them through. */
    void advanceTo(long millis, Consumer<Command> commands) {
        clockMillis = millis;
        List<Suspicion> found = new ArrayList<>();
        lookalikes.values().forEach(l -> l.judge(millis, policies, found::add));
        found.forEach(s -> watch.read(s, s.arrivedAtMillis() - 1));
        watch.advanceTo(millis);
        while (!sounds.isEmpty() && sounds.firstKey() <= millis) {
            var heard = sounds.pollFirstEntry();
            heard.getValue()
                    .forEach((acquirerId, kinds) ->
                            guard(acquirerId).hear(heard.getKey(), kinds, policies.of(acquirerId, null), this::tell));
        }
        watch.transcripts().forEach((paymentId, transcript) -> {
            List<Command> made = transcript.commands();
            for (int i = commandsSeen.getOrDefault(paymentId, 0); i < made.size(); i++) {
                commands.accept(guarded(made.get(i)));
            }
            commandsSeen.put(paymentId, made.size());
        });
    }

    private Command guarded(Command c) {
        String acquirerId = c.original().acquirerId();
        Policy policy = policies.of(acquirerId, c.original().merchantId());
        if (!c.automatic() || c.issue() > 1) {
            return c;
        }
        var reason = guard(acquirerId).holds(c, policies.of(acquirerId, null), this::tell);
        return reason == null ? c : Guard.hold(c, reason, policy);
    }

    private Guard guard(String acquirerId) {
        return guards.computeIfAbsent(acquirerId, Guard::new);
    }

    private void tell(Alert alert) {
        scoped.computeIfAbsent(alert.alertId(), id -> new ArrayList<>()).add(alert);
    }

    long clockMillis() {
        return clockMillis;
    }

    Transcript transcript(String paymentId) {
        return watch.transcript(paymentId);
    }

    List<String> deadLetters(String paymentId) {
        return deadLetters.getOrDefault(paymentId, List.of());
    }

    /** The alerts that are not about a payment. */
    Map<String, List<Alert>> scoped() {
        return scoped;
    }
}
