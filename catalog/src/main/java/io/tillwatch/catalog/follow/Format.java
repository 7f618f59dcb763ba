package io.tillwatch.catalog.follow;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;

/** How rows are written. */
public enum Format {
    /** Columns under each other, for people. */
    TABLE,
    /** RFC 4180, with a line of names. */
    CSV,
    /** One object a line. */
    JSON;

    RowWriter writer(List<String> names, ZoneId zone, PrintWriter out) {
        Cells cells = new Cells(zone);
        return switch (this) {
            case TABLE -> new TableWriter(names, cells, out);
            case CSV -> new CsvWriter(names, cells, out);
            case JSON -> new JsonWriter(names, cells, out);
        };
    }
}
