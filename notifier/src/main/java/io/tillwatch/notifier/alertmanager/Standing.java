package io.tillwatch.notifier.alertmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tillwatch.notifier.notice.Notice;
import io.tillwatch.notifier.notice.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which alerts stand, and which of them, and of those that ended, Alertmanager is still to be told. For one thread. */
final class Standing {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Of alerts that ended: a redelivered change must not raise them again. Redelivery is of what is recent. */
    private static final int ENDED_KNOWN_MAX = 10_000;

    private final PostedAlert words;
    private final Route only;
    private final Duration holdsFor;
    private final Map<String, Open> open = new HashMap<>();
    private final Map<String, Integer> endedRevisions = new LinkedHashMap<>();
    /** By labels, Alertmanager's identity; the oldest first. */
    private final Map<Map<String, String>, Untold> untold = new LinkedHashMap<>();

    private record Open(Notice notice, Map<String, String> labels, Instant startsAt) {}

    /** @param endedAt empty while it stands */
    private record Untold(Notice notice, Instant startsAt, Optional<Instant> endedAt, Instant since) {}

    /** What is told at once. */
    record Batch(String body, List<Map<String, String>> labels, List<Object> told) {
        int size() {
            return labels.size();
        }
    }

    Standing(PostedAlert words, Route only, Duration holdsFor) {
        this.words = words;
        this.only = only;
        this.holdsFor = holdsFor;
    }

    /** Takes a change; one that is older than what is known changes nothing. */
    void take(Notice notice, Instant now) {
        Open before = open.get(notice.alertId());
        int known = before == null
                ? endedRevisions.getOrDefault(notice.alertId(), 0)
                : before.notice().revision();
        if (notice.revision() <= known) {
            return;
        }
        if (!notice.isRaised() || !only.takes(notice)) {
            open.remove(notice.alertId());
            ended(notice);
            if (before != null) {
                end(before, now);
            }
            return;
        }
        Map<String, String> labels = words.labels(notice);
        Instant began = before == null || before.startsAt().isAfter(notice.detectedAt())
                ? notice.detectedAt()
                : before.startsAt();
        Open after = new Open(notice, labels, began);
        if (before != null && !before.labels().equals(labels)) {
            end(before, now);
        }
        open.put(notice.alertId(), after);
        endedRevisions.remove(notice.alertId());
        untold.remove(labels);
        untold.put(labels, new Untold(notice, began, Optional.empty(), now));
    }

    /** The topic holds nothing of it any more. */
    void forget(String alertId, Instant now) {
        Open before = open.remove(alertId);
        if (before != null) {
            end(before, now);
        }
    }

    /** What stands is to be told again, before Alertmanager calls it ended. */
    void allAgain() {
        open.values()
                .forEach(one -> untold.putIfAbsent(
                        one.labels(), new Untold(one.notice(), one.startsAt(), Optional.empty(), Instant.MAX)));
    }

    int open() {
        return open.size();
    }

    boolean isWaiting() {
        return !untold.isEmpty();
    }

    /** Since when the oldest change waits. */
    Optional<Instant> oldest() {
        return untold.values().stream()
                .map(Untold::since)
                .filter(since -> !since.equals(Instant.MAX))
                .findFirst();
    }

    /** The next to tell; empty if nothing waits. */
    Batch next(int max, Instant now) {
        // By then it has ended by itself.
        untold.values()
                .removeIf(one -> one.endedAt()
                        .filter(at -> at.plus(holdsFor).isBefore(now))
                        .isPresent());
        ArrayNode alerts = JSON.createArrayNode();
        List<Map<String, String>> labels = new ArrayList<>();
        List<Object> told = new ArrayList<>();
        for (Map.Entry<Map<String, String>, Untold> entry : untold.entrySet()) {
            if (labels.size() == max) {
                break;
            }
            Untold one = entry.getValue();
            // The detector's clock may be a little ahead, and Alertmanager refuses an end before the beginning.
            Instant startsAt = one.startsAt().isAfter(now) ? now : one.startsAt();
            Instant endsAt = one.endedAt().orElse(now.plus(holdsFor));
            alerts.add(
                    words.json(one.notice(), entry.getKey(), startsAt, endsAt.isBefore(startsAt) ? startsAt : endsAt));
            labels.add(entry.getKey());
            told.add(one);
        }
        try {
            return new Batch(JSON.writeValueAsString(alerts), labels, told);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts cannot be written", e);
        }
    }

    /** What changed since the batch was made stays to be told. */
    void told(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            untold.remove(batch.labels().get(i), batch.told().get(i));
        }
    }

    private void end(Open one, Instant now) {
        untold.remove(one.labels());
        untold.put(one.labels(), new Untold(one.notice(), one.startsAt(), Optional.of(now), now));
    }

    private void ended(Notice notice) {
        endedRevisions.remove(notice.alertId());
        endedRevisions.put(notice.alertId(), notice.revision());
        if (endedRevisions.size() > ENDED_KNOWN_MAX) {
            endedRevisions.remove(endedRevisions.keySet().iterator().next());
        }
    }
}
