package io.tillwatch.responder.api;

import io.javalin.http.HttpResponseException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said when something was thrown. Of a database's error only its state is logged: the rest holds values. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final String QUERY_CANCELED = "57014";

    private Failures() {}

    static Problem of(String route, Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return database(route, sql);
            }
        }
        LOG.error("{} failed", route, thrown);
        return new Problem(Code.INTERNAL, "It is in the log; try again, and tell whoever runs this if it stays.");
    }

    /** What Javalin itself refuses. */
    static Problem of(HttpResponseException refused) {
        return ofStatus(refused.getStatus());
    }

    /** What stands behind a bare status. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 404 -> new Problem(Code.NOT_FOUND, "See /api/v1/openapi.yaml for what there is.");
            case 405 -> new Problem(Code.METHOD_NOT_ALLOWED, "See /api/v1/openapi.yaml for what there is.");
            case 413 -> new Problem(Code.TOO_LARGE, "Send less.");
            default ->
                status >= 500
                        ? new Problem(Code.INTERNAL, "Try again, and tell whoever runs this if it stays.")
                        : new Problem(Code.BAD_REQUEST, "The request cannot be read.");
        };
    }

    private static Problem database(String route, SQLException sql) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        LOG.warn("{} failed: {} with SQL state {}", route, sql.getClass().getSimpleName(), state);
        if (state.equals(QUERY_CANCELED)) {
            return new Problem(Code.TOO_SLOW, "Narrow the filter, for example by payment or merchant.");
        }
        boolean gone = sql instanceof SQLTransientConnectionException
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53");
        return gone
                ? new Problem(Code.UNAVAILABLE, "Whether it was done is not known: look, and try again.")
                : new Problem(Code.INTERNAL, "It is in the log; tell whoever runs this.");
    }
}
