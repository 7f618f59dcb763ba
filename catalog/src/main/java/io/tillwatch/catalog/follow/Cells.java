package io.tillwatch.catalog.follow;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/** The cells of a row as all forms write them. */
record Cells(ZoneId zone) {

    /** Null for what is null; ISO 8601 for times, moments with the zone's offset. */
    String text(Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Instant time) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atZone(zone));
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return value instanceof Object[] many ? Arrays.deepToString(many) : value.toString();
    }
}
