package io.tillwatch.console.web;

import java.util.Map;

/** What a page answers. */
sealed interface Answer {

    /**
     * A page, or a part of one.
     *
     * @param template without its suffix
     */
    record Page(int status, String template, Map<String, Object> model) implements Answer {}

    /** To another page of this console: a path and perhaps a query. */
    record Redirect(String to) implements Answer {}

    /** @param fileNameOrNull under which a browser keeps it; null to show it */
    record File(String contentType, String text, String fileNameOrNull, boolean forEver) implements Answer {}

    static Answer page(String template, Map<String, Object> model) {
        return new Page(200, template, model);
    }

    static Answer notFound() {
        return new Page(404, "problem", Map.of("key", "problem.notFound"));
    }
}
