package io.tillwatch.responder.api;

import io.tillwatch.responder.people.Keyset;
import io.tillwatch.responder.people.Page;
import java.util.Optional;

/** What every list takes: how many, and behind what. */
record Paging(int limit, Optional<Keyset> after) {

    static Paging of(Fields query) {
        int limit = limit(query);
        Optional<Keyset> after = query.optionalText("after", 4 * Fields.TEXT_MAX)
                .flatMap(text -> {
                    Optional<Keyset> end = Keyset.decode(text);
                    if (end.isEmpty()) {
                        query.wrong("after: is not what a page gave as next");
                    }
                    return end;
                });
        return new Paging(limit, after);
    }

    static int limit(Fields query) {
        return (int) query.number("limit", 1, Page.ITEMS_MAX, Page.DEFAULT_ITEMS);
    }
}
