package io.tillwatch.bench.contender;

import io.tillwatch.bench.workload.BenchTopics;
import io.tillwatch.bench.workload.Truth;
import io.tillwatch.broker.TopicAdmin;
import java.nio.file.Path;
import java.util.Set;

/**
 * Measures one contender in this process: {@code NAME BOOTSTRAP PARALLELISM PASSES DIRECTORY TRUTH}. Prints a line for each
 * pass, see {@link Pass#line()}.
 */
public final class ContenderMain {

    private ContenderMain() {}

    public static void main(String[] args) throws Exception {
        ContenderName name = ContenderName.named(args[0]).orElseThrow();
        Setting setting = new Setting(args[1], Integer.parseInt(args[2]), Path.of(args[4]));
        int passes = Integer.parseInt(args[3]);
        Truth truth = Truth.read(Path.of(args[5]));
        Contender contender = name.start(setting);
        try (contender) {
            for (int pass = 1; pass <= passes; pass++) {
                System.out.println(
                        measure(contender, setting, pass, truth, name).line());
            }
        }
        System.exit(0); // whatever threads the contender's libraries have left running
    }

    /** Empties the results, lets the contender read everything, and holds what it found against the truth. */
    static Pass measure(Contender contender, Setting setting, int pass, Truth truth, ContenderName name)
            throws Exception {
        TopicAdmin admin = new TopicAdmin(setting.bootstrapServers());
        try (admin) {
            BenchTopics.emptyResults(admin);
        }
        Meter meter = new Meter();
        contender.drain();
        long wallMillis = meter.wallMillis();
        long cpuMillis = meter.cpuMillis();
        long heapPeak = meter.heapPeakMegabytes();
        long residentPeak = Meter.residentPeakMegabytes();
        contender.tidy();
        Contender.Found found = contender.found();
        Truth.Score score = switch (name.finds()) {
            case THE_FOUR -> truth.score(found.findings());
            case NOTHING -> new Truth(Set.of()).score(found.findings());
        };
        return new Pass(
                pass,
                wallMillis,
                cpuMillis,
                heapPeak,
                residentPeak,
                Tally.of(score.missed()),
                Tally.of(score.spurious()),
                found.others());
    }
}
