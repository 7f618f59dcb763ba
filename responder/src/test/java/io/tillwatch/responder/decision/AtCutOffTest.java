package io.tillwatch.responder.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.responder.given.Commands;
import io.tillwatch.responder.profile.AdapterSettings;
import io.tillwatch.responder.profile.CutOff;
import io.tillwatch.responder.profile.Profile;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Command;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Held: settlement that races a void. What may be sent near the time at which an acquirer closes its day. */
class AtCutOffTest {

    private static final CutOff AT_ELEVEN =
            new CutOff(LocalTime.of(23, 0), ZoneId.of("Europe/Berlin"), Duration.ofMinutes(15));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // action, refuses settled, answers inquiries, authorized at, now, what
                "REVERSE, true, true, 2026-01-10T10:00:00Z, 2026-01-10T22:00:00Z, Free",
                "REFUND, false, true, 2026-01-10T10:00:00Z, 2026-01-10T22:00:00Z, Free",
                "REVERSE, false, true, 2026-01-10T10:00:00Z, 2026-01-10T21:44:59Z, Free",
                "REVERSE, false, true, 2026-01-10T10:00:00Z, 2026-01-10T21:45:00Z, PT30M",
                "REVERSE, false, true, 2026-01-10T10:00:00Z, 2026-01-10T22:00:00Z, PT15M",
                "REVERSE, false, true, 2026-01-10T10:00:00Z, 2026-01-10T22:14:59Z, PT1S",
                "REVERSE, false, true, 2026-01-10T10:00:00Z, 2026-01-10T22:15:00Z, Free",
                "REVERSE, false, true, -, 2026-01-10T23:30:00Z, Free",
                // The same, an hour earlier in UTC, in summer.
                "REVERSE, false, true, 2026-07-10T10:00:00Z, 2026-07-10T21:00:00Z, PT15M",
                "REVERSE, false, true, 2026-07-10T10:00:00Z, 2026-07-10T22:00:00Z, Free",
                "REVERSE, false, false, 2026-01-10T22:16:00Z, 2026-01-11T10:00:00Z, Free",
                "REVERSE, false, false, 2026-01-10T22:14:00Z, 2026-01-11T10:00:00Z, Never",
                "REVERSE, false, false, 2026-01-10T10:00:00Z, 2026-01-10T21:40:00Z, Free",
                "REVERSE, false, false, 2026-01-10T10:00:00Z, 2026-01-10T21:50:00Z, Never",
                "REVERSE, false, false, 2026-01-01T10:00:00Z, 2026-01-10T12:00:00Z, Never",
                "REVERSE, false, false, -, 2026-01-10T12:00:00Z, Never",
            })
    void sendsNoVoidThatMayCrossTheSettlement(
            Action action, boolean refuses, boolean answers, Instant authorizedAt, Instant now, String expected) {
        Command command = Commands.command("p-1", "PREAUTH_EXPIRED", action)
                .setOriginal(Commands.original().setAuthorizedAt(authorizedAt).build())
                .build();
        AtCutOff at = AtCutOff.of(profile(refuses, answers, Optional.of(AT_ELEVEN)), command, now);
        String said = at instanceof AtCutOff.Wait wait
                ? wait.pause().toString()
                : at.getClass().getSimpleName();
        assertThat(said).isEqualTo(expected);
        assertThat(AtCutOff.of(profile(refuses, answers, Optional.empty()), command, now))
                .isEqualTo(new AtCutOff.Free());
    }

    @ParameterizedTest
    @CsvSource({
        // The clocks go from 2 to 3 on 29 March, and from 3 back to 2 on 25 October.
        "2026-03-29T00:40:00Z, Free",
        "2026-03-29T01:30:00Z, PT15M",
        "2026-10-25T00:30:00Z, PT15M",
        "2026-10-25T01:30:00Z, Free",
    })
    void knowsTheDaysOnWhichTheClocksAreChanged(Instant now, String expected) {
        CutOff cutOff = new CutOff(LocalTime.of(2, 30), ZoneId.of("Europe/Berlin"), Duration.ofMinutes(15));
        assertThat(cutOff.untilPast(now).map(Duration::toString).orElse("Free")).isEqualTo(expected);
    }

    private static Profile profile(boolean refuses, boolean answers, Optional<CutOff> cutOff) {
        Profile usual = Profile.of(new AdapterSettings.Http(URI.create("http://127.0.0.1"), Duration.ofSeconds(1)));
        return new Profile(
                usual.adapter(),
                answers,
                usual.keysKept(),
                refuses,
                usual.deduplicatesPresentments(),
                usual.refusesLateAfter(),
                usual.exchangesPerSecond(),
                usual.concurrencyMax(),
                usual.attemptsMax(),
                usual.backoffFirst(),
                usual.backoffMax(),
                usual.breakerOpenFor(),
                usual.declines(),
                cutOff);
    }
}
