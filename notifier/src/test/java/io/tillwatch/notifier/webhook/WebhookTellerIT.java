package io.tillwatch.notifier.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.notifier.config.WebhookSettings;
import io.tillwatch.notifier.given.Alerts;
import io.tillwatch.notifier.given.Await;
import io.tillwatch.notifier.given.Certificates;
import io.tillwatch.notifier.given.Receiver;
import io.tillwatch.notifier.given.Topics;
import io.tillwatch.notifier.monitor.DestinationMeters;
import io.tillwatch.notifier.notice.Links;
import io.tillwatch.notifier.notice.Route;
import io.tillwatch.notifier.outbound.AddressRule;
import io.tillwatch.notifier.outbound.Authorities;
import io.tillwatch.notifier.text.Audience;
import io.tillwatch.notifier.text.Language;
import io.tillwatch.notifier.text.Templates;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.serving.config.KafkaPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks against a real broker and a real receiver. */
@ExtendWith(Topics.class)
class WebhookTellerIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
    private static final byte[] OLD_KEY = "an older secret of 24 bytes, or more".getBytes(StandardCharsets.US_ASCII);
    private static final String CARD_NUMBER = "4111111111111111";

    private final Receiver receiver = new Receiver();
    private SimpleMeterRegistry registry;
    private final List<WebhookTeller> tellers = new ArrayList<>();
    private Topics.Given topics;
    private KafkaPart kafka;

    @BeforeEach
    void topic(Topics.Given given) {
        topics = given;
        kafka = given.newTopic();
    }

    @AfterEach
    void close() {
        tellers.forEach(WebhookTeller::close);
        receiver.close();
    }

    private static WebhookSettings settings(String name, URI url, AddressRule addresses, int refusalsMax) {
        return settings(name, url, addresses, Authorities.usual(), refusalsMax);
    }

    private static WebhookSettings settings(
            String name, URI url, AddressRule addresses, Authorities authorities, int refusalsMax) {
        return new WebhookSettings(
                name,
                url,
                List.of(
                        WebhookSecret.parse(SECRET),
                        WebhookSecret.parse("whsec_" + Base64.getEncoder().encodeToString(OLD_KEY))),
                addresses,
                authorities,
                Route.everything(),
                Set.of(Audience.MERCHANT),
                Set.of(Language.ENGLISH, Language.CHINESE),
                true,
                Duration.ofSeconds(2),
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                refusalsMax,
                8);
    }

    private WebhookTeller start(WebhookSettings settings) {
        registry = new SimpleMeterRegistry();
        WebhookTeller teller = new WebhookTeller(
                settings,
                kafka,
                "notifier-" + kafka.topicPrefix(),
                new EventWriter(
                        URI.create("/tillwatch"),
                        new Links(Optional.of(URI.create("https://console.example/"))),
                        Templates.load(Optional.empty(), new ArrayList<>()),
                        settings.audiences(),
                        settings.languages()),
                new DestinationMeters(registry, settings.name()),
                Clock.systemUTC());
        tellers.add(teller);
        teller.start();
        return teller;
    }

    private WebhookTeller start() {
        return start(settings("shop", receiver.url(), AddressRule.ANY, 3));
    }

    private double figure(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    private static JsonNode event(Receiver.Received received) {
        try {
            return JSON.readTree(received.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> changes(List<Receiver.Received> received) {
        return received.stream()
                .map(one -> event(one).path("data"))
                .map(data -> data.path("paymentId").asText() + " " + data.path("revision"))
                .toList();
    }

    private static String change(Alert alert) {
        return alert.getPaymentId() + " " + alert.getRevision();
    }

    private static Map<String, Set<String>> idsByChange(List<Receiver.Received> received) {
        return received.stream()
                .collect(Collectors.groupingBy(
                        one -> changes(List.of(one)).get(0),
                        Collectors.mapping(one -> one.headers().get("webhook-id"), Collectors.toSet())));
    }

    /** Standard Webhooks, by a receiver that has nothing of the sender's. */
    private static boolean isSigned(Receiver.Received received, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String content = received.headers().get("webhook-id") + "."
                    + received.headers().get("webhook-timestamp") + "." + received.body();
            String wanted =
                    "v1," + Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
            return Arrays.asList(received.headers().get("webhook-signature").split(" "))
                    .contains(wanted);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tellsWithASignatureThatAReceiverOfEitherSecretCanVerify() {
        topics.write(kafka, Alerts.raised("p-1", 1).build());
        start();
        Await.until("one event", () -> receiver.taken().size() == 1);

        Receiver.Received received = receiver.taken().get(0);
        assertThat(isSigned(received, new byte[32])).isTrue();
        assertThat(isSigned(received, OLD_KEY)).isTrue();
        assertThat(isSigned(received, "someone else's secret".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
        assertThat(received.headers().get("content-type")).startsWith("application/cloudevents+json");
        JsonNode event = event(received);
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("id").asText()).isEqualTo(received.headers().get("webhook-id"));
        assertThat(event.path("type").asText()).isEqualTo("io.tillwatch.alert.raised.v1");
        assertThat(event.path("subject").asText()).isEqualTo("p-1:SETTLEMENT_FAILED:c-1");
        assertThat(event.path("data").path("link").asText()).isEqualTo("https://console.example/payments/p-1");
        assertThat(event.path("data").path("texts").path("merchant").path("en").asText())
                .contains("125.00 EUR")
                .contains("p-1");
        assertThat(event.path("data")
                        .path("texts")
                        .path("merchant")
                        .path("zh-Hans")
                        .asText())
                .contains("125.00 EUR")
                .contains("结算");
    }

    @Test
    void tellsAgainUntilItIsTakenAndKeepsTheOrderOfRevisions() {
        for (int revision = 1; revision <= 5; revision++) {
            topics.write(kafka, Alerts.raised("p-1", revision).build());
        }
        receiver.answers(any ->
                receiver.received().size() < 4 ? 503 : receiver.received().size() == 6 ? 429 : 204);
        start();
        Await.until("all five", () -> receiver.taken().size() == 5);

        assertThat(changes(receiver.taken())).containsExactly("p-1 1", "p-1 2", "p-1 3", "p-1 4", "p-1 5");
        assertThat(changes(receiver.received()).subList(0, 5)).containsOnly("p-1 1");
        assertThat(receiver.received().subList(0, 5).stream()
                        .map(one -> one.headers().get("webhook-id")))
                .containsOnly(receiver.taken().get(0).headers().get("webhook-id"));
    }

    @Test
    void givesUpWhatIsRefusedAgainAndAgainAndGoesOn() {
        topics.write(kafka, Alerts.raised("p-1", 1).build());
        topics.write(kafka, Alerts.raised("p-1", 2).build());
        receiver.answers(one -> event(one).path("data").path("revision").asInt() == 1 ? 400 : 204);
        start();
        Await.until("the second", () -> receiver.taken().size() == 1);

        assertThat(changes(receiver.received())).containsExactly("p-1 1", "p-1 1", "p-1 1", "p-1 2");
        assertThat(registry.get("tillwatch.notifier.events")
                        .tags("destination", "shop", "result", "given_up")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void followsNoRedirect() {
        topics.write(kafka, Alerts.raised("p-1", 1).build());
        receiver.answers(any -> receiver.received().isEmpty() ? 302 : 204);
        start();
        Await.until("the event", () -> receiver.taken().size() == 1);

        assertThat(receiver.received()).hasSize(2);
    }

    @Test
    void oneThatHangsHoldsUpNobodyElse() {
        Receiver hanging = new Receiver();
        hanging.answers(any -> Receiver.HANGS);
        try (hanging) {
            topics.write(kafka, Alerts.raised("p-1", 1).build());
            start(settings("hanging", hanging.url(), AddressRule.ANY, 3));
            Await.until("one hangs", () -> hanging.received().size() == 1);
            start();
            topics.write(kafka, Alerts.cleared("p-1", 2).build());
            Await.until("the other is told", () -> receiver.taken().size() == 2);
            assertThat(hanging.taken()).isEmpty();
        }
    }

    @Test
    void nothingIsLostByARestart() {
        topics.write(kafka, Alerts.raised("p-1", 1).build());
        topics.write(kafka, Alerts.raised("p-2", 1).build());
        receiver.answers(
                one -> event(one).path("data").path("paymentId").asText().equals("p-2") ? 503 : 204);
        WebhookTeller first = start();
        Await.until(
                "the first is told and the second is not",
                () -> receiver.taken().size() == 1 && receiver.received().size() >= 3);
        first.close();
        topics.write(kafka, Alerts.raised("p-3", 1).build());
        receiver.answers(any -> 204);
        start();
        Await.until("the others are told", () -> receiver.taken().size() == 3);

        assertThat(changes(receiver.taken())).containsExactlyInAnyOrder("p-1 1", "p-2 1", "p-3 1");
    }

    @Test
    void saysThatADestinationIsDownAndHoldsLittleOfWhatWaits() {
        receiver.answers(any -> 503);
        topics.write(
                kafka,
                IntStream.range(0, 1_000)
                        .mapToObj(i -> Alerts.raised("p-" + i % 40, 1 + i).build())
                        .toList());
        start();
        Await.until(
                "it is down",
                () -> figure("tillwatch.notifier.down", "destination", "shop") == 1
                        && figure("tillwatch.notifier.behind.records", "destination", "shop") == 1_000);
        receiver.answers(any -> 204);
        Await.until("all are told", () -> receiver.taken().size() == 1_000);
        Await.until(
                "it is up",
                () -> figure("tillwatch.notifier.down", "destination", "shop") == 0
                        && figure("tillwatch.notifier.behind.records", "destination", "shop") == 0);
    }

    @Test
    void connectsToNoPrivateAddress() {
        topics.write(kafka, Alerts.raised("p-1", 1).build());
        start(settings("shop", receiver.url(), AddressRule.PUBLIC, 3));
        Await.until("it has tried", () -> figure("tillwatch.notifier.down", "destination", "shop") == 1);

        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void tellsNobodyOfACardNumber() {
        topics.write(kafka, Alerts.raised(CARD_NUMBER, 1).build());
        topics.write(
                kafka, Alerts.raised("p-1", 1).setSubject("4111 1111 1111 1111").build());
        topics.write(
                kafka, Alerts.raised("p-2", 1).setMerchantId("m" + CARD_NUMBER).build());
        topics.write(
                kafka,
                Alerts.raised("p-3", 1).setTerminalId("4111-1111-1111-1111").build());
        topics.send(kafka, "p-4", CARD_NUMBER.getBytes(StandardCharsets.US_ASCII));
        topics.send(kafka, "p-5", null);
        topics.write(kafka, Alerts.raised("p-6", 1).build());
        start();
        Await.until("the last is told", () -> changes(receiver.taken()).contains("p-6 1"));
        Await.until(
                "the others are passed over",
                () -> registry.get("tillwatch.notifier.records.passed.over")
                                .counter()
                                .count()
                        == 5);

        assertThat(receiver.received()).hasSize(1);
        assertThat(receiver.received().get(0).body()).doesNotContain("4111");
    }

    private WebhookTeller startTrusting(Receiver secure, Authorities authorities) {
        return start(settings("shop", secure.url(), AddressRule.ANY, authorities, 3));
    }

    @Test
    void tellsNothingToWhomItsOwnAuthorityDoesNotVouchForAndAllOnceItDoes(@TempDir Path directory) throws Exception {
        Certificates house = new Certificates(Files.createDirectory(directory.resolve("house")));
        Certificates other = new Certificates(Files.createDirectory(directory.resolve("other")));
        topics.write(kafka, Alerts.raised("p-1", 1).build());
        topics.write(kafka, Alerts.cleared("p-1", 2).build());
        try (Receiver secure = new Receiver(house.server("ip:127.0.0.1"))) {
            for (Authorities strangers : List.of(Authorities.usual(), Authorities.ofFile(other.authority()))) {
                WebhookTeller distrusting = startTrusting(secure, strangers);
                Await.until("it has tried", () -> figure("tillwatch.notifier.down", "destination", "shop") == 1);
                distrusting.close();
            }
            assertThat(secure.received()).isEmpty();

            startTrusting(secure, Authorities.ofFile(house.authority()));
            Await.until("both are told", () -> secure.taken().size() == 2);
            assertThat(changes(secure.taken())).containsExactly("p-1 1", "p-1 2");
        }
    }

    @Test
    void tellsNothingToWhoeverHasACertificateOfAnotherHost(@TempDir Path directory) throws Exception {
        Certificates house = new Certificates(directory);
        topics.write(kafka, Alerts.raised("p-1", 1).build());
        try (Receiver secure = new Receiver(house.server("dns:shop.example"))) {
            startTrusting(secure, Authorities.ofFile(house.authority()));
            Await.until("it has tried", () -> figure("tillwatch.notifier.down", "destination", "shop") == 1);
            assertThat(secure.received()).isEmpty();
        }
    }

    /** Of which some were told by each, and none by both. */
    @Test
    void twoShareTheWorkAndEachChangeIsToldOnce() {
        WebhookTeller one = start();
        WebhookTeller other = start();
        Await.until(
                "each has a part of it",
                () -> one.problem().isEmpty() && other.problem().isEmpty());
        List<Alert> alerts = IntStream.range(0, 400)
                .mapToObj(i -> Alerts.raised("p-" + i % 40, 1 + i / 40).build())
                .toList();
        topics.write(kafka, alerts);
        Await.until("all are told", () -> receiver.taken().size() >= alerts.size());

        assertThat(receiver.received()).hasSize(alerts.size());
        assertThat(changes(receiver.taken())).doesNotHaveDuplicates().hasSize(alerts.size());
    }

    @Test
    void nothingIsLostWhenOneTakesOverFromAnotherAndWhatIsToldAgainIsTheSame() {
        List<Alert> alerts = IntStream.range(0, 600)
                .mapToObj(i -> Alerts.raised("p-" + i % 40, 1 + i / 40).build())
                .toList();
        WebhookTeller one = start();
        start();
        topics.write(kafka, alerts.subList(0, 300));
        Await.until("some are told", () -> receiver.taken().size() > 100);
        one.close();
        WebhookTeller third = start();
        topics.write(kafka, alerts.subList(300, 600));
        Await.until("more are told", () -> receiver.taken().size() > 400);
        third.close();
        Set<String> all = alerts.stream().map(WebhookTellerIT::change).collect(Collectors.toSet());
        Await.until("all are told", () -> Set.copyOf(changes(receiver.taken())).equals(all));

        assertThat(idsByChange(receiver.taken()))
                .hasSize(600)
                .allSatisfy((change, ids) -> assertThat(ids).as(change).hasSize(1));
    }
}
