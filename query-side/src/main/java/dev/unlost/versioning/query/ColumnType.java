package dev.unlost.versioning.query;

import dev.unlost.versioning.PlainJson;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a column's values are bound and read. Those of several rows are bound together, as one array; what is read equals
 * what was bound.
 */
enum ColumnType {
    /** {@code bigint}, a {@link Long}. */
    BIGINT("bigint", "bigint"),
    /** {@code boolean}, a {@link Boolean}. */
    BOOLEAN("boolean", "boolean"),
    /** {@code jsonb}, an object as plain JSON: a map by member. */
    MEMBERS("jsonb"),
    /** {@code text}, a {@link String}. */
    TEXT("text"),
    /** {@code text[]}, a list of {@link String}. */
    TEXTS("text[]"),
    /** {@code timestamptz(6)}, an {@link Instant} in whole microseconds. */
    TIMESTAMP("timestamptz");

    private static final JsonMapper MAPPER = new JsonMapper();

    private final String column;
    private final String bound;

    /** Bound as text. */
    ColumnType(String column) {
        this(column, "text");
    }

    /** @param bound the type that values are bound in */
    ColumnType(String column, String bound) {
        this.column = column;
        this.bound = bound;
    }

    /** @return the place holder of an array of values */
    String parameter() {
        return "?::" + bound + "[]";
    }

    /** @return the value, of the column's type, of an element of such an array */
    String element(String name) {
        return bound.equals(column) ? name : name + "::" + column;
    }

    void bindAll(PreparedStatement statement, int index, List<? extends @Nullable Object> values) throws SQLException {
        Connection connection = statement.getConnection();
        @Nullable Object[] elements = array(values.size());
        for (int i = 0; i < elements.length; i++) {
            Object value = values.get(i);
            elements[i] = value == null ? null : element(connection, value);
        }
        statement.setArray(index, connection.createArrayOf(bound, elements));
    }

    private @Nullable Object[] array(int length) {
        return switch (this) {
            case BIGINT -> new Long[length];
            case BOOLEAN -> new Boolean[length];
            case MEMBERS, TEXT, TEXTS, TIMESTAMP -> new String[length];
        };
    }

    private Object element(Connection connection, Object value) throws SQLException {
        return switch (this) {
            case BIGINT, BOOLEAN, TEXT -> value;
            case MEMBERS -> MAPPER.writeValueAsString(value);
            case TEXTS ->
                connection
                        .createArrayOf("text", ((List<?>) value).toArray(String[]::new))
                        .toString();
            case TIMESTAMP -> value.toString();
        };
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
