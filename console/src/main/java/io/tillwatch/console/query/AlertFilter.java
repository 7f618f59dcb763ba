package io.tillwatch.console.query;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which alerts a list shows, and in which order; what is empty does not matter.
 *
 * @param search an identity of an alert, payment, acquirer, merchant or terminal; of a payment its beginning does
 * @param page from 1 on
 */
public record AlertFilter(
        Status status,
        Optional<String> type,
        Optional<String> severity,
        Optional<String> cause,
        Optional<String> acquirerId,
        Optional<String> merchantId,
        Optional<String> terminalId,
        Optional<String> search,
        Sort sort,
        int page) {

    private static final int PAGE_MAX = 200;

    /** Whether an alert must stand. */
    public enum Status {
        STANDING,
        CLEARED,
        ALL
    }

    /** The order; the alert's identity decides between equals. */
    public enum Sort {
        NEWEST("a.detected_at DESC"),
        OLDEST("a.detected_at"),
        AMOUNT("abs(a.amount) DESC NULLS LAST, a.detected_at DESC"),
        SEVERITY("a.urgency DESC, a.detected_at DESC");

        private final String sql;

        Sort(String sql) {
            this.sql = sql;
        }

        String sql() {
            return sql;
        }
    }

    /** Reads it from a query; what is not understood counts as not given, so that a saved link never fails. */
    public static AlertFilter of(Map<String, String> query) {
        return new AlertFilter(
                symbol(Status.class, query.get("status"), Status.STANDING),
                text(query, "type"),
                text(query, "severity"),
                text(query, "cause"),
                text(query, "acquirer"),
                text(query, "merchant"),
                text(query, "terminal"),
                text(query, "q"),
                symbol(Sort.class, query.get("sort"), Sort.NEWEST),
                page(query.get("page")));
    }

    private static Optional<String> text(Map<String, String> query, String name) {
        return Optional.ofNullable(query.get(name))
                .map(text -> text.strip().replace("\0", ""))
                .filter(text -> !text.isEmpty());
    }

    private static <E extends Enum<E>> E symbol(Class<E> type, String text, E otherwise) {
        for (E constant : type.getEnumConstants()) {
            if (text != null && constant.name().equals(text.toUpperCase(Locale.ROOT))) {
                return constant;
            }
        }
        return otherwise;
    }

    private static int page(String text) {
        if (text == null || !text.matches("[0-9]{1,4}")) {
            return 1;
        }
        return Math.max(1, Math.min(PAGE_MAX, Integer.parseInt(text)));
    }
}
