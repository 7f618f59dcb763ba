package io.tillwatch.responder.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small parts. */
class PeopleTest {

    @ParameterizedTest
    @CsvSource({
        "VIEWER,VIEWER,true", "VIEWER,OPERATOR,false", "VIEWER,APPROVER,false", "VIEWER,ADMIN,false",
        "OPERATOR,VIEWER,true", "OPERATOR,OPERATOR,true", "OPERATOR,APPROVER,false", "OPERATOR,ADMIN,false",
        "APPROVER,VIEWER,true", "APPROVER,OPERATOR,true", "APPROVER,APPROVER,true", "APPROVER,ADMIN,false",
        "ADMIN,VIEWER,true", "ADMIN,OPERATOR,true", "ADMIN,APPROVER,false", "ADMIN,ADMIN,true",
    })
    void letsARoleDoWhatItCovers(Role role, Role needed, boolean covers) {
        assertThat(role.covers(needed)).isEqualTo(covers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111",
                "card 4111 1111 1111 1111!",
                "4111-1111-1111-1111",
                "4111.1111.1111.1111",
                "4111\n1111\n1111\n1111",
                "4111\u00a01111\u20111111\u200b1111",
                "\u0664\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661",
                "\uff14111111111111111",
                "x3782/822463/10005y",
            })
    void findsACardNumberHoweverItIsTyped(String text) {
        assertThat(FreeText.holdsCardNumber(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "refunded in cash on 2026-01-05, 12,500 EUR",
                "ends in 1111",
                "4111 1111 1111 1112",
                "stan 000123, rrn 000000000123: call +44 20 7946 0000",
                "",
            })
    void takesOtherTexts(String text) {
        assertThat(FreeText.holdsCardNumber(text)).isFalse();
    }

    @Test
    void namesAnyIdentityInAPathAndFindsItAgain() {
        Random random = new Random(seed());
        for (int i = 0; i < 1_000; i++) {
            StringBuilder id = new StringBuilder();
            for (int length = random.nextInt(40); length >= 0; length--) {
                id.appendCodePoint(1 + random.nextInt(0xD7FE));
            }
            String ref = Ref.of(id.toString());
            assertThat(ref).matches("[A-Za-z0-9_-]+");
            assertThat(Ref.decode(ref)).contains(id.toString());
            Keyset end = new Keyset(
                    Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1_000L), id.toString());
            if (end.at().isAfter(Instant.EPOCH)) {
                assertThat(Keyset.decode(end.encode())).contains(end);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "gA", "AA", "é", "a/b", "a=b"})
    void takesNoOtherRef(String ref) {
        assertThat(Ref.decode(ref).filter(id -> !id.isEmpty())).isEmpty();
        assertThat(Keyset.decode(ref)).isEmpty();
    }

    @Test
    void readsItsSettings() throws IOException {
        List<String> problems = new ArrayList<>();
        PeopleSettings settings = PeopleSettings.of(
                new ObjectMapper(new YAMLFactory()).readTree("{ladder: {merchant: P1D}, alertsKeptFor: P10D}"),
                problems);

        assertThat(problems).isEmpty();
        assertThat(settings.ladder().timeOf(Rung.MERCHANT)).isEqualTo(Duration.ofDays(1));
        assertThat(settings.ladder().timeOf(Rung.ACQUIRER)).isEqualTo(Duration.ofDays(5));
        assertThat(settings.alertsKeptFor()).isEqualTo(Duration.ofDays(10));
    }

    @Test
    void saysAllThatIsWrongWithItsSettings() throws IOException {
        List<String> problems = new ArrayList<>();
        PeopleSettings.of(
                new ObjectMapper(new YAMLFactory())
                        .readTree("{ladder: {merchant: P0D, boss: P1D}, alertsKeptFor: never, x: 1}"),
                problems);

        assertThat(problems)
                .anyMatch(problem -> problem.startsWith("people.ladder.merchant: is no ISO 8601 duration"))
                .anyMatch(problem -> problem.startsWith("people.ladder.boss: is not known"))
                .anyMatch(problem -> problem.startsWith("people.alertsKeptFor: is no ISO 8601 duration"))
                .anyMatch(problem -> problem.startsWith("people.x: is not known"));
    }

    private static long seed() {
        long seed = Long.getLong("tillwatch.seed", System.nanoTime());
        System.out.println("PeopleTest: seed " + seed + " (again: -Dtillwatch.seed=" + seed + ")");
        return seed;
    }
}
