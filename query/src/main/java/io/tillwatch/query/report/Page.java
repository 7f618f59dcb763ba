package io.tillwatch.query.report;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report as one page that needs nothing beside it. Whatever came from a feed is escaped. */
public final class Page {

    private static final String TEMPLATE = "io/tillwatch/query/report/report.html";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    /** More are in the tables beside it. */
    private static final int ROWS_MAX = 20;

    private Page() {}

    /** A section of the page. */
    public record Section(String title, List<Line> lines, long left) {}

    /** A line of it, with its name in words, the width of its bar, of a hundred, and within what time half were resolved. */
    public record Line(String name, Group group, long width, String half) {}

    static String of(Figures.Answers answers, Instant from, Instant to, Instant now, ZoneId zone, Words words)
            throws IOException {
        Map<String, Object> values = new HashMap<>();
        values.put("w", words);
        values.put("from", TIME.format(from.atZone(zone)));
        values.put("to", TIME.format(to.atZone(zone)));
        values.put("made", TIME.format(now.atZone(zone)));
        values.put("zone", zone.getId());
        values.put("all", answers.all());
        values.put("half", words.duration(answers.all().medianMillis()));
        values.put("ninth", words.duration(answers.all().ninetiethMillis()));
        values.put("chart", Chart.of(answers.columns(), from, to, zone, words));
        List<Section> sections = new ArrayList<>();
        for (Dimension dimension : Dimension.values()) {
            sections.add(section(dimension, answers.by().get(dimension), words));
        }
        values.put("sections", sections);
        StringWriter page = new StringWriter();
        engine().getTemplate(TEMPLATE).evaluate(page, values);
        return page.toString();
    }

    private static Section section(Dimension dimension, List<Group> groups, Words words) {
        long most = groups.stream().mapToLong(Group::alerts).max().orElse(0);
        List<Line> lines = groups.stream()
                .limit(ROWS_MAX)
                .map(group -> new Line(
                        words.name(dimension, group.name()),
                        group,
                        group.widthOf(most),
                        words.duration(group.medianMillis())))
                .toList();
        return new Section(words.t("by." + dimension.column()), lines, groups.size() - lines.size());
    }

    private static PebbleEngine engine() {
        ClasspathLoader loader = new ClasspathLoader(Page.class.getClassLoader());
        loader.setCharset("UTF-8");
        return new PebbleEngine.Builder()
                .loader(loader)
                .autoEscaping(true)
                .strictVariables(true)
                .build();
    }
}
