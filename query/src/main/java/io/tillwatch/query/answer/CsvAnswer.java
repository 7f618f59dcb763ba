package io.tillwatch.query.answer;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** RFC 4180: a line of names, quotes where they are needed; what is null is empty, an empty text is quoted. */
public final class CsvAnswer implements Answer {

    @Override
    public long write(ResultSet rows, PrintWriter out) throws SQLException {
        List<String> names = Cells.names(rows);
        line(names, out);
        long count = 0;
        while (rows.next()) {
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= names.size(); i++) {
                cells.add(Cells.text(rows.getObject(i)));
            }
            line(cells, out);
            count++;
        }
        return count;
    }

    private static void line(List<String> cells, PrintWriter out) {
        out.print(cells.stream().map(CsvAnswer::cell).collect(Collectors.joining(",")));
        out.print("\r\n");
    }

    private static String cell(String text) {
        if (text == null) {
            return "";
        }
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
