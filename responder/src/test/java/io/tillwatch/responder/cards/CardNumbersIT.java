package io.tillwatch.responder.cards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.broker.BrokerSettings;
import io.tillwatch.broker.KafkaBroker;
import io.tillwatch.broker.TopicAdmin;
import io.tillwatch.broker.TopicSpec;
import io.tillwatch.postgres.PostgresServer;
import io.tillwatch.postgres.PostgresSettings;
import io.tillwatch.responder.ResponderMain;
import io.tillwatch.responder.api.NewToken;
import io.tillwatch.responder.given.Commands;
import io.tillwatch.responder.http.PlantingHttpAcquirer;
import io.tillwatch.responder.iso8583.PlantingAcquirer;
import io.tillwatch.responder.people.Ref;
import io.tillwatch.responder.people.Samples;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.topic.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Held: card numbers where none belong. They are planted in every text of both command topics and of the topic of alerts, in
 * everything that a request to the API has, and in every part of an acquirer's answers over HTTP and ISO 8583; then all that
 * the responder leaves behind is looked through: every column of every table, the database's and the broker's files, and what
 * every process printed.
 */
class CardNumbersIT {

    /** The public test numbers of card schemes. */
    private static final List<String> TYPED = List.of("4111111111111111", "5500 0055 5555 5559", "3782-822463-10005");

    private static final List<String> TYPED_BY_PEOPLE =
            List.of("4111.1111.1111.1111", "\uff14\uff11\uff11\uff11 1111 1111 1111");
    private static final String HTTP = "6011111111111117";
    private static final String HTTP_SEPARATED = "6011-0009-9013-9424";
    private static final String ISO = "378734493671000";
    private static final Pattern LISTENS = Pattern.compile("the API listens at (http://[0-9.:]+)");
    private static final String TOKEN = "token-of-a-card";
    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final List<String> planted = new ArrayList<>(TYPED);
    private final CardScan scan;
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private URI api;

    CardNumbersIT() {
        planted.addAll(List.of(HTTP, HTTP_SEPARATED, ISO));
        scan = new CardScan(planted);
    }

    @Test
    void keepsNoCardNumberInAnyTableTopicOrLog() throws Exception {
        try (KafkaBroker broker = new KafkaBroker(
                        BrokerSettings.in(directory.resolve("kafka")).withQuickStart());
                PostgresServer postgres = new PostgresServer(PostgresSettings.in(directory.resolve("postgres")));
                PlantingHttpAcquirer http = new PlantingHttpAcquirer(HTTP);
                PlantingHttpAcquirer separated = new PlantingHttpAcquirer(HTTP_SEPARATED);
                PlantingAcquirer iso = new PlantingAcquirer(ISO)) {
            broker.start();
            postgres.start();
            try (TopicAdmin admin = new TopicAdmin(broker.bootstrapServers())) {
                admin.create(Arrays.stream(Topic.values())
                        .map(topic -> new TopicSpec(topic.name(Topic.DEFAULT_PREFIX), 1, Map.of()))
                        .toList());
            }
            Process responder = start(configuration(broker, postgres, http, separated, iso));
            try {
                api = URI.create(printed(LISTENS, responder));
                Jdbi jdbi = Jdbi.create(postgres.jdbcUrl());
                plantInTopics(broker, jdbi);
                plantInAnswers(broker, jdbi);
                plantInRequests(broker);
                assertThat(scan.cleanDatabase(jdbi)).isGreaterThan(1_000);
                jdbi.useHandle(handle -> handle.execute("CHECKPOINT"));
            } finally {
                end(responder);
            }
        }
        assertThat(scan.findsIn(directory.resolve("kafka"), CardNumbersIT::isInput))
                .as("what was planted is found where it was planted")
                .isTrue();
        assertThat(scan.cleanFiles(directory, file -> isInput(file) || isConfiguration(file)))
                .isGreaterThan(1_000_000);
        assertThat(Files.readString(log())).doesNotContain(TOKEN);
    }

    /** What others wrote stands in these topics' own files, and was never the responder's to change. */
    private static boolean isInput(Path file) {
        return List.of(Topic.REVERSAL_COMMANDS, Topic.RETRY_COMMANDS, Topic.ALERTS).stream()
                .anyMatch(topic ->
                        file.getParent().getFileName().toString().equals(topic.name(Topic.DEFAULT_PREFIX) + "-0"));
    }

    private static boolean isConfiguration(Path file) {
        return file.endsWith("responder.yaml");
    }

    private void plantInTopics(KafkaBroker broker, Jdbi jdbi) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(broker)) {
            TopicPlants plants = new TopicPlants(producer, TYPED);
            plants.plantAll();
            producer.flush();
            await("each command is refused with its code", () -> refused(jdbi).equals(plants.refusedCommands()));
            await(
                    "each alert is passed over",
                    () -> get("/metrics").contains("tillwatch_alerts_unreadable " + plants.refusedAlerts() + ".0"));
        }
    }

    /** How many records were refused by code, as the audit says. */
    private static Map<String, Integer> refused(Jdbi jdbi) {
        Map<String, Integer> byCode = new TreeMap<>();
        jdbi.useHandle(handle -> handle.createQuery("SELECT key, sum(value::int) FROM audit, jsonb_each_text(detail)"
                        + " WHERE verb = 'REFUSED_RECORDS' AND key LIKE 'error %' GROUP BY key")
                .map((row, context) -> byCode.put(row.getString(1).substring("error ".length()), row.getInt(2)))
                .list());
        return byCode;
    }

    private void plantInAnswers(KafkaBroker broker, Jdbi jdbi) throws Exception {
        List<String> payments = acquirers();
        try (KafkaProducer<byte[], byte[]> producer = producer(broker)) {
            TopicPlants topics = new TopicPlants(producer, List.of());
            payments.forEach(
                    payment -> topics.send(Topic.REVERSAL_COMMANDS, payment, RecordType.COMMAND, automatic(payment)));
            producer.flush();
        }
        await(
                "each command ends, and that is told",
                () -> count(jdbi, "SELECT count(*) FROM outbox WHERE topic = 'outcomes' AND told_at IS NOT NULL")
                        == payments.size());
        Map<String, String> ends = new TreeMap<>();
        jdbi.useHandle(handle -> handle.createQuery("SELECT payment_id, state FROM command")
                .map((row, context) -> ends.put(row.getString(1), row.getString(2)))
                .list());
        for (String prefix : List.of("http", "separated", "iso")) {
            assertThat(ends).containsEntry(prefix + "-REFERENCE", "DONE");
            assertThat(ends).containsEntry(prefix + "-EFFECT_REFERENCE", "DONE");
            assertThat(ends).containsEntry(prefix + "-EFFECT_AMOUNT", "ESCALATED");
        }
        assertThat(ends).containsEntry("http-DECLINE", "ESCALATED").containsEntry("separated-DECLINE", "ESCALATED");
    }

    private static Command automatic(String payment) {
        return Commands.command(payment, "AUTHORIZATION_UNANSWERED:e-1", Action.REVERSE)
                .setOriginal(Commands.original()
                        .setAcquirerId(payment)
                        .setCardToken(TOKEN)
                        .build())
                .build();
    }

    private void plantInRequests(KafkaBroker broker) throws Exception {
        Command waits = Samples.required("waits", 12_500).build();
        try (KafkaProducer<byte[], byte[]> producer = producer(broker)) {
            TopicPlants topics = new TopicPlants(producer, List.of());
            topics.send(Topic.REVERSAL_COMMANDS, "waits", RecordType.COMMAND, waits);
        }
        String ref = Ref.of(waits.getCommandId());
        await(
                "its case is open",
                () -> json("/api/v1/commands/" + ref).at("/command/caseId").asLong() > 0);
        String caseId = json("/api/v1/commands/" + ref).at("/command/caseId").asText();
        ApiPlants plants = new ApiPlants(api, tokens, ref, caseId, scan);
        List<String> numbers = new ArrayList<>(TYPED);
        numbers.addAll(TYPED_BY_PEOPLE);
        plants.plantAll(numbers);
        assertThat(plants.said()).isGreaterThan(300);
    }

    private static List<String> acquirers() {
        List<String> names = new ArrayList<>();
        for (PlantingHttpAcquirer.Plant plant : PlantingHttpAcquirer.Plant.values()) {
            names.add("http-" + plant);
            names.add("separated-" + plant);
        }
        for (PlantingAcquirer.Plant plant : PlantingAcquirer.Plant.values()) {
            names.add("iso-" + plant);
        }
        return names;
    }

    /** Each planted answer from an acquirer of its own, so that none is left alone for another's nonsense. */
    private Path configuration(
            KafkaBroker broker,
            PostgresServer postgres,
            PlantingHttpAcquirer http,
            PlantingHttpAcquirer separated,
            PlantingAcquirer iso)
            throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "kafka: {bootstrap: \"" + broker.bootstrapServers() + "\"}",
                "database: {url: \"" + postgres.jdbcUrl() + "\"}",
                "api:",
                "  port: 0",
                "  failedSignInsPerMinute: 1000",
                "  tokens:"));
        for (String role : List.of("ADMIN", "APPROVER")) {
            NewToken token = NewToken.make(new SecureRandom());
            tokens.put(role, token.token());
            lines.add("    - {person: " + role.toLowerCase(java.util.Locale.ROOT) + ", roles: [" + role + "], sha256: "
                    + token.sha256() + "}");
        }
        lines.add("acquirers:");
        String quick = ", timeout: PT2S, attemptsMax: 2, backoffFirst: PT0.05S, backoffMax: PT0.05S}";
        for (String name : acquirers()) {
            String adapter;
            if (name.startsWith("iso-")) {
                adapter = "{adapter: iso8583, host: 127.0.0.1, port: " + iso.port() + ", iso8583: {acquirerCode: acq}";
            } else {
                int port = name.startsWith("http-") ? http.port() : separated.port();
                adapter = "{adapter: http, endpoint: \"http://127.0.0.1:" + port + "\"";
            }
            lines.add("  " + name + ": " + adapter + quick);
        }
        return Files.write(directory.resolve("responder.yaml"), lines);
    }

    private Path log() {
        return directory.resolve("responder.log");
    }

    private Process start(Path configuration) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ResponderMain.class.getName(),
                        "--config",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
    }

    private static void end(Process responder) throws InterruptedException {
        responder.destroy();
        if (!responder.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            responder.destroyForcibly().waitFor();
        }
    }

    private String printed(Pattern pattern, Process process) throws Exception {
        Matcher[] found = new Matcher[1];
        await("the responder is up", () -> {
            assertThat(process.isAlive()).as(Files.readString(log())).isTrue();
            found[0] = pattern.matcher(Files.readString(log()));
            return found[0].find();
        });
        return found[0].group(1);
    }

    private JsonNode json(String path) throws Exception {
        return new ObjectMapper().readTree(get(path));
    }

    private String get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(api.resolve(path))
                .header("Authorization", "Bearer " + tokens.get("ADMIN"))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static long count(Jdbi jdbi, String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private static KafkaProducer<byte[], byte[]> producer(KafkaBroker broker) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            assertThat(System.nanoTime() - start).as(what).isLessThan(WITHIN.toNanos());
            Thread.onSpinWait();
        }
    }
}
