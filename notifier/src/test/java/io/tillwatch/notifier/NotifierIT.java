package io.tillwatch.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.notifier.config.NotifierSettings;
import io.tillwatch.notifier.given.Alerts;
import io.tillwatch.notifier.given.Await;
import io.tillwatch.notifier.given.Program;
import io.tillwatch.notifier.given.Receiver;
import io.tillwatch.notifier.given.Topics;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.serving.config.KafkaPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** All of it, from its configuration to its metrics. */
@ExtendWith(Topics.class)
class NotifierIT {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(tillwatch_notifier_[a-z_]+)`");
    private static final Pattern OWN_METRIC = Pattern.compile("(?m)^(tillwatch_notifier_[a-z_]+)[{ ]");

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void tellsWhomItsConfigurationNamesAndSaysHowItFares(Topics.Given topics, @TempDir Path directory)
            throws IOException, InterruptedException {
        KafkaPart kafka = topics.newTopic();
        try (Receiver receiver = new Receiver()) {
            Path file = Files.writeString(directory.resolve("notifier.yaml"), """
                    kafka: {bootstrap: "%s", topicPrefix: %s, groupId: notifier-it}
                    monitor: {port: 0}
                    webhooks:
                      - name: corner-shop
                        url: %s
                        secrets: [{variable: SHOP_SECRET}]
                        allowHttp: true
                        allowPrivate: true
                        from: BEGINNING
                        only: {merchants: [m-1]}
                    """.formatted(
                            kafka.client().get("bootstrap.servers"), kafka.topicPrefix(), receiver.url()));
            NotifierSettings.Result result = NotifierSettings.read(file, Map.of("SHOP_SECRET", SECRET));
            assertThat(result).isInstanceOf(NotifierSettings.Result.Good.class);
            topics.write(kafka, Alerts.raised("p-1", 1).setMerchantId("m-2").build());
            topics.write(kafka, Alerts.raised("p-2", 1).build());
            try (Notifier notifier =
                    new Notifier(((NotifierSettings.Result.Good) result).settings(), Clock.systemUTC())) {
                notifier.start();
                Await.until("one is told", () -> receiver.taken().size() == 1);
                Await.until(
                        "it is ready",
                        () -> get(notifier.monitorPort(), "/health/ready").statusCode() == 200);
                String told = "tillwatch_notifier_events_total{destination=\"corner-shop\",result=\"told\"} 1.0";
                Await.until(
                        "it counts what it told",
                        () -> get(notifier.monitorPort(), "/metrics").body().contains(told));

                String metrics = get(notifier.monitorPort(), "/metrics").body();
                String documented = Files.readString(Path.of("../docs/notifications.md"));
                Set<String> names = OWN_METRIC
                        .matcher(metrics)
                        .results()
                        .map(found -> found.group(1).replaceAll("_(sum|count|max)$", "_bucket"))
                        .collect(Collectors.toSet());
                assertThat(names).hasSizeGreaterThan(5);
                Set<String> rows = DOCUMENTED
                        .matcher(documented)
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toSet());
                assertThat(names).as("what docs/notifications.md names").isEqualTo(rows);
            }
            assertThat(receiver.received()).hasSize(1);
            assertThat(receiver.received().get(0).body()).contains("\"p-2\"");
        }
    }

    /** Two in a row, the second of which begins while the group still waits for the first. */
    @Test
    void nothingIsLostByKillingItInTheMiddleAndWhatIsToldAgainHasTheSameId(Topics.Given topics, @TempDir Path directory)
            throws Exception {
        KafkaPart kafka = topics.newTopic();
        List<Alert> alerts = IntStream.range(0, 300)
                .mapToObj(i -> Alerts.raised("p-" + i % 30, 1 + i / 30).build())
                .toList();
        topics.write(kafka, alerts);
        try (Receiver receiver = new Receiver()) {
            Path file = Files.writeString(directory.resolve("notifier.yaml"), """
                    kafka:
                      bootstrap: "%s"
                      topicPrefix: %s
                      groupId: killed
                      settings: {session.timeout.ms: 2000, heartbeat.interval.ms: 200}
                    monitor: {port: 0}
                    webhooks:
                      - name: corner-shop
                        url: %s
                        secrets: [{variable: SHOP_SECRET}]
                        allowHttp: true
                        allowPrivate: true
                        from: BEGINNING
                        answerWithin: PT30S
                    """.formatted(
                            kafka.client().get("bootstrap.servers"), kafka.topicPrefix(), receiver.url()));
            Map<String, String> environment = Map.of("SHOP_SECRET", SECRET);
            Path log = directory.resolve("notifier.log");
            // From then on nobody knows whether what was sent was taken.
            receiver.answers(any -> receiver.received().size() < 100 ? 204 : Receiver.HANGS);
            try (Program first = new Program(file, log, environment)) {
                Await.until("it is told in part: " + log, () -> {
                    assertThat(first.isAlive()).as(first.printed()).isTrue();
                    return receiver.received().size() > 100;
                });
                first.kill();
            }
            receiver.answers(any -> 204);
            Set<String> all = alerts.stream()
                    .map(alert -> alert.getAlertId() + " " + alert.getRevision())
                    .collect(Collectors.toSet());
            try (Program second = new Program(file, log, environment)) {
                Await.until("all are told: " + log, () -> {
                    assertThat(second.isAlive()).as(second.printed()).isTrue();
                    return idsByChange(receiver.taken()).keySet().equals(all);
                });
            }
            // Those of which it was not known whether they were taken came again.
            assertThat(receiver.received().size()).isGreaterThan(all.size());
            assertThat(idsByChange(receiver.received()).values()).allMatch(ids -> ids.size() == 1);
        }
    }

    private static Map<String, Set<String>> idsByChange(List<Receiver.Received> received) {
        Map<String, Set<String>> ids = new TreeMap<>();
        received.forEach(one -> ids.computeIfAbsent(change(one), none -> new TreeSet<>())
                .add(one.headers().get("webhook-id")));
        return ids;
    }

    private static String change(Receiver.Received one) {
        try {
            JsonNode data = new ObjectMapper().readTree(one.body()).path("data");
            return data.path("alertId").asText() + " " + data.path("revision");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
