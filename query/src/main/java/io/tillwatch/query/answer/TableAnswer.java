package io.tillwatch.query.answer;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns under each other, numbers to the right. The widths are those of the first rows; a wider cell further down pushes
 * its row out. Control characters are shown as a replacement, so that no record can speak to a terminal.
 */
public final class TableAnswer implements Answer {

    private static final int ROWS_MEASURED = 1_000;

    @Override
    public long write(ResultSet rows, PrintWriter out) throws SQLException {
        List<String> names = Cells.names(rows);
        boolean[] toTheRight = new boolean[names.size()];
        List<List<String>> first = new ArrayList<>();
        while (first.size() < ROWS_MEASURED && rows.next()) {
            first.add(row(rows, toTheRight));
        }
        int[] widths = widths(names, first);
        line(names, widths, toTheRight, out);
        List<String> rules = new ArrayList<>();
        for (int width : widths) {
            rules.add("-".repeat(width));
        }
        line(rules, widths, toTheRight, out);
        first.forEach(cells -> line(cells, widths, toTheRight, out));
        long count = first.size();
        while (count >= ROWS_MEASURED && rows.next()) {
            line(row(rows, toTheRight), widths, toTheRight, out);
            count++;
        }
        return count;
    }

    private static List<String> row(ResultSet rows, boolean[] toTheRight) throws SQLException {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < toTheRight.length; i++) {
            Object value = rows.getObject(i + 1);
            toTheRight[i] |= value instanceof Number;
            cells.add(value == null ? "" : Cells.text(value).replaceAll("\\p{Cntrl}", "\uFFFD"));
        }
        return cells;
    }

    private static int[] widths(List<String> names, List<List<String>> rows) {
        int[] widths = names.stream().mapToInt(String::length).toArray();
        for (List<String> cells : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], cells.get(i).length());
            }
        }
        return widths;
    }

    private static void line(List<String> cells, int[] widths, boolean[] toTheRight, PrintWriter out) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String pad = " ".repeat(Math.max(0, widths[i] - cells.get(i).length()));
            line.append(i == 0 ? "" : "  ").append(toTheRight[i] ? pad + cells.get(i) : cells.get(i) + pad);
        }
        out.println(line.toString().stripTrailing());
    }
}
