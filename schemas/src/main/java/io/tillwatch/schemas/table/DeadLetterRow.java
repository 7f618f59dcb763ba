package io.tillwatch.schemas.table;

import io.tillwatch.schemas.table.Column.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** What is told of a dead letter: what its headers say, its key and its length. Not its content. */
public final class DeadLetterRow {

    static final List<Column> COLUMNS = List.of(
            Column.of("recordKey", Kind.TEXT, false),
            Column.of("feed", Kind.TEXT, false),
            Column.of("feedPartition", Kind.INT, false),
            Column.of("feedOffset", Kind.LONG, false),
            Column.of("arrivedAt", Kind.TIME, false),
            Column.of("error", Kind.TEXT, false),
            Column.of("reason", Kind.TEXT, false),
            Column.of("valueBytes", Kind.INT, false));

    private DeadLetterRow() {}

    /**
     * The values of {@link Table#added}, in their order, each null if it is not known.
     *
     * @param keyOrNull as text, where it may be told
     * @param valueBytesOrNull how long the record is, if it was kept
     * @param header the value of a header, or null
     */
    public static List<Object> of(String keyOrNull, Integer valueBytesOrNull, Function<String, byte[]> header) {
        Long partition = numberOrNull(textOrNull(header.apply("partition")));
        Long arrivedAt = numberOrNull(textOrNull(header.apply("timestamp")));
        return Collections.unmodifiableList(Arrays.asList(
                keyOrNull,
                textOrNull(header.apply("feed")),
                partition == null || partition != partition.intValue() ? null : (Integer) partition.intValue(),
                numberOrNull(textOrNull(header.apply("offset"))),
                arrivedAt == null ? null : Instant.ofEpochMilli(arrivedAt),
                textOrNull(header.apply("error")),
                textOrNull(header.apply("reason")),
                valueBytesOrNull));
    }

    /** A header that somebody else wrote is no reason to stop. */
    private static Long numberOrNull(String text) {
        return text != null && text.matches("-?[0-9]{1,9}|[0-9]{10,15}") ? Long.valueOf(text) : null;
    }

    private static String textOrNull(byte[] value) {
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }
}
