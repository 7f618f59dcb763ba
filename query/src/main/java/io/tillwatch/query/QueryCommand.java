package io.tillwatch.query;

import io.tillwatch.query.answer.Format;
import io.tillwatch.query.snapshot.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers one question in SQL. */
@Command(
        name = "query",
        description =
                "SQL over what the topics hold now: alerts, alert_history, alert_lives, commands, outcomes, dead_letters,"
                        + " authorizations, captures, settlements, reversals, suspicions, policies.",
        mixinStandardHelpOptions = true)
public final class QueryCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "SQL",
            description = "The question, for example \"SELECT type, COUNT(*) FROM alerts GROUP BY type\".")
    private String sql;

    @Option(
            names = "--format",
            defaultValue = "table",
            description = "table, csv or json (one object a line); ${DEFAULT-VALUE}.")
    private Format format;

    @Option(names = "--output", paramLabel = "FILE.parquet", description = "Write the answer there as Parquet instead.")
    private Path outputOrNull;

    @Option(
            names = "--follow",
            description = "Answer on and on, as records come; by Flink, with options of its own: --follow --help.")
    private boolean follow;

    @Mixin
    private SourceOptions source;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        SourceOptions.refuse(problems(), spec.commandLine());
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Snapshot snapshot = source.snapshot(new SpokenProgress(err, Boolean.getBoolean("tillwatch.stderrIsTerminal")));
        long rows = snapshot.ask(
                source.zone(),
                outputOrNull,
                connection -> outputOrNull == null ? print(connection, out) : export(connection, outputOrNull));
        out.flush();
        if (outputOrNull != null) {
            err.println(rows + " rows written to " + outputOrNull);
        }
        return 0;
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>(source.problems());
        if (follow) {
            problems.add("--follow is answered by another program: ask through ./tillwatch, which chooses it");
        }
        if (sql.isBlank()) {
            problems.add("the question is empty: give SQL");
        }
        if (outputOrNull != null) {
            Path folder = outputOrNull.toAbsolutePath().getParent();
            if (!outputOrNull.toString().endsWith(".parquet")) {
                problems.add("--output " + outputOrNull
                        + " does not end with .parquet: name it so, or redirect --format csv or json");
            } else if (folder == null || !Files.isDirectory(folder)) {
                problems.add("--output " + outputOrNull + " is in no directory that exists: make it first");
            }
        }
        return problems;
    }

    private long print(Connection connection, PrintWriter out) throws SQLException {
        // Prepared first, for then the database says in its own words what it refuses.
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (!statement.execute()) {
                throw new SQLException("this is no question: nothing is answered, and nothing was changed");
            }
            try (ResultSet rows = statement.getResultSet()) {
                return format.writer().write(rows, out);
            }
        }
    }

    private long export(Connection connection, Path file) throws SQLException {
        String question = sql.strip().replaceAll(";+$", "");
        // The line's end closes a comment at the end of the question.
        String copy = "COPY (" + question + "\n) TO "
                + Snapshot.quoted(file.toAbsolutePath().toString()) + " (FORMAT parquet, USE_TMP_FILE false)";
        try (PreparedStatement statement = connection.prepareStatement(copy)) {
            return statement.executeUpdate();
        }
    }
}
