package io.tillwatch.cli.chaos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What the run did, and when: the side of the evidence that nobody else keeps. Written by the run's threads, read at its end. */
final class Deeds {

    private final Map<String, Asked> asked = new LinkedHashMap<>();
    private final Map<String, List<Told>> told = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> deaths = new ConcurrentHashMap<>();
    private volatile Instant opened;

    /**
     * An event that an acquirer was told.
     *
     * @param by when it had certainly taken it
     */
    private record Told(BankEvent event, Instant by) {}

    void asked(List<Asked> commands) {
        commands.forEach(command -> asked.put(command.commandId(), command));
    }

    /** By commandId, in the order in which they were asked. */
    Map<String, Asked> asked() {
        return asked;
    }

    void told(List<BankEvent> events, Instant by) {
        for (BankEvent event : events) {
            told.computeIfAbsent(event.paymentId(), id -> new ArrayList<>()).add(new Told(event, by));
        }
    }

    /** By when an acquirer knew this of a capture, or, without a captureId, of any. */
    Optional<Instant> known(String paymentId, BankEvent.Type type, String captureId) {
        return told.getOrDefault(paymentId, List.of()).stream()
                .filter(t -> t.event().event() == type)
                .filter(t -> captureId == null || captureId.equals(t.event().captureId()))
                .map(Told::by)
                .min(Instant::compareTo);
    }

    /** Counts what was done to a process. */
    void died(String how) {
        deaths.computeIfAbsent(how, name -> new AtomicInteger()).incrementAndGet();
    }

    Map<String, Integer> deaths() {
        Map<String, Integer> counts = new TreeMap<>();
        deaths.forEach((how, count) -> counts.put(how, count.get()));
        return counts;
    }

    /** When the switch of {@link Bank#SHUT} was about to be opened. */
    void opening(Instant at) {
        opened = at;
    }

    Instant opened() {
        return opened;
    }
}
