package io.tillwatch.catalog.follow;

import org.apache.flink.types.Row;

/** Writes the rows of an answer as they come, each with what becomes of it: added, changed from, changed to, taken back. */
interface RowWriter {

    /** The name of the column that says what becomes of a row: {@code +I}, {@code -U}, {@code +U} or {@code -D}. */
    String CHANGE = "op";

    void write(Row row);
}
