package io.tillwatch.catalog.follow;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.types.Row;

/**
 * Columns under each other. What will come is not known, so a cell that is wider than all before makes its column wider from
 * there on. Control characters are shown as a replacement, so that no record can speak to a terminal.
 */
final class TableWriter implements RowWriter {

    private final Cells cells;
    private final PrintWriter out;
    private final int[] widths;

    TableWriter(List<String> names, Cells cells, PrintWriter out) {
        this.cells = cells;
        this.out = out;
        this.widths = names.stream().mapToInt(String::length).toArray();
        line(CHANGE, names, new boolean[names.size()]);
    }

    @Override
    public void write(Row row) {
        List<String> texts = new ArrayList<>();
        boolean[] toTheRight = new boolean[row.getArity()];
        for (int i = 0; i < row.getArity(); i++) {
            Object value = row.getField(i);
            toTheRight[i] = value instanceof Number;
            String text = value == null ? "" : cells.text(value).replaceAll("\\p{Cntrl}", "\uFFFD");
            widths[i] = Math.max(widths[i], text.length());
            texts.add(text);
        }
        line(row.getKind().shortString(), texts, toTheRight);
    }

    private void line(String change, List<String> texts, boolean[] toTheRight) {
        StringBuilder line = new StringBuilder(change);
        for (int i = 0; i < widths.length; i++) {
            String pad = " ".repeat(widths[i] - texts.get(i).length());
            line.append("  ").append(toTheRight[i] ? pad + texts.get(i) : texts.get(i) + pad);
        }
        out.println(line.toString().stripTrailing());
        out.flush();
    }
}
