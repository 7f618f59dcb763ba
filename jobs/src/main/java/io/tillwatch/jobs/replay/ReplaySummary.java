package io.tillwatch.jobs.replay;

import io.tillwatch.schemas.topic.Topic;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a replay came to, in numbers. It holds nothing that differs between two replays of the same input.
 *
 * @param asOfMillis the end of the replay; empty if it was not given and nothing was let in
 * @param records lines by feed: read, refused, later than the end
 * @param suspicions changes of suspicions by confidence
 * @param deadLetters by code
 * @param alerts by type and status, and how many are raised at the end
 * @param commands by action and approval, and how many were written again or withdrawn
 */
public record ReplaySummary(
        OptionalLong asOfMillis,
        Map<String, Object> records,
        Map<String, Object> suspicions,
        Map<String, Object> deadLetters,
        Map<String, Object> alerts,
        Map<String, Object> commands) {

    static ReplaySummary of(Input input, Counts suspicions, Counts deadLetters, Counts alerts, Counts commands) {
        Map<String, Object> records = new LinkedHashMap<>();
        input.feeds()
                .forEach((feed, loaded) ->
                        records.put(feed.topic(), counts(loaded.lines(), loaded.refused(), loaded.laterThanAsOf())));
        if (input.policies().lines() > 0) {
            records.put(
                    Topic.POLICIES.baseName(),
                    counts(input.policies().lines(), input.policies().refused().size(), 0));
        }
        return new ReplaySummary(
                input.asOfMillis(),
                records,
                suspicions.byName(),
                deadLetters.byName(),
                alerts.byName(),
                commands.byName());
    }

    private static Map<String, Long> counts(long lines, long refused, long laterThanAsOf) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("lines", lines);
        counts.put("refused", refused);
        counts.put("laterThanAsOf", laterThanAsOf);
        return counts;
    }

    byte[] json() throws IOException {
        Map<String, Object> tree = new LinkedHashMap<>();
        asOfMillis.ifPresent(millis -> tree.put("asOf", millis));
        tree.put("records", records);
        tree.put("suspicions", suspicions);
        tree.put("deadLetters", deadLetters);
        tree.put("alerts", alerts);
        tree.put("commands", commands);
        return JsonText.tree(tree);
    }
}
