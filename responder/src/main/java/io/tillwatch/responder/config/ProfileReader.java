package io.tillwatch.responder.config;

import io.tillwatch.responder.iso8583.Iso8583Settings;
import io.tillwatch.responder.profile.AdapterSettings;
import io.tillwatch.responder.profile.CutOff;
import io.tillwatch.responder.profile.DeclineMeaning;
import io.tillwatch.responder.profile.Profile;
import io.tillwatch.serving.config.Part;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the profiles of acquirers. */
final class ProfileReader {

    private static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(10);
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final int RATE_MAX = 100_000;
    private static final int CONCURRENCY_MAX = 1_000;
    private static final int ATTEMPTS_MAX = 100;
    private static final int PORT_MAX = 65_535;

    /** The simulator over HTTP, and nothing else: what is tried out must not reach a real acquirer by a slip. */
    private static final String SIMULATED = "simulated";

    private ProfileReader() {}

    static Map<String, Profile> profiles(Part acquirers) {
        Map<String, Profile> profiles = new LinkedHashMap<>();
        for (String acquirerId : acquirers.names()) {
            profiles.put(acquirerId, profile(acquirers.part(acquirerId)));
        }
        return profiles;
    }

    private static Profile profile(Part section) {
        Profile profile = new Profile(
                adapter(section),
                section.truth("answersInquiries", true),
                section.duration("keysKept", Profile.KEYS_KEPT_DEFAULT, Duration.ZERO, Duration.ofDays(365)),
                section.truth("refusesSettledReversals", true),
                section.truth("deduplicatesPresentments", true),
                section.optionalDuration("refusesLateAfter", Duration.ofSeconds(1), Duration.ofDays(30)),
                section.number("exchangesPerSecond", Profile.RATE_DEFAULT, 1, RATE_MAX),
                section.number("concurrencyMax", Profile.CONCURRENCY_DEFAULT, 1, CONCURRENCY_MAX),
                section.number("attemptsMax", Profile.ATTEMPTS_MAX_DEFAULT, 1, ATTEMPTS_MAX),
                section.duration("backoffFirst", Profile.BACKOFF_FIRST_DEFAULT, MILLISECOND, Duration.ofHours(1)),
                section.duration("backoffMax", Profile.BACKOFF_MAX_DEFAULT, MILLISECOND, Duration.ofHours(12)),
                section.duration("breakerOpenFor", Profile.BREAKER_OPEN_FOR_DEFAULT, MILLISECOND, Duration.ofHours(1)),
                Profile.declines(declines(section.part("declines"))),
                cutOff(section));
        section.nothingElse();
        return profile;
    }

    private static Map<String, DeclineMeaning> declines(Part section) {
        Map<String, DeclineMeaning> declines = new LinkedHashMap<>();
        section.texts()
                .forEach((code, meaning) -> declines.put(
                        code, section.symbol(code, meaning, DeclineMeaning.UNKNOWN, DeclineMeaning.class)));
        return declines;
    }

    private static Optional<CutOff> cutOff(Part section) {
        Optional<String> time = section.optional("cutOff");
        Optional<String> zone = section.optional("zone");
        Duration margin =
                section.duration("cutOffMargin", CutOff.MARGIN_DEFAULT, Duration.ofSeconds(1), CutOff.MARGIN_MAX);
        if (time.isEmpty()) {
            zone.ifPresent(given -> section.problem(
                    "cutOff",
                    "is missing, and zone is of no use without: give it," + " such as \"23:00\", or leave zone out"));
            return Optional.empty();
        }
        Optional<LocalTime> at = section.parsed(
                "cutOff", time.get(), LocalTime::parse, "is no time of a day, such as \"23:00\", in quotes");
        Optional<ZoneId> in = section.parsed(
                "zone", zone.orElse(""), ZoneId::of, "is no time zone: give the acquirer's, such as Europe/Berlin");
        return at.isPresent() && in.isPresent()
                ? Optional.of(new CutOff(at.get(), in.get(), margin))
                : Optional.empty();
    }

    private static AdapterSettings adapter(Part section) {
        Duration timeout = section.duration("timeout", TIMEOUT_DEFAULT, Duration.ofMillis(10), Duration.ofMinutes(5));
        String adapter = section.required("adapter", "http");
        switch (adapter) {
            case "http", SIMULATED -> {
                AdapterSettings.Http http = new AdapterSettings.Http(endpoint(section), timeout);
                if (adapter.equals(SIMULATED) && !isLoopback(http.endpoint())) {
                    section.problem(
                            "endpoint",
                            "is not on this machine, and the adapter is " + SIMULATED
                                    + ": give one such as http://127.0.0.1:8581, or adapter: http if it is a real acquirer");
                }
                return http;
            }
            case "iso8583" -> {
                AdapterSettings.Iso8583 iso = new AdapterSettings.Iso8583(
                        section.required("host", "127.0.0.1"),
                        section.number("port", 1, 1, PORT_MAX),
                        timeout,
                        section.raw("iso8583"));
                if (Iso8583Settings.of(iso) instanceof Iso8583Settings.Result.Bad bad) {
                    bad.problems().forEach(problem -> section.problem("iso8583", problem));
                }
                return iso;
            }
            default -> {
                section.problem("adapter", "is none of http, iso8583 and " + SIMULATED);
                return new AdapterSettings.Http(URI.create("http://127.0.0.1"), timeout);
            }
        }
    }

    private static boolean isLoopback(URI endpoint) {
        return Set.of("127.0.0.1", "localhost", "[::1]").contains(endpoint.getHost());
    }

    private static URI endpoint(Part section) {
        String example = "https://acquirer.example";
        String text = section.required("endpoint", example);
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        section.problem("endpoint", "is no http or https URL without a query, such as " + example);
        return URI.create(example);
    }
}
