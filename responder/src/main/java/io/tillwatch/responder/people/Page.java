package io.tillwatch.responder.people;

import java.util.List;

/**
 * A bounded part of a list.
 *
 * @param next for the query of the next part; null if this is the last
 */
public record Page<T>(List<T> items, String next) {

    /** No page is longer. */
    public static final int ITEMS_MAX = 200;

    public static final int DEFAULT_ITEMS = 50;

    public Page {
        items = List.copyOf(items);
    }
}
