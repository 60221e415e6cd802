package dev.unlost.versioning.query;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a column's value is bound and read. What is read equals what was bound. */
enum ColumnType {
    /** {@code bigint}, a {@link Long}. */
    BIGINT,
    /** {@code boolean}, a {@link Boolean}. */
    BOOLEAN,
    /** {@code text}, a {@link String}. */
    TEXT,
    /** {@code text[]}, a list of {@link String}. */
    TEXTS,
    /** {@code timestamptz(6)}, an {@link Instant} in whole microseconds. */
    TIMESTAMP;

    void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
            return;
        }
        switch (this) {
            case BIGINT -> statement.setLong(index, (Long) value);
            case BOOLEAN -> statement.setBoolean(index, (Boolean) value);
            case TEXT -> statement.setString(index, (String) value);
            case TEXTS ->
                statement.setArray(index, statement.getConnection().createArrayOf("text", ((List<?>) value).toArray()));
            case TIMESTAMP -> statement.setObject(index, ((Instant) value).atOffset(ZoneOffset.UTC));
        }
    }

    @Nullable
    Object read(ResultSet row, int index) throws SQLException {
        return switch (this) {
            case BIGINT -> row.getLong(index);
            case BOOLEAN -> row.getBoolean(index);
            case TEXT -> row.getString(index);
            case TEXTS -> {
                Array array = row.getArray(index);
                yield array == null ? null : List.of((String[]) array.getArray());
            }
            case TIMESTAMP -> {
                OffsetDateTime time = row.getObject(index, OffsetDateTime.class);
                yield time == null ? null : time.toInstant();
            }
        };
    }
}
