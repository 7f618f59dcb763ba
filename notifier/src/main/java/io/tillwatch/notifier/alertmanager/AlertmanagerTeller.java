package io.tillwatch.notifier.alertmanager;

import io.tillwatch.notifier.config.AlertmanagerSettings;
import io.tillwatch.notifier.monitor.DestinationMeters;
import io.tillwatch.notifier.notice.NoticeGate;
import io.tillwatch.notifier.notice.Teller;
import io.tillwatch.notifier.outbound.AddressRule;
import io.tillwatch.notifier.outbound.Answer;
import io.tillwatch.notifier.outbound.Outbound;
import io.tillwatch.registry.Wire;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.serving.config.KafkaPart;
import io.tillwatch.serving.work.SteadyThread;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one Alertmanager told of the alerts that stand. It is told states, not changes: so there is nothing to remember but
 * the topic, which is read from its beginning at every start, and nobody is told before all that it holds is known.
 */
public final class AlertmanagerTeller implements Teller {

    private static final Logger LOG = LoggerFactory.getLogger(AlertmanagerTeller.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration WAIT_MIN = Duration.ofMillis(200);
    private static final Duration WAIT_MAX = Duration.ofSeconds(15);
    private static final Duration END_WITHIN = Duration.ofSeconds(10);
    private static final Duration LOOK_FOR_PARTITIONS = Duration.ofMinutes(1);
    private static final int RECORDS_A_POLL = 1_000;
    private static final int ALERTS_A_POST = 200;

    private final AlertmanagerSettings settings;
    private final KafkaPart kafka;
    private final DestinationMeters meters;
    private final Clock clock;
    private final Outbound outbound;
    private final Standing standing;
    private final NoticeGate gate;
    private final SteadyThread thread;
    private volatile String problem = "it has not begun to read";
    private Instant resendAt = Instant.EPOCH;
    private Instant notBefore = Instant.EPOCH;
    private Duration pause = WAIT_MIN;

    public AlertmanagerTeller(
            AlertmanagerSettings settings, KafkaPart kafka, PostedAlert words, DestinationMeters meters, Clock clock) {
        this.settings = settings;
        this.kafka = kafka;
        this.gate = new NoticeGate(Wire.of(kafka.client()).reader(RecordType.ALERT));
        this.meters = meters;
        this.clock = clock;
        this.standing = new Standing(words, settings.only(), settings.holdsFor());
        // Its URL is the operator's own, and most often an address of their own network.
        this.outbound =
                new Outbound(settings.name(), AddressRule.ANY, settings.authorities(), settings.answerWithin(), 1);
        this.thread = new SteadyThread(
                "alertmanager-" + settings.name(), WAIT_MIN, WAIT_MAX, END_WITHIN, this::read, this::failed);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public void close() {
        thread.close();
        outbound.close();
    }

    private void failed(RuntimeException e, Duration wait) {
        problem = "the alerts cannot be read: " + e.getClass().getSimpleName();
        LOG.warn("{}: {}; again in {}", settings.name(), problem, wait);
    }

    private void read() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerSettings())) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            catchUp(consumer);
            problem = null;
            thread.wentWell();
            Instant look = clock.instant().plus(LOOK_FOR_PARTITIONS);
            while (!thread.isClosing()) {
                take(consumer, standing.isWaiting() && isDue(clock.instant()) ? Duration.ZERO : POLL);
                tell(clock.instant());
                if (clock.instant().isAfter(look)) {
                    look = clock.instant().plus(LOOK_FOR_PARTITIONS);
                    if (partitions(consumer).size() != partitions.size()) {
                        return;
                    }
                }
            }
        }
    }

    private Map<String, Object> consumerSettings() {
        Map<String, Object> all = new HashMap<>(kafka.client());
        all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_A_POLL);
        return all;
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        String topic = kafka.topic(Topic.ALERTS);
        List<TopicPartition> partitions = consumer.listTopics().getOrDefault(topic, List.of()).stream()
                .map(one -> new TopicPartition(one.topic(), one.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("there is no topic " + topic
                    + ": create it with ./tillwatch topics, or configure another kafka.topicPrefix");
        }
        return partitions;
    }

    private void catchUp(KafkaConsumer<byte[], byte[]> consumer) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (!thread.isClosing()
                && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            take(consumer, POLL);
        }
    }

    /** Whether what is down may be asked again. */
    private boolean isDue(Instant now) {
        return !now.isBefore(notBefore);
    }

    private void take(KafkaConsumer<byte[], byte[]> consumer, Duration wait) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            if (record.value() == null) {
                standing.forget(new String(record.key(), StandardCharsets.UTF_8), clock.instant());
                continue;
            }
            NoticeGate.Admitted admitted = gate.admit(record.value());
            if (admitted instanceof NoticeGate.Admitted.In in) {
                standing.take(in.notice(), clock.instant());
            } else if (admitted instanceof NoticeGate.Admitted.PassedOver passed) {
                meters.passedOver();
                LOG.warn(
                        "{}: the record at partition {} offset {} is not told: {}",
                        settings.name(),
                        record.partition(),
                        record.offset(),
                        passed.reason());
            }
        }
        long behind = 0;
        for (TopicPartition partition : consumer.assignment()) {
            behind += consumer.currentLag(partition).orElse(0);
        }
        meters.behind(behind);
        meters.open(standing.open());
    }

    private void tell(Instant now) {
        if (!now.isBefore(resendAt)) {
            resendAt = now.plus(settings.resendEvery());
            standing.allAgain();
        }
        while (standing.isWaiting() && isDue(clock.instant()) && !thread.isClosing()) {
            Standing.Batch batch = standing.next(ALERTS_A_POST, clock.instant());
            Map<String, String> headers = settings.bearerToken()
                    .map(token -> Map.of("Authorization", "Bearer " + token))
                    .orElse(Map.of());
            Instant sentAt = clock.instant();
            Answer answer = outbound.post(
                            settings.api(), "application/json", batch.body().getBytes(StandardCharsets.UTF_8), headers)
                    .join();
            meters.request(Duration.between(sentAt, clock.instant()));
            came(batch, answer);
        }
        meters.oldest(
                standing.oldest().map(since -> Duration.between(since, now)).orElse(Duration.ZERO));
    }

    private void came(Standing.Batch batch, Answer answer) {
        if (answer instanceof Answer.Taken) {
            if (meters.isDown()) {
                LOG.info("{}: it takes what it is told again", settings.name());
            }
            meters.told(batch.size());
            standing.told(batch);
            pause = WAIT_MIN;
        } else if (answer instanceof Answer.Refused refused) {
            // Alertmanager takes what is well-formed of a post and refuses the rest; what stands is sent again anyway.
            LOG.warn("{}: it refused a post of {} alerts with {}", settings.name(), batch.size(), refused.status());
            meters.failed();
            meters.givenUp();
            standing.told(batch);
        } else if (answer instanceof Answer.Unavailable unavailable) {
            if (!meters.isDown()) {
                LOG.warn("{}: {}; it is told again", settings.name(), unavailable.reason());
            }
            meters.failed();
            notBefore = clock.instant().plus(pause);
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : longer;
        }
    }
}
