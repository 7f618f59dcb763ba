package io.tillwatch.query;

import io.tillwatch.query.report.Report;
import io.tillwatch.query.report.Words;
import io.tillwatch.query.snapshot.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the management report. */
@Command(
        name = "report",
        description =
                "The management report: alerts, causes, money at risk and recovered, time to resolution, by acquirer,"
                        + " merchant and terminal; one page of HTML and tables in CSV.",
        mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Alerts first raised from then on: a date such as 2026-03-01, or a time such as"
                    + " 2026-03-01T06:30:00Z; by default the first alert.")
    private String fromOrNull;

    @Option(names = "--to", paramLabel = "TIME", description = "Until before then, alike; by default until now.")
    private String toOrNull;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "tillwatch-report",
            description = "Where report.html and the tables are written; made if it is missing; ${DEFAULT-VALUE}.")
    private Path output;

    @Option(
            names = "--language",
            split = ",",
            paramLabel = "en|zh",
            defaultValue = "en",
            description = "English, Chinese, or en,zh for a page in each; ${DEFAULT-VALUE}.")
    private Set<Words.Language> languages;

    @Mixin
    private SourceOptions source;

    @Spec
    private CommandSpec spec;

    private final Clock clock;

    /** Asked for by the wall clock. */
    public ReportCommand() {
        this(Clock.systemUTC());
    }

    ReportCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        SourceOptions.refuse(problems(), spec.commandLine());
        PrintWriter err = spec.commandLine().getErr();
        Snapshot snapshot = source.snapshot(new SpokenProgress(err, Boolean.getBoolean("tillwatch.stderrIsTerminal")));
        Instant now = clock.instant();
        List<Path> pages = snapshot.ask(source.zone(), null, connection -> write(connection, now));
        pages.forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>(source.problems());
        ZoneId zone = source.zoneOrUtc();
        Instant from = timeOrNull("--from", fromOrNull, zone, problems);
        Instant to = timeOrNull("--to", toOrNull, zone, problems);
        if (from != null && !from.isBefore(to == null ? clock.instant() : to)) {
            problems.add("--from " + fromOrNull + " is not before " + (toOrNull == null ? "now" : "--to " + toOrNull)
                    + ": the end is excluded, give an earlier beginning or a later end");
        }
        if (Files.exists(output) && !Files.isDirectory(output)) {
            problems.add("--output " + output + " is a file: name a directory");
        }
        return problems;
    }

    private static Instant timeOrNull(String option, String text, ZoneId zone, List<String> problems) {
        try {
            return text == null ? null : time(text, zone);
        } catch (DateTimeException e) {
            problems.add(option + " " + text
                    + " is no time: give a date such as 2026-03-01, or a time such as 2026-03-01T06:30:00Z");
            return null;
        }
    }

    private static Instant time(String text, ZoneId zone) {
        return text.contains("T")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDate.parse(text).atStartOfDay(zone).toInstant();
    }

    private List<Path> write(Connection connection, Instant now) throws SQLException {
        ZoneId zone = source.zone();
        Instant to = toOrNull == null ? now : time(toOrNull, zone);
        Instant from = fromOrNull == null ? Report.firstRaised(connection) : time(fromOrNull, zone);
        return new Report(connection, from, to, now, zone).writeTo(output, languages);
    }
}
