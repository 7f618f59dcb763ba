package io.tillwatch.cli.demo;

import io.tillwatch.traffic.life.Episode;
import io.tillwatch.traffic.life.Fault;
import io.tillwatch.traffic.life.Mix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What the traffic is like. */
final class TrafficOptions {

    private static final double RATE_MAX = 5_000;

    @Option(names = "--rate", defaultValue = "20", description = "Payments per second, on average; ${DEFAULT-VALUE}.")
    double rate;

    @Option(names = "--seed", defaultValue = "1", description = "Of the traffic; ${DEFAULT-VALUE}.")
    long seed;

    @Option(
            names = "--seconds",
            description = "Ends by itself after so long. Payments are begun for long enough before that they end.")
    Integer seconds;

    @Option(
            names = "--faults",
            split = ",",
            paramLabel = "NAME=SHARE",
            description = {
                "Only these faults, each with the share of the payments that have it, 0 to 1; or the name of what"
                        + " befalls an acquirer as a whole, with any share above 0.",
                "Without it every fault occurs, in three payments of ten, and everything befalls an acquirer."
            })
    Map<String, Double> faults;

    /** All that is wrong with them, each with its remedy. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!(rate > 0 && rate <= RATE_MAX)) {
            problems.add("--rate is " + rate + " payments/s; give more than 0, and at most " + RATE_MAX);
        }
        if (seconds != null && seconds < 1) {
            problems.add("--seconds is " + seconds + "; give 1 or more");
        }
        if (faults != null) {
            problemsOfFaults(problems);
        }
        return problems;
    }

    private void problemsOfFaults(List<String> problems) {
        double sum = 0;
        for (Map.Entry<String, Double> e : faults.entrySet()) {
            boolean fault = named(Fault.values(), e.getKey()) != null;
            if (!fault && named(Episode.values(), e.getKey()) == null) {
                problems.add("--faults: " + e.getKey() + " is none; there are " + names());
            } else if (!(e.getValue() >= 0 && e.getValue() <= 1)) {
                problems.add("--faults: " + e.getKey() + " has a share of " + e.getValue() + "; give 0 to 1");
            } else if (fault) {
                sum += e.getValue();
            }
        }
        if (sum > 1) {
            problems.add("--faults: the shares add up to " + sum + "; a payment has at most one fault, so give shares"
                    + " that add up to 1 at most");
        }
    }

    private static String names() {
        return Stream.concat(Arrays.stream(Fault.values()), Arrays.stream(Episode.values()))
                .map(Enum::name)
                .collect(Collectors.joining(", "));
    }

    private static <E extends Enum<E>> E named(E[] values, String name) {
        String upper = name.toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(values)
                .filter(v -> v.name().equals(upper))
                .findFirst()
                .orElse(null);
    }

    Mix mix() {
        if (faults == null) {
            return Mix.everything(0.3);
        }
        Map<Fault, Double> shares = new EnumMap<>(Fault.class);
        Set<Episode> episodes = EnumSet.noneOf(Episode.class);
        faults.forEach((name, share) -> {
            Fault fault = named(Fault.values(), name);
            if (fault != null) {
                shares.put(fault, share);
            } else if (share > 0) {
                episodes.add(named(Episode.values(), name));
            }
        });
        return new Mix(shares, episodes);
    }
}
