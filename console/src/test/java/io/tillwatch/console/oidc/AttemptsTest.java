package io.tillwatch.console.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** What is kept of a sign-in that was begun, and of what it gave. */
class AttemptsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final AttemptSeal seal = new AttemptSeal(new SecureRandom());
    private final Attempt attempt = new Attempt("the-state", "the-nonce", "the-verifier", "/alerts?q=\u20ac", NOW);

    @Test
    void anAttemptIsReadByTheProcessThatSealedItAndByNobodyElse() {
        String sealed = seal.seal(attempt);

        assertThat(seal.open(sealed)).contains(attempt);
        assertThat(new AttemptSeal(new SecureRandom()).open(sealed)).isEmpty();
        assertThat(new String(Base64.getUrlDecoder().decode(sealed), StandardCharsets.ISO_8859_1))
                .doesNotContain("the-");
        assertThat(seal.seal(attempt)).isNotEqualTo(sealed);
    }

    @Test
    void whatWasChangedOrIsNoAttemptIsNone() {
        String sealed = seal.seal(attempt);
        char other = sealed.charAt(20) == 'A' ? 'B' : 'A';

        assertThat(seal.open(sealed.substring(0, 20) + other + sealed.substring(21)))
                .isEmpty();
        for (String none : new String[] {null, "", "x", "%%%", "AAAA", "A".repeat(5_000), sealed.substring(4)}) {
            assertThat(seal.open(none)).as(none).isEmpty();
        }
    }

    @Test
    void aStateComesBackOnce() {
        UsedStates used = new UsedStates();

        assertThat(used.isFirst("one")).isTrue();
        assertThat(used.isFirst("other")).isTrue();
        assertThat(used.isFirst("one")).isFalse();
    }

    @Test
    void aTokenIsRenewedBeforeItEndsIfItCanBe() {
        Grant hour = Grant.of("access", "refresh", "s-1", NOW, Duration.ofHours(1));
        Grant minute = Grant.of("access", "refresh", "s-1", NOW, Duration.ofMinutes(1));
        Grant last = Grant.of("access", null, "s-1", NOW, Duration.ofHours(1));

        assertThat(hour.renewFrom()).isEqualTo(NOW.plus(Duration.ofMinutes(59)).plusSeconds(30));
        assertThat(minute.renewFrom()).isEqualTo(NOW.plusSeconds(45));
        assertThat(last.renewFrom()).isEqualTo(last.endsAt());
    }

    @Test
    void printsNoSecret() {
        assertThat(Grant.of("access", "refresh", "s-1", NOW, Duration.ofHours(1))
                        .toString())
                .doesNotContain("access")
                .doesNotContain("refresh");
        assertThat(attempt.toString()).doesNotContain("the-");
    }
}
