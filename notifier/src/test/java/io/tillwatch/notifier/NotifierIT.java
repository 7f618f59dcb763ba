package io.tillwatch.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.notifier.config.NotifierSettings;
import io.tillwatch.notifier.given.Alerts;
import io.tillwatch.notifier.given.Await;
import io.tillwatch.notifier.given.Receiver;
import io.tillwatch.notifier.given.Topics;
import io.tillwatch.serving.config.KafkaPart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** All of it, from its configuration to its metrics. */
@ExtendWith(Topics.class)
class NotifierIT {

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
            NotifierSettings.Result result =
                    NotifierSettings.read(file, Map.of("SHOP_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
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
                        .map(found -> found.group(1).replaceAll("_(bucket|sum|count|max)$", ""))
                        .collect(Collectors.toSet());
                assertThat(names).hasSizeGreaterThan(5);
                assertThat(names).allSatisfy(name -> assertThat(documented).contains("`" + name + "`"));
            }
            assertThat(receiver.received()).hasSize(1);
            assertThat(receiver.received().get(0).body()).contains("\"p-2\"");
        }
    }
}
