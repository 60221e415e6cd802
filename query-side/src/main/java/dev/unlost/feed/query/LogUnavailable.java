package dev.unlost.feed.query;

import java.sql.SQLException;

/** The log cannot be read right now. */
final class LogUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LogUnavailable(SQLException cause) {
        super("the log cannot be read: SQL state " + cause.getSQLState(), cause);
    }
}
