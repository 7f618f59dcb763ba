package io.tillwatch.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords, sessions, and where a form may lead. */
class SecretsTest {

    private static final String TOKEN = "tillwatch_abc";

    @Test
    void aSealedTokenOpensWithThePasswordAndTheNameOnly() {
        String sealed = SealedToken.seal("ana", "correct horse".toCharArray(), TOKEN, new SecureRandom());

        assertThat(SealedToken.open(sealed, "ana", "correct horse".toCharArray()))
                .contains(TOKEN);
        assertThat(SealedToken.open(sealed, "ana", "correct horsf".toCharArray()))
                .isEmpty();
        assertThat(SealedToken.open(sealed, "bea", "correct horse".toCharArray()))
                .isEmpty();
        assertThat(sealed).doesNotContain(TOKEN);
        assertThat(sealed)
                .isNotEqualTo(SealedToken.seal("ana", "correct horse".toCharArray(), TOKEN, new SecureRandom()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "v1.1.a.b",
                "v1.0.AAAA.AAAA.AAAA",
                "v1.99999999.AAAA.AAAA.AAAA",
                "v1.1.AAAA.AAAAAAAAAAAAAAAA.AA"
            })
    void whatWasNotSealedDoesNotOpen(String sealed) {
        assertThat(SealedToken.open(sealed, "ana", "p".toCharArray())).isEmpty();
    }

    /** A clock that tests set. */
    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void after(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void aSessionEndsWithoutUseAndInAnyCaseAfterTwelveHours() {
        Hand hand = new Hand();
        Sessions sessions = new Sessions(Duration.ofMinutes(30), hand, new SecureRandom());
        String idle = sessions.begin("ana", Set.of(Role.APPROVER), new Credential.Own(TOKEN));
        hand.after(Duration.ofMinutes(31));
        assertThat(sessions.find(idle)).isEmpty();

        String used = sessions.begin("ana", Set.of(Role.APPROVER), new Credential.Own(TOKEN));
        for (int i = 0; i < 24; i++) {
            hand.after(Duration.ofMinutes(29));
            assertThat(sessions.find(used)).isPresent();
        }
        hand.after(Duration.ofMinutes(29));
        assertThat(sessions.find(used)).isEmpty();
    }

    @Test
    void watchingDoesNotCountAsUse() {
        Hand hand = new Hand();
        Sessions sessions = new Sessions(Duration.ofMinutes(30), hand, new SecureRandom());
        String id = sessions.begin("ana", Set.of(Role.VIEWER), new Credential.Own(TOKEN));
        hand.after(Duration.ofMinutes(20));
        assertThat(sessions.peek(id)).isPresent();
        hand.after(Duration.ofMinutes(11));
        assertThat(sessions.peek(id)).isEmpty();
    }

    @Test
    void aSessionThatWasEndedIsGoneAndPrintsNoSecret() {
        Sessions sessions = new Sessions(Duration.ofMinutes(30), new Hand(), new SecureRandom());
        String id = sessions.begin("ana", Set.of(Role.VIEWER), new Credential.Own(TOKEN));
        Session session = sessions.find(id).orElseThrow();

        assertThat(session.toString()).doesNotContain(TOKEN).doesNotContain(session.csrf());
        sessions.end(id);
        assertThat(sessions.find(id)).isEmpty();
        assertThat(sessions.find("x".repeat(5_000))).isEmpty();
        assertThat(sessions.find(null)).isEmpty();
    }

    @Test
    void anAddressThatFailsTooOftenWaitsAMinute() {
        Hand hand = new Hand();
        FailedSignIns failures = new FailedSignIns(hand);
        for (int i = 0; i < FailedSignIns.FAILURES_MAX; i++) {
            assertThat(failures.tooMany("10.0.0.1")).isFalse();
            failures.failed("10.0.0.1");
        }
        assertThat(failures.tooMany("10.0.0.1")).isTrue();
        assertThat(failures.tooMany("10.0.0.2")).isFalse();
        hand.after(Duration.ofSeconds(61));
        assertThat(failures.tooMany("10.0.0.1")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /alerts?type=X&page=2 | /alerts?type=X&page=2
                    /                     | /
                    //evil.example        | /
                    /\\evil.example       | /
                    https://evil.example  | /
                    javascript:alert(1)   | /
                    """)
    void aFormLeadsNowhereElse(String given, String to) {
        assertThat(Local.path(given)).isEqualTo(to);
    }
}
