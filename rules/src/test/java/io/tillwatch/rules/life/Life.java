package io.tillwatch.rules.life;

import io.tillwatch.rules.fact.Facts;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.policy.Policies;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A life of one payment {@code p}, written as text so that a table of tests can be read: steps parted by semicolons.
 *
 * <pre>
 * request r 100 @0; approve 100 @2s; capture c1 60 more @1h; settle c1 60 @2h sent=1h; set captureWithin=12h
 * </pre>
 *
 * <p>A step is a verb, what the verb needs (ids, an amount, a status), words that stand alone ({@code auto},
 * {@code preauth}, {@code more}, {@code failed}) and fields {@code name=value}. {@code @time} is when it arrived;
 * {@code sent=time} when it occurred, if that is another time. A step without {@code @} arrived when the one before it
 * did. The verbs and their fields are those of {@link Steps}.
 */
public final class Life {

    private final List<PaymentEvent> events;
    private final Map<String, PolicyChange> changes;

    private Life(List<PaymentEvent> events, Map<String, PolicyChange> changes) {
        this.events = List.copyOf(events);
        this.changes = Map.copyOf(changes);
    }

    /** The life that a text tells. */
    public static Life of(String text) {
        List<PaymentEvent> events = new ArrayList<>();
        Map<String, Map<Setting, Long>> settings = new HashMap<>();
        Steps steps = new Steps();
        for (String step : text.split(";")) {
            if (!step.isBlank()) {
                Words words = Words.of(step);
                if (words.verb().equals("set")) {
                    settings.computeIfAbsent(words.field("scope", PolicyChange.EVERYWHERE), s -> new HashMap<>())
                            .putAll(words.settings());
                } else {
                    events.add(steps.event(words));
                }
                words.expectAllUsed();
            }
        }
        return new Life(
                events,
                settings.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, e -> new PolicyChange(e.getKey(), e.getValue()))));
    }

    /** The events as they were written. */
    public List<PaymentEvent> events() {
        return events;
    }

    /** The events in the order of arrival. */
    public List<PaymentEvent> arrived() {
        List<PaymentEvent> arrived = new ArrayList<>(events);
        arrived.sort(Comparator.comparingLong(PaymentEvent::arrivedAtMillis).thenComparing(PaymentEvent::feed));
        return arrived;
    }

    /** All of it as it is known when everything has arrived. */
    public Facts facts() {
        Facts facts = Facts.NONE;
        for (PaymentEvent event : arrived()) {
            facts = facts.and(event);
        }
        return facts;
    }

    public Policies policies() {
        return Policies.fixed(changes);
    }

    /** What was told up to a time when every record is read as it arrives. */
    public Told toldBy(String time) {
        long clock = Times.millis(time);
        List<PaymentEvent> known = new ArrayList<>(arrived());
        known.removeIf(e -> e.arrivedAtMillis() > clock);
        return new Reading(this, 0).readAll(known).finish(clock);
    }
}
