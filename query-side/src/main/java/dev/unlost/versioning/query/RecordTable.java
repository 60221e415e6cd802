package dev.unlost.versioning.query;

import static java.util.Objects.requireNonNull;

import dev.unlost.versioning.Action;
import dev.unlost.versioning.AppendedEvent;
import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordLog.Place;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

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
    private final List<Column> columns;
    private final List<DerivedTable> derived;
    private final List<ColumnType> types;

    private final String put;
    private final String write;
    private final String select;
    private final String delete;

    /**
     * @param name the table's, qualified by its schema
     * @param columns for the contents; every field has at least one
     * @param derived tables that follow from this one
     */
    public RecordTable(RecordType<D, E> type, String name, List<Column> columns, List<DerivedTable> derived) {
        this.type = type;
        this.columns = List.copyOf(columns);
        this.derived = List.copyOf(derived);
        this.types = Stream.concat(HEAD_TYPES.stream(), columns.stream().map(Column::type))
                .toList();
        List<String> names =
                Stream.concat(HEAD.stream(), columns.stream().map(Column::name)).toList();
        String all = String.join(", ", names);
        String arrays = types.stream().map(ColumnType::parameter).collect(Collectors.joining(", "));
        String written = "unnest(" + ColumnType.TEXT.parameter() + ", " + ColumnType.TEXT.parameter() + ", " + arrays
                + ") as written (factory_id, id, " + all + ")";
        String values = IntStream.range(0, names.size())
                .mapToObj(i -> types.get(i).element("written." + names.get(i)))
                .collect(Collectors.joining(", "));
        // no join, of which the planner could begin with the wrong side: each row is found by its key
        String into = "insert into " + name + " as row (factory_id, id, " + all
                + ") select written.factory_id, written.id, " + values + " from " + written
                + " on conflict (factory_id, id) do update set "
                + names.stream().map(column -> column + " = excluded." + column).collect(Collectors.joining(", "))
                + " where row.version ";
        this.put = into + "<= excluded.version";
        // a row that was there is locked before it is changed, which a new one is not: xmax tells them apart
        this.write = "with written as (" + into
                + "= excluded.version - 1 returning (row.xmax = 0) = (row.version = 1) as expected)";
        this.select = "select factory_id, id, " + all + " from " + name
                + " where (factory_id, id) > (?, ?) order by factory_id, id limit ?";
        this.delete = "delete from " + name + " where factory_id = ? and id = ? and version = ?";
    }

    RecordType<D, E> type() {
        return type;
    }

    /**
     * What writes records onto their rows as events leave them: a first event onto a new row, any other onto the row that
     * is at the version before it.
     *
     * @param appended at most one event of a record
     * @return the first says of how many rows that was so, which is as many as there are records where none needs healing;
     *     the others make the derived tables follow
     */
    List<RowStatement> statements(List<AppendedEvent> appended) {
        List<RecordView<D>> views = appended.stream().map(this::view).toList();
        List<RowStatement> statements = new ArrayList<>();
        statements.add(new RowStatement(write, (statement, first) -> bindAll(statement, first, views), views.size()));
        for (DerivedTable table : derived) {
            List<Place> places = appended.stream()
                    .filter(each -> follows(table, each))
                    .map(each -> place(each.after()))
                    .toList();
            if (!places.isEmpty()) {
                statements.add(RowStatement.withoutAnswer(table.clearAll(), ofRecords(places)));
                statements.add(RowStatement.withoutAnswer(table.fillAll(), ofRecords(places)));
            }
        }
        return statements;
    }

    private static boolean isFirst(AppendedEvent appended) {
        return appended.after().version() == 1;
    }

    @SuppressWarnings("unchecked") // the events of this type's records
    private RecordView<D> view(AppendedEvent appended) {
        return (RecordView<D>) appended.after();
    }

    private boolean follows(DerivedTable table, AppendedEvent appended) {
        Action action = appended.event().action();
        if (action == Action.DELETE || action == Action.RESTORE) {
            return table.followsLifeAndDeath();
        }
        return table.follows(
                isFirst(appended)
                        ? there(view(appended).details())
                        : appended.event().changes().keySet());
    }

    private Set<String> there(D details) {
        return type.fields(details).entrySet().stream()
                .filter(field -> isThere(field.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static boolean isThere(@Nullable Object value) {
        return value != null && !value.equals(List.of());
    }

    private static RowStatement.Parameters ofRecords(List<Place> places) {
        return (statement, first) -> {
            ColumnType.TEXT.bindAll(
                    statement, first, places.stream().map(Place::factoryId).toList());
            ColumnType.TEXT.bindAll(
                    statement, first + 1, places.stream().map(Place::id).toList());
            return first + KEY_COLUMNS;
        };
    }

    private int bindAll(PreparedStatement statement, int first, List<RecordView<D>> views) throws SQLException {
        ofRecords(views.stream().map(RecordTable::place).toList()).bind(statement, first);
        List<List<@Nullable Object>> rows = views.stream()
                .map(view -> values(view, type.fields(view.details())))
                .toList();
        int index = first + KEY_COLUMNS;
        for (int i = 0; i < types.size(); i++) {
            int column = i;
            types.get(i)
                    .bindAll(
                            statement,
                            index++,
                            rows.stream()
                                    .<@Nullable Object>map(row -> row.get(column))
                                    .toList());
        }
        return index;
    }

    /**
     * Writes whole records, except where the row is at a later version.
     *
     * @return whether all were written
     */
    boolean putAll(JdbcOperations jdbc, List<RecordView<D>> views) {
        if (views.isEmpty()) {
            return true;
        }
        int written = jdbc.update(put, statement -> bindAll(statement, 1, views));
        derive(jdbc, views.stream().map(RecordTable::place).toList());
        return written == views.size();
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
        RowStatement.Parameters records = ofRecords(places);
        for (DerivedTable table : derived) {
            jdbc.update(table.clearAll(), statement -> records.bind(statement, 1));
            jdbc.update(table.fillAll(), statement -> records.bind(statement, 1));
        }
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
