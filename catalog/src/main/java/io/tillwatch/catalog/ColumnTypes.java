package io.tillwatch.catalog;

import io.tillwatch.schemas.table.Column;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.types.DataType;

/** What columns are called in Flink's SQL. */
final class ColumnTypes {

    private ColumnTypes() {}

    /** Time is told by the log: of feeds it goes on through quiet hours, for pulses come with them. */
    static Schema ofTable(List<Column> columns) {
        return builder(columns).watermark("writtenAt", "SOURCE_WATERMARK()").build();
    }

    static Schema ofView(List<Column> columns) {
        return builder(columns).build();
    }

    private static Schema.Builder builder(List<Column> columns) {
        Schema.Builder schema = Schema.newBuilder();
        for (Column column : columns) {
            DataType type = of(column.kind());
            schema.column(column.name(), column.required() ? type.notNull() : type);
        }
        return schema;
    }

    private static DataType of(Column.Kind kind) {
        return switch (kind) {
            case TEXT, NESTED -> DataTypes.STRING();
            case INT -> DataTypes.INT();
            case LONG -> DataTypes.BIGINT();
            case TRUTH -> DataTypes.BOOLEAN();
            case TIME -> DataTypes.TIMESTAMP_LTZ(3);
        };
    }
}
