package io.tillwatch.responder.people;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What people decide by.
 *
 * @param ladder how long each rung of a case has to answer
 * @param alertsKeptFor how long an alert is kept after it was last seen, unless it has an open case; evidence of cases is kept
 *     for ever
 */
public record PeopleSettings(Ladder ladder, Duration alertsKeptFor) {

    /** As the topic of alerts keeps them. */
    public static final Duration DEFAULT_ALERTS_KEPT_FOR = Duration.ofDays(120);

    private static final Duration DURATION_MAX = Duration.ofDays(3650);
    private static final Set<String> FIELDS = Set.of("ladder", "alertsKeptFor");
    private static final Map<Rung, String> LADDER_FIELDS = Map.of(
            Rung.MERCHANT, "merchant",
            Rung.ACQUIRER, "acquirer",
            Rung.SCHEME_OR_INSTITUTION, "schemeOrInstitution",
            Rung.REGULATOR, "regulator");

    /** All defaults. */
    public static PeopleSettings defaults() {
        return new PeopleSettings(Ladder.defaults(), DEFAULT_ALERTS_KEPT_FOR);
    }

    /**
     * Reads the part {@code people} of the configuration.
     *
     * @param people may be a missing node
     * @param problems gets all that is wrong, each with its remedy; the result is of use only if nothing is
     */
    public static PeopleSettings of(JsonNode people, List<String> problems) {
        for (Iterator<String> names = people.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                problems.add("people." + name + ": is not known; known are "
                        + FIELDS.stream().sorted().toList());
            }
        }
        return new PeopleSettings(
                ladder(people.path("ladder"), problems),
                duration("people.alertsKeptFor", people.path("alertsKeptFor"), DEFAULT_ALERTS_KEPT_FOR, problems));
    }

    private static Ladder ladder(JsonNode ladder, List<String> problems) {
        EnumMap<Rung, Duration> durations = new EnumMap<>(Rung.class);
        LADDER_FIELDS.forEach((rung, field) -> durations.put(
                rung,
                duration(
                        "people.ladder." + field,
                        ladder.path(field),
                        Ladder.defaults().timeOf(rung),
                        problems)));
        for (Iterator<String> names = ladder.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!LADDER_FIELDS.containsValue(name)) {
                problems.add("people.ladder." + name + ": is not known; known are "
                        + LADDER_FIELDS.values().stream().sorted().toList());
            }
        }
        return new Ladder(durations);
    }

    private static Duration duration(String name, JsonNode node, Duration otherwise, List<String> problems) {
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        try {
            Duration duration = Duration.parse(node.asText());
            if (duration.compareTo(Duration.ZERO) > 0 && duration.compareTo(DURATION_MAX) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        problems.add(name + ": is no ISO 8601 duration of more than nothing and at most " + DURATION_MAX + ", such as "
                + otherwise);
        return otherwise;
    }
}
