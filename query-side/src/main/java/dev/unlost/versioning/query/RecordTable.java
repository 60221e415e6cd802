package dev.unlost.versioning.query;

import static java.util.Objects.requireNonNull;

import dev.unlost.versioning.Action;
import dev.unlost.versioning.Change;
import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordLog.Place;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Recorded;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementSetter;

/**
 * Where the read model keeps the records of one type: one row each, deleted ones included, with the version that the
 * row is at. The one place that writes such rows, whether for an event just appended, for healing or for rebuilding.
 *
 * <p>The table has the columns {@code factory_id}, {@code id}, {@code version}, {@code deleted}, {@code created_at},
 * {@code created_by}, {@code updated_at} and {@code updated_by}, the first two its primary key, and those named here.
 */
public final class RecordTable<D, E extends RecordEvent> {

    private static final List<String> HEAD =
            List.of("version", "deleted", "created_at", "created_by", "updated_at", "updated_by");
    private static final List<ColumnType> HEAD_TYPES = List.of(
            ColumnType.BIGINT,
            ColumnType.BOOLEAN,
            ColumnType.TIMESTAMP,
            ColumnType.TEXT,
            ColumnType.TIMESTAMP,
            ColumnType.TEXT);
    private static final int KEY_COLUMNS = 2;

    private final RecordType<D, E> type;
    private final String name;
    private final List<Column> columns;
    private final List<DerivedTable> derived;
    private final List<ColumnType> types;

    private final String insert;
    private final String upsert;
    private final String select;
    private final String delete;

    /**
     * @param name the table's, qualified by its schema
     * @param columns for the contents; every field has at least one
     * @param derived tables that follow from this one
     */
    public RecordTable(RecordType<D, E> type, String name, List<Column> columns, List<DerivedTable> derived) {
        this.type = type;
        this.name = name;
        this.columns = List.copyOf(columns);
        this.derived = List.copyOf(derived);
        this.types = Stream.concat(HEAD_TYPES.stream(), columns.stream().map(Column::type))
                .toList();
        List<String> names =
                Stream.concat(HEAD.stream(), columns.stream().map(Column::name)).toList();
        String all = String.join(", ", names);
        String values = "?, ?" + ", ?".repeat(names.size());
        String into = "insert into " + name + " as row (factory_id, id, " + all + ") values (" + values + ")";
        this.insert = into + " on conflict (factory_id, id) do nothing";
        this.upsert = into + " on conflict (factory_id, id) do update set "
                + names.stream().map(column -> column + " = excluded." + column).collect(Collectors.joining(", "))
                + " where row.version <= excluded.version";
        this.select = "select factory_id, id, " + all + " from " + name
                + " where (factory_id, id) > (?, ?) order by factory_id, id limit ?";
        this.delete = "delete from " + name + " where factory_id = ? and id = ? and version = ?";
    }

    RecordType<D, E> type() {
        return type;
    }

    /**
     * What writes an event onto the row that is at the version before it, or a new row for the first event.
     *
     * @return the first changes one row if it is there to be written on, and none otherwise; the others, which are for
     *     after it, make the derived tables follow
     */
    List<RowStatement> statements(RecordKey key, Recorded<E> recorded) {
        return recorded.version() == 1 ? creating(key, recorded) : changing(key, recorded);
    }

    private List<RowStatement> creating(RecordKey key, Recorded<E> recorded) {
        RecordView<D> view = type.fold(key, null, recorded);
        Map<String, @Nullable Object> fields = type.fields(view.details());
        List<RowStatement> statements = new ArrayList<>();
        statements.add(new RowStatement(insert, (statement, first) -> bind(statement, first, view, fields)));
        Set<String> there = fields.entrySet().stream()
                .filter(field -> isThere(field.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        for (DerivedTable table : derived) {
            if (table.follows(there)) {
                statements.add(ofRecord(table.fill(), view.factoryId(), key.id()));
            }
        }
        return statements;
    }

    private static boolean isThere(@Nullable Object value) {
        return value != null && !value.equals(List.of());
    }

    private List<RowStatement> changing(RecordKey key, Recorded<E> recorded) {
        Map<String, Change<?>> changes = recorded.event().changes();
        Action action = recorded.event().action();
        List<Column> changed = columns.stream()
                .filter(column -> column.follows(changes.keySet()))
                .toList();
        StringBuilder update = new StringBuilder("update ")
                .append(name)
                .append(" set version = ?, deleted = ?, updated_at = ?, updated_by = ?");
        changed.forEach(column -> update.append(", ").append(column.assignment()));
        update.append(" where factory_id = ? and id = ? and version = ?");
        String factory = recorded.origin().factoryId();
        List<RowStatement> statements = new ArrayList<>();
        statements.add(new RowStatement(update.toString(), (statement, first) -> {
            int index = first;
            ColumnType.BIGINT.bind(statement, index++, recorded.version());
            ColumnType.BOOLEAN.bind(statement, index++, action == Action.DELETE);
            ColumnType.TIMESTAMP.bind(statement, index++, recorded.at());
            ColumnType.TEXT.bind(statement, index++, recorded.origin().actor());
            for (Column column : changed) {
                column.type().bind(statement, index++, column.changed(changes));
            }
            ColumnType.TEXT.bind(statement, index++, factory);
            ColumnType.TEXT.bind(statement, index++, key.id());
            ColumnType.BIGINT.bind(statement, index++, recorded.version() - 1);
            return index;
        }));
        boolean lifeOrDeath = action == Action.DELETE || action == Action.RESTORE;
        for (DerivedTable table : derived) {
            if ((lifeOrDeath && table.followsLifeAndDeath()) || table.follows(changes.keySet())) {
                statements.add(ofRecord(table.clear(), factory, key.id()));
                statements.add(ofRecord(table.fill(), factory, key.id()));
            }
        }
        return statements;
    }

    private static RowStatement ofRecord(String sql, String factoryId, String id) {
        return new RowStatement(sql, (statement, first) -> {
            statement.setString(first, factoryId);
            statement.setString(first + 1, id);
            return first + KEY_COLUMNS;
        });
    }

    /**
     * Writes a whole record, unless the row is at a later version.
     *
     * @return whether it was written
     */
    boolean put(JdbcOperations jdbc, RecordView<D> view) {
        return putAll(jdbc, List.of(view));
    }

    /** @return whether all were written, so that no row is at a later version */
    boolean putAll(JdbcOperations jdbc, List<RecordView<D>> views) {
        int[] written = jdbc.batchUpdate(upsert, new BatchPreparedStatementSetter() {
            @Override
            public void setValues(PreparedStatement statement, int i) throws SQLException {
                RecordView<D> view = views.get(i);
                bind(statement, 1, view, type.fields(view.details()));
            }

            @Override
            public int getBatchSize() {
                return views.size();
            }
        });
        derive(jdbc, views.stream().map(RecordTable::place).toList());
        return Arrays.stream(written).allMatch(rows -> rows == 1);
    }

    /** @return whether the row was still at that version, and is gone */
    boolean delete(JdbcOperations jdbc, Place place, long version) {
        return jdbc.update(delete, place.factoryId(), place.id(), version) == 1;
    }

    /** Whether rows that follow from this table's follow from those of other records too. */
    boolean isJoined() {
        return derived.stream().anyMatch(DerivedTable::joined);
    }

    /** Makes the derived tables follow from the rows as they are. */
    void derive(JdbcOperations jdbc, List<Place> places) {
        if (places.isEmpty()) {
            return;
        }
        PreparedStatementSetter keys = statement -> {
            Connection connection = statement.getConnection();
            statement.setArray(1, texts(connection, places.stream().map(Place::factoryId)));
            statement.setArray(2, texts(connection, places.stream().map(Place::id)));
        };
        for (DerivedTable table : derived) {
            jdbc.update(table.clearAll(), keys);
            jdbc.update(table.fillAll(), keys);
        }
    }

    private static Array texts(Connection connection, Stream<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    private int bind(PreparedStatement statement, int first, RecordView<D> view, Map<String, @Nullable Object> fields)
            throws SQLException {
        int index = first;
        statement.setString(index++, view.factoryId());
        statement.setString(index++, view.key().id());
        List<@Nullable Object> values = values(view, fields);
        for (int i = 0; i < values.size(); i++) {
            types.get(i).bind(statement, index++, values.get(i));
        }
        return index;
    }

    private List<@Nullable Object> values(RecordView<D> view, Map<String, @Nullable Object> fields) {
        List<@Nullable Object> values = new ArrayList<>(types.size());
        Collections.addAll(
                values,
                view.version(),
                view.deleted(),
                view.createdAt(),
                view.createdBy(),
                view.updatedAt(),
                view.updatedBy());
        columns.forEach(column -> values.add(column.valueOf(fields)));
        return values;
    }

    /** @return the rows that follow {@code after}, ordered by factory and id */
    List<Row> rows(JdbcOperations jdbc, Place after, int limit) {
        return jdbc.query(select, (result, number) -> row(result), after.factoryId(), after.id(), limit);
    }

    private Row row(ResultSet result) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            values.add(types.get(i).read(result, i + 1 + KEY_COLUMNS));
        }
        return new Row(new Place(result.getString(1), result.getString(2)), values);
    }

    /** @return the row that the record should have */
    Row rowOf(RecordView<D> view) {
        return new Row(place(view), values(view, type.fields(view.details())));
    }

    static Place place(RecordView<?> view) {
        return new Place(view.factoryId(), view.key().id());
    }

    /**
     * @param through the last place to look at; null for all that follow
     * @return the records after {@code after} whose derived rows are not those that follow from their row
     */
    Set<Place> derivedMismatches(JdbcOperations jdbc, Place after, @Nullable Place through) {
        List<Object> bounds = new ArrayList<>(List.of(after.factoryId(), after.id()));
        if (through != null) {
            Collections.addAll(bounds, through.factoryId(), through.id());
        }
        Object[] parameters =
                Collections.nCopies(4, bounds).stream().flatMap(List::stream).toArray();
        Set<Place> mismatches = new HashSet<>();
        for (DerivedTable table : derived) {
            mismatches.addAll(jdbc.query(
                    table.mismatches(through != null),
                    (result, number) -> new Place(result.getString(1), result.getString(2)),
                    parameters));
        }
        return mismatches;
    }

    /**
     * A row as it is or should be.
     *
     * @param values of all columns but the key's, in their order
     */
    record Row(Place place, List<@Nullable Object> values) {
        long version() {
            return (Long) requireNonNull(values.getFirst());
        }
    }
}
