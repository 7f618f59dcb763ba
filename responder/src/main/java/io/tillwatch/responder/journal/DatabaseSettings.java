package io.tillwatch.responder.journal;

import java.time.Duration;

/**
 * Where the journal is.
 *
 * @param url {@code jdbc:postgresql://host:port/database}, with whatever the driver takes behind a question mark
 * @param user null if the url says who
 * @param password null if none is asked for
 * @param connectionsMax of this instance; each thread of the engine wants one
 * @param answerWithin how long the database may take for one statement, or to be reached, before it counts as away
 */
public record DatabaseSettings(String url, String user, String password, int connectionsMax, Duration answerWithin) {

    public static final int CONNECTIONS_DEFAULT = 40;
    public static final Duration ANSWER_WITHIN_DEFAULT = Duration.ofSeconds(20);

    /** A database that asks for no password, with the defaults. */
    public static DatabaseSettings of(String url) {
        return new DatabaseSettings(url, null, null, CONNECTIONS_DEFAULT, ANSWER_WITHIN_DEFAULT);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url.replaceAll("(?i)(password=)[^&]*", "$1…") + ", user=" + user + "]";
    }
}
