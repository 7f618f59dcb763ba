package io.tillwatch.cli.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The configuration of the responders of a run: everything quick, each acquirer as its tier is. */
final class ResponderFile {

    private static final int THREADS = 16;
    private static final int ATTEMPTS_MAX = 10;

    private ResponderFile() {}

    static Path write(
            Path file,
            String bootstrap,
            String jdbcUrl,
            AcquirerProcess main,
            AcquirerProcess forgetful,
            int exchangesPerSecond) {
        List<String> lines = new ArrayList<>(List.of(
                "kafka:",
                "  bootstrap: " + bootstrap,
                "  settings:",
                "    session.timeout.ms: 3000",
                "    heartbeat.interval.ms: 500",
                "database:",
                "  url: " + jdbcUrl,
                "journal:",
                "  lease: " + ChaosSettings.LEASE,
                "  recheckAfter: PT1S",
                "engine:",
                "  threads: " + THREADS,
                "  pollEvery: PT0.1S",
                "  heartbeatEvery: PT1S",
                "acquirers:"));
        for (Bank bank : Bank.values()) {
            AcquirerProcess process = bank == Bank.FORGETFUL ? forgetful : main;
            lines.add("  '" + bank.acquirerId() + "':");
            profile(bank, process, exchangesPerSecond).forEach(line -> lines.add("    " + line));
        }
        try {
            return Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> profile(Bank bank, AcquirerProcess process, int exchangesPerSecond) {
        List<String> lines = new ArrayList<>();
        switch (bank.speech()) {
            case HTTP -> lines.addAll(List.of("adapter: http", "endpoint: http://127.0.0.1:" + process.httpPort()));
            case ISO_8583 -> lines.addAll(List.of("adapter: iso8583", "host: 127.0.0.1", "port: " + process.isoPort()));
        }
        lines.addAll(List.of(
                "timeout: " + ChaosSettings.TIMEOUT,
                "exchangesPerSecond: " + exchangesPerSecond,
                "attemptsMax: " + ATTEMPTS_MAX,
                "backoffFirst: PT0.3S",
                "backoffMax: PT3S",
                "breakerOpenFor: PT1S"));
        switch (bank.tier()) {
            case A -> lines.add("keysKept: " + (bank == Bank.FORGETFUL ? ChaosSettings.KEYS_KEPT : "PT20H"));
            case B ->
                lines.addAll(List.of(
                        "keysKept: PT0S",
                        "deduplicatesPresentments: false",
                        "refusesLateAfter: " + ChaosSettings.ARRIVES_WITHIN));
            case C ->
                lines.addAll(List.of(
                        "keysKept: PT0S",
                        "deduplicatesPresentments: false",
                        "answersInquiries: false",
                        "refusesSettledReversals: false"));
        }
        return lines;
    }
}
