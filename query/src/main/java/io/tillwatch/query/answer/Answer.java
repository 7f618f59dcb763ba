package io.tillwatch.query.answer;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Writes the rows of an answer as they come. */
@FunctionalInterface
public interface Answer {

    /** @return how many rows there were */
    long write(ResultSet rows, PrintWriter out) throws SQLException;
}
