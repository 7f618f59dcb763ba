package io.tillwatch.notifier.webhook;

import io.tillwatch.notifier.config.WebhookSettings;
import io.tillwatch.notifier.monitor.DestinationMeters;
import io.tillwatch.notifier.notice.Notice;
import io.tillwatch.notifier.notice.NoticeGate;
import io.tillwatch.notifier.notice.Teller;
import io.tillwatch.notifier.outbound.Answer;
import io.tillwatch.notifier.outbound.Outbound;
import io.tillwatch.registry.Wire;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.serving.config.KafkaPart;
import io.tillwatch.serving.work.SteadyThread;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one webhook of every change that is for it, at least once and in the order of an alert's revisions. The topic is the
 * queue, and the offsets of a consumer group of its own say how far it has got: so nothing is lost while the topic keeps it, little
 * is in memory however long the destination is away, and no destination waits for another.
 */
public final class WebhookTeller implements Teller {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookTeller.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER_POLL = Duration.ofMillis(50);
    private static final Duration WAIT_MIN = Duration.ofMillis(200);
    private static final Duration WAIT_MAX = Duration.ofSeconds(15);
    private static final Duration END_WITHIN = Duration.ofSeconds(10);
    private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);
    private static final int RECORDS_A_POLL = 200;
    /** Of one partition; it is fetched again when half of them are told. */
    private static final int WAITING_MAX = 200;

    private final WebhookSettings settings;
    private final KafkaPart kafka;
    private final String groupId;
    private final EventWriter writer;
    private final DestinationMeters meters;
    private final Clock clock;
    private final Outbound outbound;
    private final NoticeGate gate;
    private final Map<TopicPartition, Lane> lanes = new HashMap<>();
    private final Semaphore answers = new Semaphore(0);
    private final SteadyThread thread;
    private volatile String problem = "it has not begun to read";
    private Instant committedAt = Instant.EPOCH;

    /** @param groupPrefix what the name of the consumer group begins with; the destination's name follows */
    public WebhookTeller(
            WebhookSettings settings,
            KafkaPart kafka,
            String groupPrefix,
            EventWriter writer,
            DestinationMeters meters,
            Clock clock) {
        this.settings = settings;
        this.kafka = kafka;
        this.gate = new NoticeGate(Wire.of(kafka.client()).reader(RecordType.ALERT));
        this.groupId = groupPrefix + "." + settings.name();
        this.writer = writer;
        this.meters = meters;
        this.clock = clock;
        this.outbound = new Outbound(
                settings.name(),
                settings.addresses(),
                settings.authorities(),
                settings.answerWithin(),
                settings.inFlightMax());
        this.thread = new SteadyThread(
                "webhook-" + settings.name(), WAIT_MIN, WAIT_MAX, END_WITHIN, this::read, this::failed);
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

    private void read() {
        lanes.clear();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerSettings())) {
            consumer.subscribe(List.of(kafka.topic(Topic.ALERTS)), new Turns(consumer));
            while (!thread.isClosing()) {
                turn(consumer);
            }
            commit(consumer, lanes.keySet());
        }
    }

    private void failed(RuntimeException e, Duration wait) {
        problem = "the alerts cannot be read: " + e.getClass().getSimpleName();
        LOG.warn("{}: {}; again in {}", settings.name(), problem, wait);
    }

    private Map<String, Object> consumerSettings() {
        Map<String, Object> all = new HashMap<>(kafka.client());
        all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        all.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // For offsets that the topic no longer has: what it still has is told. Where a new destination begins is said
        // below.
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_A_POLL);
        return all;
    }

    private void turn(KafkaConsumer<byte[], byte[]> consumer) {
        boolean waits = lanes.values().stream().anyMatch(Lane::isInFlight);
        if (waits) {
            awaitAnswer();
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(waits ? Duration.ZERO : POLL)) {
            lanes.computeIfAbsent(partition(record), none -> new Lane())
                    .add(new Lane.Waiting(record.offset(), notice(record)));
        }
        if (!consumer.assignment().isEmpty()) {
            problem = null;
            thread.wentWell();
        }
        Instant now = clock.instant();
        lanes.values().forEach(lane -> lane.answer().ifPresent(answer -> take(lane, answer, now)));
        send(now);
        hold(consumer);
        measure(consumer, now);
        if (!now.isBefore(committedAt.plus(COMMIT_EVERY))) {
            committedAt = now;
            commit(consumer, lanes.keySet());
        }
    }

    private void awaitAnswer() {
        try {
            if (answers.tryAcquire(ANSWER_POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                answers.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            thread.stop();
        }
    }

    private Optional<Notice> notice(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        NoticeGate.Admitted admitted = gate.admit(record.value());
        if (admitted instanceof NoticeGate.Admitted.PassedOver passed) {
            meters.passedOver();
            LOG.warn(
                    "{}: the record at partition {} offset {} is not told: {}",
                    settings.name(),
                    record.partition(),
                    record.offset(),
                    passed.reason());
            return Optional.empty();
        }
        Notice notice = ((NoticeGate.Admitted.In) admitted).notice();
        return Optional.of(notice).filter(settings.only()::tells);
    }

    private void send(Instant now) {
        long inFlight = lanes.values().stream().filter(Lane::isInFlight).count();
        for (Lane lane : lanes.values()) {
            Optional<Notice> next = inFlight < settings.inFlightMax() ? lane.next(now) : Optional.empty();
            if (next.isPresent()) {
                CompletableFuture<Answer> answer = post(next.get(), now);
                lane.sent(answer, now);
                inFlight++;
            }
        }
    }

    private CompletableFuture<Answer> post(Notice notice, Instant now) {
        byte[] body = writer.write(notice);
        String id = notice.eventId();
        long timestamp = now.getEpochSecond();
        String signatures = settings.secrets().stream()
                .map(secret -> secret.sign(id, timestamp, body))
                .collect(Collectors.joining(" "));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(timestamp));
        headers.put("webhook-signature", signatures);
        CompletableFuture<Answer> answer = outbound.post(settings.url(), EventWriter.CONTENT_TYPE, body, headers);
        CompletableFuture<Void> unused = answer.thenRun(answers::release);
        return answer;
    }

    private void take(Lane lane, Answer answer, Instant now) {
        meters.request(Duration.between(lane.sentAt(), now));
        switch (answerKind(answer)) {
            case TAKEN -> {
                if (meters.isDown()) {
                    LOG.info("{}: it takes what it is told again", settings.name());
                }
                meters.told(1);
                lane.done();
            }
            case REFUSED -> refused(lane, ((Answer.Refused) answer).status(), now);
            case UNAVAILABLE -> {
                Answer.Unavailable unavailable = (Answer.Unavailable) answer;
                if (!meters.isDown()) {
                    LOG.warn("{}: {}; what is for it waits in the topic", settings.name(), unavailable.reason());
                }
                meters.failed();
                lane.again(now.plus(pause(lane, unavailable.retryAfter())), false);
            }
        }
    }

    private enum Kind {
        TAKEN,
        REFUSED,
        UNAVAILABLE
    }

    private static Kind answerKind(Answer answer) {
        if (answer instanceof Answer.Taken) {
            return Kind.TAKEN;
        }
        return answer instanceof Answer.Refused ? Kind.REFUSED : Kind.UNAVAILABLE;
    }

    /** What is never taken must not hold up the rest for ever. */
    private void refused(Lane lane, int status, Instant now) {
        meters.failed();
        lane.again(now.plus(pause(lane, Optional.empty())), true);
        if (lane.refusals() >= settings.refusalsMax()) {
            LOG.warn(
                    "{}: event {} is given up: it was refused {} times, the last time with {}",
                    settings.name(),
                    lane.oldest().map(Notice::eventId).orElse(""),
                    lane.refusals(),
                    status);
            meters.givenUp();
            lane.done();
        }
    }

    private Duration pause(Lane lane, Optional<Duration> asked) {
        Duration own = Lane.pause(lane.failures() + 1, settings.backoffFirst(), settings.backoffMax());
        return asked.filter(one -> one.compareTo(own) > 0).orElse(own);
    }

    /** No more is fetched of a partition of which enough waits. */
    private void hold(KafkaConsumer<byte[], byte[]> consumer) {
        Set<TopicPartition> held = consumer.paused();
        lanes.forEach((partition, lane) -> {
            if (lane.size() >= WAITING_MAX && !held.contains(partition)) {
                consumer.pause(List.of(partition));
            } else if (lane.size() < WAITING_MAX / 2 && held.contains(partition)) {
                consumer.resume(List.of(partition));
            }
        });
    }

    private void measure(KafkaConsumer<byte[], byte[]> consumer, Instant now) {
        long behind = lanes.values().stream().mapToLong(Lane::size).sum();
        for (TopicPartition partition : consumer.assignment()) {
            behind += consumer.currentLag(partition).orElse(0);
        }
        meters.behind(behind);
        meters.oldest(lanes.values().stream()
                .flatMap(lane -> lane.oldest().stream())
                .map(notice -> Duration.between(notice.detectedAt(), now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO));
    }

    private void commit(KafkaConsumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> told = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Optional.ofNullable(lanes.get(partition))
                    .flatMap(Lane::progress)
                    .ifPresent(offset -> told.put(partition, new OffsetAndMetadata(offset)));
        }
        if (!told.isEmpty()) {
            consumer.commitSync(told);
        }
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    /** Partitions come and go when another instance of the notifier does. */
    private final class Turns implements ConsumerRebalanceListener {

        private final KafkaConsumer<byte[], byte[]> consumer;

        Turns(KafkaConsumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            commit(consumer, partitions);
            partitions.forEach(lanes::remove);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            partitions.forEach(lanes::remove);
        }

        /**
         * A destination that is new begins at the end, unless told otherwise, and that is written down at once: after a restart
         * it is not new, even if nothing was told. Partitions that are new to a known destination are read from their beginning.
         */
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            Set<TopicPartition> all = consumer.partitionsFor(kafka.topic(Topic.ALERTS)).stream()
                    .map(one -> new TopicPartition(one.topic(), one.partition()))
                    .collect(Collectors.toSet());
            Map<TopicPartition, OffsetAndMetadata> known = consumer.committed(all);
            boolean isNew = known.values().stream().noneMatch(offset -> offset != null);
            List<TopicPartition> first =
                    partitions.stream().filter(one -> known.get(one) == null).toList();
            if (first.isEmpty()) {
                return;
            }
            Map<TopicPartition, Long> from =
                    isNew && !settings.fromBeginning() ? consumer.endOffsets(first) : consumer.beginningOffsets(first);
            Map<TopicPartition, OffsetAndMetadata> begin = new HashMap<>();
            from.forEach((one, offset) -> {
                consumer.seek(one, offset);
                begin.put(one, new OffsetAndMetadata(offset));
            });
            consumer.commitSync(Collections.unmodifiableMap(begin));
        }
    }
}
