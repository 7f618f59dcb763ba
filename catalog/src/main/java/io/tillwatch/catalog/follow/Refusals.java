package io.tillwatch.catalog.follow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what Flink cannot do, and what to do instead: its own words first, and the remedy for those that are known. */
final class Refusals {

    private static final Map<String, String> REMEDIES = new LinkedHashMap<>();

    static {
        REMEDIES.put(
                "Sort on a non-time-attribute",
                "What goes on has no last row, so it cannot be sorted as a whole: leave out ORDER BY, add LIMIT n to keep the"
                        + " first n at any time, or ask without --follow");
        REMEDIES.put(
                "doesn't support consuming update",
                "This step takes rows that are only ever added, and these change: ask alert_history, command_history or a"
                        + " feed instead of alerts, commands or a join of them, or group without a window");
        REMEDIES.put(
                "sqlQuery() only accepts", "This is no question: give one SELECT. Nothing can be changed or made here");
        REMEDIES.put(
                "No match found for function signature",
                "Flink has other functions than the database of the snapshot: look for its name in Flink's documentation, or ask"
                        + " without --follow");
        REMEDIES.put(
                "not found in any table",
                "Flink's names are exact: paymentId is not paymentid. DESCRIBE is not there; docs/query.md names the columns");
        REMEDIES.put(
                "Encountered \"",
                "Flink's SQL has no GROUP BY ALL, ANTI JOIN, :: or //, and keeps some words for itself: write `result`, `last`"
                        + " and the like in backticks. docs/query.md says more");
        REMEDIES.put("Object '", "The tables are those of docs/query.md");
    }

    private Refusals() {}

    /** Its message is for whoever asked. */
    static QuestionRefusedException of(Throwable failure) {
        List<String> messages = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                messages.add(cause.getMessage());
            }
        }
        for (Map.Entry<String, String> remedy : REMEDIES.entrySet()) {
            for (String message : messages) {
                if (message.contains(remedy.getKey())) {
                    return new QuestionRefusedException(shortened(message) + "\n" + remedy.getValue(), failure);
                }
            }
        }
        String deepest = messages.isEmpty() ? failure.toString() : messages.get(messages.size() - 1);
        return new QuestionRefusedException(shortened(deepest), failure);
    }

    /** Of what the parser expected instead it lists a page. */
    private static String shortened(String message) {
        int expected = message.indexOf("\nWas expecting");
        return (expected < 0 ? message : message.substring(0, expected)).strip();
    }
}
