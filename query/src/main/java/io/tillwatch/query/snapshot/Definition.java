package io.tillwatch.query.snapshot;

import io.tillwatch.schemas.table.Column;
import io.tillwatch.schemas.table.Table;
import java.util.stream.Collectors;

/** A table in the words of the database. */
final class Definition {

    private Definition() {}

    static String of(Table table) {
        return table.columns().stream()
                .map(column ->
                        '"' + column.name() + "\" " + sqlType(column.kind()) + (column.required() ? " NOT NULL" : ""))
                .collect(Collectors.joining(", ", "CREATE TABLE " + table.sqlName() + " (", ")"));
    }

    private static String sqlType(Column.Kind kind) {
        return switch (kind) {
            case TEXT -> "VARCHAR";
            case INT -> "INTEGER";
            case LONG -> "BIGINT";
            case TRUTH -> "BOOLEAN";
            case TIME -> "TIMESTAMPTZ";
            case NESTED -> "JSON";
        };
    }
}
