package io.tillwatch.responder.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.responder.api.ApiSettings;
import io.tillwatch.responder.engine.EngineSettings;
import io.tillwatch.responder.journal.DatabaseSettings;
import io.tillwatch.responder.journal.JournalSettings;
import io.tillwatch.responder.kafka.KafkaSettings;
import io.tillwatch.responder.people.PeopleSettings;
import io.tillwatch.responder.profile.Profile;
import io.tillwatch.schemas.signature.SigningKey;
import io.tillwatch.serving.config.KafkaPart;
import io.tillwatch.serving.config.Part;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a responder is told.
 *
 * @param acquirers the profiles by acquirerId, {@code *} for all others
 * @param signingKeys by their ids; commands must be signed with one of them if there is any
 * @param api how people reach this instance; empty if they do not, and other instances serve them
 * @param people what people decide by
 */
public record ResponderSettings(
        KafkaSettings kafka,
        DatabaseSettings database,
        JournalSettings journal,
        EngineSettings engine,
        Map<String, Profile> acquirers,
        Map<String, SigningKey> signingKeys,
        Optional<ApiSettings> api,
        PeopleSettings people) {

    /** Connections that an instance wants beside those of its turns: intake, relay, upkeep, the API. */
    public static final int CONNECTIONS_BESIDE = 8;

    private static final Duration LEASE_MARGIN = Duration.ofSeconds(2);

    /** The settings, or all that is wrong with them. */
    public sealed interface Result {
        record Good(ResponderSettings settings) implements Result {}

        record Bad(List<String> problems) implements Result {}
    }

    /**
     * Reads a file, YAML or JSON, with the environment over it: {@code TILLWATCH_BOOTSTRAP}, {@code TILLWATCH_TOPIC_PREFIX},
     * {@code TILLWATCH_INSTANCE}, {@code TILLWATCH_DATABASE_URL}, {@code TILLWATCH_DATABASE_USER} and
     * {@code TILLWATCH_DATABASE_PASSWORD}.
     *
     * @param defaultInstance the name of an instance that is not told
     */
    public static Result read(Path file, Map<String, String> environment, String defaultInstance) {
        List<String> problems = new ArrayList<>();
        return Part.ofFile(file, problems)
                .map(all -> of(all, environment, defaultInstance, problems))
                .orElseGet(() -> new Result.Bad(List.copyOf(problems)));
    }

    private static Result of(Part all, Map<String, String> environment, String defaultInstance, List<String> problems) {
        String instance =
                all.over(environment, "TILLWATCH_INSTANCE", "instance").orElse(defaultInstance);
        KafkaSettings kafka = kafka(all.part("kafka"), environment);
        EngineSettings engine = engine(all.part("engine"));
        DatabaseSettings database = database(all.part("database"), environment, engine.threads());
        Map<String, Profile> acquirers = ProfileReader.profiles(all.part("acquirers"));
        if (acquirers.isEmpty()) {
            all.problem("acquirers", "is missing: give a profile by each acquirerId, or one as \"*\"");
        }
        JournalSettings journal = journal(all, instance, acquirers);
        Map<String, SigningKey> keys = keys(all.part("signing"));
        JsonNode apiPart = all.raw("api");
        Optional<ApiSettings> api = apiPart.isMissingNode()
                ? Optional.empty()
                : Optional.of(ApiSettings.of(apiPart, environment, problems));
        PeopleSettings people = PeopleSettings.of(all.raw("people"), problems);
        all.nothingElse();
        return problems.isEmpty()
                ? new Result.Good(new ResponderSettings(kafka, database, journal, engine, acquirers, keys, api, people))
                : new Result.Bad(problems);
    }

    private static KafkaSettings kafka(Part section, Map<String, String> environment) {
        KafkaPart place = KafkaPart.read(section, environment);
        String group = section.optional("groupId").orElse(KafkaSettings.GROUP_DEFAULT);
        section.nothingElse();
        return new KafkaSettings(place.client(), place.topicPrefix(), group);
    }

    private static DatabaseSettings database(Part section, Map<String, String> environment, int threads) {
        String example = "jdbc:postgresql://host:5432/tillwatch";
        String url = section.over(environment, "TILLWATCH_DATABASE_URL", "url")
                .orElseGet(() -> section.required("url", example));
        if (!url.startsWith("jdbc:postgresql:")) {
            section.problem("url", "is no URL of a PostgreSQL database, such as " + example);
        }
        String user =
                section.over(environment, "TILLWATCH_DATABASE_USER", "user").orElse(null);
        String password = section.secret(environment, "TILLWATCH_DATABASE_PASSWORD", "passwordFile")
                .orElse(null);
        int wanted = threads + CONNECTIONS_BESIDE;
        int connections = section.number("connectionsMax", wanted, 1, 10_000);
        if (connections < wanted) {
            section.problem(
                    "connectionsMax",
                    "is less than engine.threads + " + CONNECTIONS_BESIDE + " = " + wanted
                            + ": turns would wait for each other; raise it, or lower engine.threads");
        }
        Duration answerWithin = section.duration(
                "answerWithin", DatabaseSettings.ANSWER_WITHIN_DEFAULT, Duration.ofSeconds(1), Duration.ofMinutes(5));
        section.nothingElse();
        return new DatabaseSettings(url, user, password, connections, answerWithin);
    }

    private static JournalSettings journal(Part all, String instance, Map<String, Profile> acquirers) {
        Part section = all.part("journal");
        Duration lease =
                section.duration("lease", JournalSettings.LEASE_DEFAULT, Duration.ofSeconds(1), Duration.ofHours(1));
        acquirers.forEach((acquirerId, profile) -> {
            // Two inquiries and the instruction.
            Duration needed = profile.adapter().timeout().multipliedBy(3).plus(LEASE_MARGIN);
            if (lease.compareTo(needed) < 0) {
                section.problem(
                        "lease",
                        lease + " is shorter than three exchanges with acquirer " + acquirerId
                                + " may take: raise it to " + needed + ", or lower acquirers." + acquirerId
                                + ".timeout");
            }
        });
        Duration recheck = section.duration(
                "recheckAfter", JournalSettings.RECHECK_AFTER_DEFAULT, Duration.ofMillis(100), Duration.ofHours(1));
        boolean reversals = section.truth("publishReversals", true);
        section.nothingElse();
        Part approval = all.part("approval");
        long fourEyes =
                approval.number("fourEyesAbove", JournalSettings.FOUR_EYES_ABOVE_DEFAULT, 0, 1_000_000_000_000L);
        approval.nothingElse();
        if (!instance.matches("[A-Za-z0-9._:-]{1,100}")) {
            all.problem("instance", "is not 1 to 100 letters, digits and . _ : -");
        }
        return new JournalSettings(instance, lease, fourEyes, recheck, reversals);
    }

    private static EngineSettings engine(Part section) {
        EngineSettings settings = new EngineSettings(
                section.number("threads", EngineSettings.THREADS_DEFAULT, 2, 1_000),
                section.duration(
                        "pollEvery", EngineSettings.POLL_EVERY_DEFAULT, Duration.ofMillis(10), Duration.ofMinutes(1)),
                section.duration(
                        "heartbeatEvery",
                        EngineSettings.HEARTBEAT_EVERY_DEFAULT,
                        Duration.ofMillis(100),
                        Duration.ofMinutes(10)),
                section.duration(
                        "stopWithin", EngineSettings.STOP_WITHIN_DEFAULT, Duration.ofSeconds(1), Duration.ofHours(1)),
                section.duration(
                        "toldKeptFor",
                        EngineSettings.TOLD_KEPT_FOR_DEFAULT,
                        Duration.ofMinutes(1),
                        Duration.ofDays(365)));
        section.nothingElse();
        return settings;
    }

    private static Map<String, SigningKey> keys(Part section) {
        Map<String, SigningKey> keys = new LinkedHashMap<>();
        Part files = section.part("keys");
        files.texts().forEach((id, file) -> {
            try {
                keys.put(id, SigningKey.read(id, Path.of(file)));
            } catch (IllegalArgumentException e) {
                files.problem(id, e.getMessage());
            }
        });
        section.nothingElse();
        return keys;
    }
}
