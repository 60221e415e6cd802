package dev.unlost.versioning.query;

import dev.unlost.versioning.PlainJson;
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
import tools.jackson.databind.json.JsonMapper;

/** How a column's value is bound and read. What is read equals what was bound. */
enum ColumnType {
    /** {@code bigint}, a {@link Long}. */
    BIGINT,
    /** {@code boolean}, a {@link Boolean}. */
    BOOLEAN,
    /** {@code jsonb}, an object as plain JSON: a map by member. */
    MEMBERS,
    /** {@code text}, a {@link String}. */
    TEXT,
    /** {@code text[]}, a list of {@link String}. */
    TEXTS,
    /** {@code timestamptz(6)}, an {@link Instant} in whole microseconds. */
    TIMESTAMP;

    private static final JsonMapper MAPPER = new JsonMapper();

    void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
            return;
        }
        switch (this) {
            case BIGINT -> statement.setLong(index, (Long) value);
            case BOOLEAN -> statement.setBoolean(index, (Boolean) value);
            case MEMBERS -> statement.setObject(index, MAPPER.writeValueAsString(value), Types.OTHER);
            case TEXT -> statement.setString(index, (String) value);
            case TEXTS ->
                statement.setArray(index, statement.getConnection().createArrayOf("text", ((List<?>) value).toArray()));
            case TIMESTAMP -> statement.setObject(index, ((Instant) value).atOffset(ZoneOffset.UTC));
        }
    }

    @Nullable
    Object read(ResultSet row, int index) throws SQLException {
        return switch (this) {
            case BIGINT -> row.getObject(index, Long.class);
            case BOOLEAN -> row.getObject(index, Boolean.class);
            case MEMBERS -> {
                String json = row.getString(index);
                yield json == null ? null : PlainJson.canonical(MAPPER.readValue(json, Object.class));
            }
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
