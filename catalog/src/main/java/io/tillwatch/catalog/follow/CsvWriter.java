package io.tillwatch.catalog.follow;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.types.Row;

/** RFC 4180: a line of names, quotes where they are needed; what is null is empty, an empty text is quoted. */
final class CsvWriter implements RowWriter {

    private final Cells cells;
    private final PrintWriter out;

    CsvWriter(List<String> names, Cells cells, PrintWriter out) {
        this.cells = cells;
        this.out = out;
        List<String> first = new ArrayList<>(List.of(CHANGE));
        first.addAll(names);
        line(first);
    }

    @Override
    public void write(Row row) {
        List<String> texts = new ArrayList<>(List.of(row.getKind().shortString()));
        for (int i = 0; i < row.getArity(); i++) {
            texts.add(cells.text(row.getField(i)));
        }
        line(texts);
    }

    private void line(List<String> texts) {
        out.print(texts.stream().map(CsvWriter::cell).collect(Collectors.joining(",")));
        out.print("\r\n");
        out.flush();
    }

    private static String cell(String text) {
        if (text == null) {
            return "";
        }
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
