package io.tillwatch.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.broker.BrokerSettings;
import io.tillwatch.broker.KafkaBroker;
import io.tillwatch.broker.TopicAdmin;
import io.tillwatch.broker.TopicSpec;
import io.tillwatch.cli.Tillwatch;
import io.tillwatch.schemas.topic.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Timeout(120)
class DoctorIT {

    private static final int PARTITIONS = 2;

    @TempDir
    private static Path directory;

    private static KafkaBroker broker;
    private static TopicAdmin topics;

    @BeforeAll
    static void startBroker() {
        broker = new KafkaBroker(BrokerSettings.in(directory.resolve("kafka"))
                .withHeapMegabytes(256)
                .withQuickStart());
        broker.start();
        topics = new TopicAdmin(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        topics.close();
        broker.close();
    }

    private record Told(int exit, String out, String err) {}

    @Test
    void findsNothingToChangeWhereAllIsWell() {
        topics.create(specs("well.", Map.of(), Map.of()));
        pulse("well.");
        Told told = doctor("well.", "--all");
        assertThat(told.out()).doesNotContain("wrong ").contains("its clock is", "0 to be changed");
        assertThat(told.exit()).isZero();
    }

    @Test
    void saysThatThereAreNoTopicsAndHowToMakeThem() {
        Told told = doctor("none.");
        assertThat(told.exit()).isEqualTo(1);
        assertThat(told.out())
                .contains(
                        "wrong  none.alerts: is not there",
                        "./tillwatch topics --bootstrap " + broker.bootstrapServers() + " --topic-prefix none.",
                        Topic.values().length + " to be changed");
    }

    @Test
    void saysThatNoPulsesCome() {
        topics.create(specs("still.", Map.of(), Map.of()));
        Told told = doctor("still.");
        assertThat(told.exit()).isEqualTo(1);
        assertThat(told.out())
                .contains(
                        "still.captures: nothing came within 60 s in partitions [0, 1]",
                        "./tillwatch pulse --bootstrap ",
                        "5 to be changed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            captures       | message.timestamp.type | CreateTime    | LogAppendTime
            alerts         | cleanup.policy         | delete        | [compact,delete]
            policies       | cleanup.policy         | delete        | compact
            settlements    | retention.ms           | 3600000       | 604800000
            outcomes       | retention.ms           | 604800000     | 2592000000
            alerts         | max.message.bytes      | 1048576       | 2097152
            """)
    void findsASettingThatIsWrongAndSaysWhatSetsIt(String topic, String name, String value, String told)
            throws IOException {
        String prefix = "set-" + topic + "-" + name + ".";
        topics.create(specs(prefix, Map.of(topic, Map.of(name, value)), Map.of()));
        pulse(prefix);
        JsonNode only = only(doctor(prefix, "--json"));
        assertThat(only.path("subject").textValue()).isEqualTo(prefix + topic);
        assertThat(only.path("found").textValue()).isEqualTo(name + " is " + value);
        assertThat(only.path("remedy").textValue())
                .isEqualTo("kafka-configs.sh --bootstrap-server " + broker.bootstrapServers()
                        + " --alter --entity-type topics --entity-name " + prefix + topic + " --add-config " + name
                        + "=" + told);
    }

    @Test
    void findsAFeedWithFewerPartitionsThanTheOthers() throws IOException {
        topics.create(specs("few.", Map.of(), Map.of("reversals", 1)));
        pulse("few.");
        JsonNode only = only(doctor("few.", "--json"));
        assertThat(only.path("found").textValue()).isEqualTo("has 1 partition");
        assertThat(only.path("remedy").textValue()).endsWith("--alter --topic few.reversals --partitions 2");
    }

    @Test
    void findsPoliciesInMoreThanOneOrder() throws IOException {
        topics.create(specs("orders.", Map.of(), Map.of("policies", 3)));
        pulse("orders.");
        assertThat(only(doctor("orders.", "--json")).path("subject").textValue())
                .isEqualTo("orders.policies");
    }

    @Test
    void findsThatWhoeverComesMayWriteCommands() throws IOException {
        topics.create(specs("open.", Map.of(), Map.of()));
        pulse("open.");
        JsonNode told = new ObjectMapper()
                .readTree(doctor("open.", "--json", "--as", "responder").out());
        assertThat(StreamSupport.stream(told.path("findings").spliterator(), false)
                        .filter(finding -> !finding.path("good").booleanValue())
                        .map(finding -> finding.path("subject").textValue()))
                .contains("open.reversal-commands", "open.alerts")
                .doesNotContain("open.outcomes");
    }

    @Test
    void asksTheResponderAboutItsDatabaseAndAcquirers() throws IOException {
        topics.create(specs("whole.", Map.of(), Map.of()));
        pulse("whole.");
        Path config = directory.resolve("responder.yaml");
        Files.writeString(config, """
                kafka: {bootstrap: "127.0.0.1:1"}
                database: {url: "jdbc:postgresql://127.0.0.1:1/tillwatch"}
                acquirers: {"*": {adapter: simulated, endpoint: "http://127.0.0.1:1", answersInquiries: false}}
                """);
        Told told = doctor("whole.", "--responder", config.toString());
        assertThat(told.exit()).isEqualTo(1);
        assertThat(told.out()).contains("wrong  database: cannot be asked, SQL state 08001", "1 to be changed");
    }

    @Test
    void saysThatKafkaDoesNotAnswer() {
        Told told = run(
                "doctor",
                "--bootstrap",
                "127.0.0.1:1",
                "--kafka",
                "default.api.timeout.ms=500",
                "--kafka",
                "request.timeout.ms=500");
        assertThat(told.exit()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(told.err()).contains("Look whether Kafka is there");
    }

    @Test
    void saysAllThatIsWrongWithItsOptionsAtOnce() {
        Told told = run("doctor", "--bootstrap", "127.0.0.1:1", "--topic-prefix", "a b", "--pulse-within", "0");
        assertThat(told.exit()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(told.err()).contains("--topic-prefix", "--pulse-within");
    }

    private static JsonNode only(Told told) throws IOException {
        assertThat(told.exit()).as(told.out()).isEqualTo(1);
        JsonNode root = new ObjectMapper().readTree(told.out());
        List<JsonNode> wrong = StreamSupport.stream(root.path("findings").spliterator(), false)
                .filter(finding -> !finding.path("good").booleanValue())
                .toList();
        assertThat(wrong).hasSize(1);
        return wrong.get(0);
    }

    /** As {@code ./tillwatch topics} makes them, but for what is said. */
    private static List<TopicSpec> specs(
            String prefix, Map<String, Map<String, String>> settings, Map<String, Integer> partitions) {
        return Arrays.stream(Topic.values())
                .map(topic -> {
                    Map<String, String> config = new HashMap<>(topic.config());
                    config.putAll(settings.getOrDefault(topic.baseName(), Map.of()));
                    int usual = topic.defaultPartitions() == 1 ? 1 : PARTITIONS;
                    return new TopicSpec(topic.name(prefix), partitions.getOrDefault(topic.baseName(), usual), config);
                })
                .toList();
    }

    /** One in each partition of each feed. */
    private static void pulse(String prefix) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Topic topic : Topic.values()) {
                if (topic.pulsed()) {
                    producer.partitionsFor(topic.name(prefix))
                            .forEach(partition -> sent.add(producer.send(
                                    new ProducerRecord<>(topic.name(prefix), partition.partition(), null, null))));
                }
            }
            producer.flush();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("pulses are not written", e);
        }
    }

    private static Told doctor(String prefix, String... more) {
        List<String> args =
                new ArrayList<>(List.of("doctor", "--bootstrap", broker.bootstrapServers(), "--topic-prefix", prefix));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    private static Told run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Tillwatch.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int exit = line.execute(args);
        return new Told(exit, out.toString(), err.toString());
    }
}
