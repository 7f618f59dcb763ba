package io.tillwatch.pulse;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a pulse (no key, no value, an empty header {@code pulse}) to each partition of each feed, from its start
 * until it is closed.
 *
 * <p>It stops rather than lies. A pulse says that the log has come this far, so it is worth something only when it is
 * new: one that Kafka does not take within {@link PulseSettings#deliverWithin()} is dropped, none waits for Kafka to
 * come back, and at most one a partition is under way. Partitions fail each for itself. Nothing here ends because
 * Kafka is away: the next round tries again.
 *
 * <p>How Kafka's client is set, and why: {@code linger.ms=0}, since waiting for company only ages a pulse.
 * {@code acks=1}: a reader sees no record before its copies have it, so a pulse that dies with its leader was never
 * seen, and the next one is half a second away; waiting for all copies would tie the clock to the slowest for nothing.
 * {@code retries=0}: the next round's pulse is worth more than this one again.
 * {@code max.in.flight.requests.per.connection=1}: what a frozen broker finds in its socket when it thaws is one
 * request.
 *
 * <p>Two writers on the same feeds do no harm: pulses carry nothing, and the broker orders and dates them.
 */
public final class PulseWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PulseWriter.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final PulseSettings settings;
    private final Producer<byte[], byte[]> producer;
    private final PulseRounds rounds;
    private final ScheduledExecutorService pulsing = Executors.newSingleThreadScheduledExecutor(daemon("pulses"));
    /** Of its own: asking for a topic that does not exist blocks, and must not keep the others' pulses waiting. */
    private final ScheduledExecutorService refreshing =
            Executors.newSingleThreadScheduledExecutor(daemon("pulse-partitions"));

    private final Set<String> missing = new TreeSet<>();
    private final Map<String, List<TopicPartition>> partitions = new ConcurrentHashMap<>();

    private PulseWriter(PulseSettings settings, Producer<byte[], byte[]> producer, Clock clock) {
        this.settings = settings;
        this.producer = producer;
        this.rounds = new PulseRounds(producer, clock);
    }

    /**
     * Starts pulsing; returns at once, whether Kafka can be reached or not.
     *
     * @param clientSettings Kafka's client settings: {@code bootstrap.servers} and, if need be, SASL and TLS. Those
     *     that this class promises by win over them
     * @param clock the wall clock, for {@link PulseCounts#lastWrittenMillis()} and the sender's time of a pulse
     * @throws KafkaException if the client settings are wrong in themselves
     */
    public static PulseWriter start(PulseSettings settings, Map<String, ?> clientSettings, Clock clock) {
        Producer<byte[], byte[]> producer = new KafkaProducer<>(
                producerSettings(settings, clientSettings), new ByteArraySerializer(), new ByteArraySerializer());
        PulseWriter writer = new PulseWriter(settings, producer, clock);
        writer.schedule();
        return writer;
    }

    public PulseCounts counts() {
        return rounds.counts(partitions.values().stream().mapToInt(List::size).sum());
    }

    /** Writes no more pulses once it has returned, which takes some seconds at the most. May be called again. */
    @Override
    public void close() {
        rounds.end();
        pulsing.shutdownNow();
        refreshing.shutdownNow();
        producer.close(CLOSE_WITHIN);
    }

    static Map<String, Object> producerSettings(PulseSettings settings, Map<String, ?> clientSettings) {
        int deliverMillis = Math.toIntExact(settings.deliverWithin().toMillis());
        Map<String, Object> producer = new HashMap<>(clientSettings);
        producer.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "tillwatch-pulse-writer");
        producer.put(ProducerConfig.ACKS_CONFIG, "1");
        producer.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        producer.put(ProducerConfig.RETRIES_CONFIG, 0);
        producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        producer.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        producer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliverMillis);
        // Shorter, so that the connection to a frozen broker is given up with its pulse, not after it.
        producer.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, deliverMillis * 3 / 4));
        producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, deliverMillis);
        producer.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        producer.put(
                ProducerConfig.METADATA_MAX_AGE_CONFIG, settings.refreshEvery().toMillis());
        producer.putIfAbsent(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        producer.putIfAbsent(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 2_000);
        producer.putIfAbsent(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, 5_000);
        // A pulse is a few bytes, and each partition under way takes a buffer of this size.
        producer.put(ProducerConfig.BATCH_SIZE_CONFIG, 512);
        return producer;
    }

    private void schedule() {
        // As often as pulses: what the producer knows costs nothing to ask, and it asks Kafka every refreshEvery.
        repeat(refreshing, settings.interval(), guarded("find partitions", this::refresh));
        repeat(pulsing, settings.interval(), guarded("pulse", this::pulse));
    }

    /** By delay, not by rate: after this process was frozen, missed rounds must not be made up for in a burst. */
    private static void repeat(ScheduledExecutorService executor, Duration every, Runnable task) {
        Future<?> unused = executor.scheduleWithFixedDelay(task, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void refresh() {
        for (String topic : settings.topics()) {
            partitions.put(topic, partitionsOf(topic));
        }
    }

    private void pulse() {
        partitions.values().forEach(rounds::pulse);
    }

    private List<TopicPartition> partitionsOf(String topic) {
        try {
            List<TopicPartition> found = producer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            if (missing.remove(topic)) {
                LOG.info("topic {} is found, with {} partitions", topic, found.size());
            }
            return found;
        } catch (InterruptException closing) {
            return partitions.getOrDefault(topic, List.of());
        } catch (KafkaException problem) {
            if (missing.add(topic)) {
                LOG.warn(
                        "topic {} cannot be pulsed, so the detectors' clock stands still: {}",
                        topic,
                        problem.toString());
            }
            return List.of();
        }
    }

    /** A scheduled task that throws is never run again. */
    private static Runnable guarded(String what, Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException problem) {
                if (!Thread.currentThread().isInterrupted()) {
                    LOG.error("cannot {}; goes on with the next round", what, problem);
                }
            }
        };
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
