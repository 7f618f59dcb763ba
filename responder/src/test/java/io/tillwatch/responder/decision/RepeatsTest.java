package io.tillwatch.responder.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.responder.profile.AdapterSettings;
import io.tillwatch.responder.profile.DeclineMeaning;
import io.tillwatch.responder.profile.Profile;
import io.tillwatch.responder.profile.Tier;
import io.tillwatch.schemas.record.Action;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be sent again, and what a decline means, by what the acquirer can do. */
class RepeatsTest {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest(name = "tier {0}, {1} after the first, late after {2}, expires after {3}, unanswered {4}: {5}")
    @CsvSource({
        "A, PT1M,     -,     P2D,  1, Allowed",
        "A, PT19H59M, -,     P2D,  1, Allowed",
        "A, PT20H,    -,     P2D,  1, Never KEY_FORGOTTEN",
        "A, PT1M,     -,     P2D,  5, Allowed",
        "A, PT1M,     -,     P2D,  6, Never ATTEMPTS_SPENT",
        "A, PT2H,     -,     PT1H, 1, Never EXPIRED",
        "B, PT1M,     -,     P2D,  1, Never NO_REPEATS",
        "B, PT1M,     PT5M,  P2D,  1, Later PT4M",
        "B, PT5M,     PT5M,  P2D,  1, Allowed",
        "B, PT5M,     PT5M,  P2D,  6, Never ATTEMPTS_SPENT",
        "C, PT1M,     PT30S, P2D,  1, Never NO_REPEATS",
    })
    void sendsAgainOnlyWhatCannotBeDoneTwice(
            Tier tier, Duration after, String late, Duration expires, int unanswered, String expected) {
        Optional<Duration> refusesLate = late.equals("-") ? Optional.empty() : Optional.of(Duration.parse(late));
        Repeats repeats = Repeats.of(
                profile(tier, refusesLate), FIRST, FIRST, FIRST.plus(expires), unanswered, FIRST.plus(after));
        assertThat(text(repeats)).isEqualTo(expected);
    }

    @Test
    void aSettlementThatIsThereIsWhatARetryWanted() {
        assertThat(Declines.meaning(profile(Tier.A, Optional.empty()), Action.RETRY_SETTLEMENT, "ALREADY_SETTLED", 1))
                .isEqualTo(DeclineMeaning.NOT_NEEDED);
    }

    @ParameterizedTest(name = "tier {0}, {1} to attempt {2} means {3}")
    @CsvSource({
        "A, ALREADY_SETTLED,  1, FAILED",
        "A, ALREADY_SETTLED,  2, FAILED",
        "A, ALREADY_REVERSED, 1, NOT_NEEDED",
        "A, ALREADY_REVERSED, 2, NOT_NEEDED",
        "A, NOT_FOUND,        1, FAILED",
        "A, NOT_FOUND,        2, UNKNOWN",
        "A, NOT_CAPTURED,     2, UNKNOWN",
        "A, KEY_REUSED,       1, ESCALATED",
        "A, TRY_LATER,        1, UNKNOWN",
        "A, 57,               1, FAILED",
        "A, SOMETHING_ELSE,   1, UNKNOWN",
        "B, ALREADY_SETTLED,  1, FAILED",
        "B, ALREADY_SETTLED,  2, UNKNOWN",
        "B, ALREADY_REVERSED, 1, UNKNOWN",
        "B, ALREADY_CAPTURED, 1, UNKNOWN",
        "C, ALREADY_REVERSED, 1, ESCALATED",
        "A, AMOUNT_TOO_HIGH,  1, FAILED",
        "A, AMOUNT_TOO_HIGH,  2, UNKNOWN",
        "A, ALREADY_CAPTURED, 1, NOT_NEEDED",
        "A, ALREADY_CAPTURED, 2, UNKNOWN",
        "C, AMOUNT_TOO_HIGH,  1, FAILED",
        "C, SOMETHING_ELSE,   1, UNKNOWN",
    })
    void endsACommandOnlyWithADeclineThatSpeaksForAllThatWasSent(
            Tier tier, String code, int attempt, DeclineMeaning expected) {
        assertThat(Declines.meaning(profile(tier, Optional.empty()), Action.REVERSE, code, attempt))
                .isEqualTo(expected);
    }

    private static String text(Repeats repeats) {
        if (repeats instanceof Repeats.Never never) {
            return "Never " + never.detail().substring(0, never.detail().indexOf(':'));
        } else if (repeats instanceof Repeats.Later later) {
            return "Later " + later.pause();
        }
        return "Allowed";
    }

    private static Profile profile(Tier tier, Optional<Duration> refusesLate) {
        Profile profile = new Profile(
                new AdapterSettings.Http(URI.create("http://127.0.0.1"), Duration.ofSeconds(1)),
                tier != Tier.C,
                tier == Tier.A ? Duration.ofHours(20) : Duration.ZERO,
                tier != Tier.C,
                true,
                refusesLate,
                50,
                16,
                6,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                Profile.declines(Map.of("57", DeclineMeaning.FAILED)),
                Optional.empty());
        assertThat(profile.tier()).isEqualTo(tier);
        return profile;
    }
}
