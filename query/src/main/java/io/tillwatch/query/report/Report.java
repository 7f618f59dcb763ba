package io.tillwatch.query.report;

import io.tillwatch.query.answer.Format;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The report on the alerts of a period: a page, and a table for each thing that they are counted by. */
public final class Report {

    private final Figures figures;
    private final Instant from;
    private final Instant to;
    private final Instant madeAt;
    private final ZoneId zone;

    /**
     * @param from alerts first raised from then on; null, or after the end, for none
     * @param to and before then
     * @param madeAt is said on the page
     * @param zone in which days begin
     */
    public Report(Connection connection, Instant from, Instant to, Instant madeAt, ZoneId zone) {
        this.from = from != null && from.isBefore(to) ? from : to.minusMillis(1);
        this.to = to;
        this.madeAt = madeAt;
        this.zone = zone;
        this.figures = new Figures(connection, this.from, to);
    }

    /** When the first alert of all was raised, or null when there is none. */
    public static Instant firstRaised(Connection connection) throws SQLException {
        return Figures.firstRaised(connection);
    }

    /**
     * Writes it.
     *
     * @param directory is made if it is missing; files of the same names are replaced
     * @param languages in each of which there is a page
     * @return the pages
     */
    public List<Path> writeTo(Path directory, Collection<Words.Language> languages) throws SQLException {
        try {
            Files.createDirectories(directory);
            for (Dimension dimension : Dimension.values()) {
                String name = dimension.title().toLowerCase(Locale.ROOT);
                table(directory.resolve("alerts-by-" + name + ".csv"), Figures.counts(dimension));
                table(directory.resolve("money-by-" + name + ".csv"), Figures.money(dimension));
            }
            Figures.Answers answers = figures.answers();
            List<Path> pages = new ArrayList<>();
            for (Words.Language language : languages) {
                String page = Page.of(answers, from, to, madeAt, zone, new Words(language));
                pages.add(Files.writeString(directory.resolve(language.file()), page));
            }
            return pages;
        } catch (IOException e) {
            throw new UncheckedIOException("the report cannot be written into " + directory + ": " + e.getMessage(), e);
        }
    }

    private void table(Path file, String question) throws SQLException, IOException {
        try (PreparedStatement statement = figures.prepare(question);
                ResultSet rows = statement.executeQuery();
                PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            Format.CSV.writer().write(rows, out);
            if (out.checkError()) {
                throw new IOException(file + " cannot be written to its end");
            }
        }
    }
}
