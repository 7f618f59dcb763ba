package io.tillwatch.jobs.replay;

import io.tillwatch.jobs.feed.DeadLetter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts the results of a replay in order and in place. */
final class ReplayResults {

    static final String ALERTS = "alerts.jsonl";
    static final String COMMANDS = "commands.jsonl";
    static final String DEAD_LETTERS = "dead-letters.jsonl";
    static final String SUMMARY = "summary.json";

    private final ReplaySettings settings;
    private final Input input;
    private final Path work;

    ReplayResults(ReplaySettings settings, Input input, Path work) {
        this.settings = settings;
        this.input = input;
        this.work = work;
    }

    ReplaySummary write() throws IOException {
        Counts suspicions = new Counts();
        ResultSpool.forEach(spools(ReplayPasses.SUSPICIONS), entry -> suspicions.add(entry.countedAs()));

        Counts alerts = new Counts();
        OpenAlerts open = new OpenAlerts();
        ResultSpool.writeLines(spools(ReplayPasses.ALERTS), work.resolve(ALERTS), entry -> {
            alerts.add(entry.countedAs());
            open.take(entry);
        });
        open.raised.forEach(key -> alerts.add(Counts.name(key.type(), "open")));

        Counts commands = new Counts();
        ResultSpool.writeLines(
                spools(ReplayPasses.COMMANDS), work.resolve(COMMANDS), entry -> commands.add(entry.countedAs()));

        Counts deadLetters = new Counts();
        List<Spool> refused = new ArrayList<>(spools(ReplayPasses.DEAD_LETTERS));
        refused.add(refusedPolicies(input.policies().refused(), work));
        ResultSpool.writeLines(refused, work.resolve(DEAD_LETTERS), entry -> deadLetters.add(entry.countedAs()));

        ReplaySummary summary = ReplaySummary.of(input, suspicions, deadLetters, alerts, commands);
        Files.write(work.resolve(SUMMARY), summary.json());
        // The summary goes first and comes last: where there is one, the files beside it belong to it.
        Files.deleteIfExists(settings.out().resolve(SUMMARY));
        for (String name : List.of(ALERTS, COMMANDS, DEAD_LETTERS, SUMMARY)) {
            Files.move(work.resolve(name), settings.out().resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        return summary;
    }

    private List<Spool> spools(String name) throws IOException {
        return SpoolSink.spools(work, name, settings.parallelism());
    }

    private static Spool refusedPolicies(List<DeadLetter> letters, Path work) throws IOException {
        Path file = work.resolve("refused-policies.spool");
        try (ResultSpool<DeadLetter> spool = new ResultSpool<>(file, new Lines.DeadLetters())) {
            for (DeadLetter letter : letters) {
                spool.add(letter);
            }
        }
        return Spool.of(file);
    }

    /** Which alerts are raised at the end. */
    private static final class OpenAlerts {

        private record Key(String type, String alertId) {}

        private final Set<Key> raised = new HashSet<>();

        void take(ResultSpool.Entry entry) {
            String[] typeAndStatus = entry.countedAs().split(" ", 2);
            Key key = new Key(typeAndStatus[0], entry.identity());
            if (typeAndStatus[1].equals(Lines.Alerts.RAISED)) {
                raised.add(key);
            } else {
                raised.remove(key);
            }
        }
    }
}
