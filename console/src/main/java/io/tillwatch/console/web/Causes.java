package io.tillwatch.console.web;

import io.pebbletemplates.pebble.error.PebbleException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What went wrong, for the log: classes, and of a database's error its state; messages hold values. */
final class Causes {

    private static final int DEEP_MAX = 8;

    private Causes() {}

    static String of(Throwable thrown) {
        List<String> names = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && names.size() < DEEP_MAX; cause = cause.getCause()) {
            String state = "";
            if (cause instanceof SQLException sql) {
                state = " " + sql.getSQLState();
            } else if (cause instanceof PebbleException page) {
                state = " in " + page.getFileName() + " line " + page.getLineNumber() + ": " + page.getPebbleMessage();
            }
            StackTraceElement[] trace = cause.getStackTrace();
            names.add(cause.getClass().getSimpleName() + state + (trace.length > 0 ? " at " + trace[0] : ""));
        }
        return String.join(", because of ", names);
    }
}
