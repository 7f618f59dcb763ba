package io.tillwatch.notifier.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.notifier.config.AlertmanagerSettings;
import io.tillwatch.notifier.given.Alerts;
import io.tillwatch.notifier.given.Await;
import io.tillwatch.notifier.given.Receiver;
import io.tillwatch.notifier.given.Topics;
import io.tillwatch.notifier.monitor.DestinationMeters;
import io.tillwatch.notifier.notice.Links;
import io.tillwatch.notifier.notice.Route;
import io.tillwatch.notifier.outbound.Authorities;
import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.Severity;
import io.tillwatch.serving.config.KafkaPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The real Alertmanager, told from a real topic. */
@ExtendWith(Topics.class)
class AlertmanagerTellerIT {

    private final Receiver receiver = new Receiver();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Topics.Given topics;
    private KafkaPart kafka;
    private AlertmanagerProcess alertmanager;

    @BeforeEach
    void begin(Topics.Given given, @TempDir Path directory) throws IOException {
        assumeTrue(
                Files.isExecutable(AlertmanagerProcess.PROGRAM),
                "there is no " + AlertmanagerProcess.PROGRAM + ": apt-get install prometheus-alertmanager");
        topics = given;
        kafka = given.newTopic();
        alertmanager = new AlertmanagerProcess(directory, receiver.url());
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        receiver.close();
        if (alertmanager != null) {
            alertmanager.close();
        }
    }

    private AlertmanagerTeller start(Route only, Duration resendEvery, Duration holdsFor) {
        AlertmanagerTeller teller = new AlertmanagerTeller(
                new AlertmanagerSettings(
                        "operations",
                        URI.create(alertmanager.url() + "/api/v2/alerts"),
                        Authorities.usual(),
                        Optional.empty(),
                        Map.of("site", "test"),
                        only,
                        resendEvery,
                        holdsFor,
                        Duration.ofSeconds(5)),
                kafka,
                new PostedAlert(Map.of("site", "test"), new Links(Optional.of(URI.create("https://console.example")))),
                new DestinationMeters(new SimpleMeterRegistry(), "operations"),
                Clock.systemUTC());
        open.add(teller);
        teller.start();
        return teller;
    }

    private AlertmanagerTeller start() {
        return start(Route.everything(), Duration.ofMillis(500), Duration.ofMinutes(5));
    }

    private Set<String> payments() throws IOException {
        Set<String> payments = new TreeSet<>();
        alertmanager
                .alerts()
                .forEach(one -> payments.add(one.path("labels").path("payment").asText()));
        return payments;
    }

    private List<JsonNode> groups() {
        return receiver.taken().stream()
                .map(one -> {
                    try {
                        return new ObjectMapper().readTree(one.body());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    @Test
    void isReceivedGroupedAndResolved() throws IOException {
        topics.write(kafka, Alerts.raised("p-1", 1).build());
        topics.write(kafka, Alerts.raised("p-2", 1).build());
        topics.write(kafka, Alerts.raised("p-3", 1).setMerchantId("m-2").build());
        start();
        Await.until("three stand", () -> payments().equals(Set.of("p-1", "p-2", "p-3")));
        Await.until(
                "two stand in one group",
                () -> groups().stream()
                        .anyMatch(group -> group.path("alerts").size() == 2
                                && group.path("groupLabels")
                                        .path("merchant")
                                        .asText()
                                        .equals("m-1")));

        JsonNode alert = alertmanager.alerts().get(0);
        assertThat(alert.path("labels").path("alertname").asText()).isEqualTo("SETTLEMENT_FAILED");
        assertThat(alert.path("labels").path("severity").asText()).isEqualTo("critical");
        assertThat(alert.path("labels").path("site").asText()).isEqualTo("test");
        assertThat(alert.path("annotations").path("money_at_risk").asText()).isEqualTo("125.00 EUR");
        assertThat(alert.path("generatorURL").asText()).startsWith("https://console.example/payments/p-");

        topics.write(kafka, Alerts.cleared("p-1", 2).build());
        Await.until("two stand", () -> payments().equals(Set.of("p-2", "p-3")));
        Await.until(
                "its group says that it is resolved",
                () -> groups().stream()
                        .flatMap(group -> group.path("alerts").findParents("status").stream())
                        .anyMatch(one -> one.path("status").asText().equals("resolved")
                                && one.path("labels").path("payment").asText().equals("p-1")));
    }

    @Test
    void knowsAfterARestartWhatStandsAndEndsWhatDoesNot() throws IOException {
        topics.write(kafka, Alerts.raised("p-1", 1).build());
        topics.write(kafka, Alerts.raised("p-2", 1).build());
        AlertmanagerTeller first = start(Route.everything(), Duration.ofMillis(200), Duration.ofSeconds(2));
        Await.until("two stand", () -> payments().equals(Set.of("p-1", "p-2")));
        first.close();
        topics.write(kafka, Alerts.cleared("p-1", 2).build());
        topics.write(kafka, Alerts.raised("p-1", 1).build());
        start();
        Await.until("what was cleared meanwhile has ended", () -> payments().equals(Set.of("p-2")));
    }

    @Test
    void keepsWhatStandsStandingByTellingItAgain() throws IOException {
        topics.write(kafka, Alerts.raised("p-1", 1).build());
        start(Route.everything(), Duration.ofMillis(200), Duration.ofSeconds(1));
        Await.until("it stands", () -> payments().equals(Set.of("p-1")));
        String endsAt = alertmanager.alerts().get(0).path("endsAt").asText();
        Await.until(
                "its end is put off",
                () -> alertmanager.alerts().size() == 1
                        && alertmanager.alerts().get(0).path("endsAt").asText().compareTo(endsAt) > 0);
    }

    @Test
    void endsTheOldOneWhenTheSeverityChanges() throws IOException {
        Route critical = new Route(Severity.CRITICAL, Set.of(), Set.of(), Set.of());
        topics.write(
                kafka,
                Alerts.raised("p-1", 1)
                        .setType(AlertType.DUPLICATE_AUTHORIZATION)
                        .build());
        topics.write(kafka, Alerts.raised("p-2", 1).build());
        start(critical, Duration.ofMillis(500), Duration.ofMinutes(5));
        Await.until("two stand", () -> payments().equals(Set.of("p-1", "p-2")));
        topics.write(
                kafka,
                Alerts.raised("p-1", 2)
                        .setType(AlertType.DUPLICATE_AUTHORIZATION)
                        .setSeverity(Severity.WARNING)
                        .build());
        Await.until("one stands", () -> payments().equals(Set.of("p-2")));
    }

    @Test
    void doesNotTellOfACardNumber() throws IOException {
        topics.write(kafka, Alerts.raised("4111111111111111", 1).build());
        topics.write(kafka, Alerts.raised("p-1", 1).build());
        start();
        Await.until("one stands", () -> payments().equals(Set.of("p-1")));
    }
}
