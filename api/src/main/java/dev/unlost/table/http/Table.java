package dev.unlost.table.http;

import dev.unlost.http.MemberNames;
import dev.unlost.http.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kind of record as a table.
 *
 * @param name in paths
 * @param type the record type's name
 * @param columns in the order in which rows show them
 * @param namespaced whether its records live in metahubs, one of which every request is about
 * @param codecs for a namespace, which is empty where there are none
 */
public record Table(
        String name, String type, List<Column> columns, boolean namespaced, Function<String, RecordCodec<?>> codecs) {

    /** Tells the metahub that a row belongs to. */
    static final String METAHUB_ID = "metahub_id";

    /** The metahub of requests that name none. */
    static final String DEFAULT_METAHUB = "main";

    static final String ID = "id";
    static final String VERSION = "version";
    static final String UPDATED_AT = "updated_at";

    public Table {
        columns = List.copyOf(columns);
    }

    /** @param own what only records of this kind have */
    public static Table of(
            String name,
            String type,
            MemberNames names,
            List<Column> own,
            boolean namespaced,
            Function<String, RecordCodec<?>> codecs) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(ID, Column.Kind.ID));
        if (namespaced) {
            columns.add(new Column(METAHUB_ID, Column.Kind.TEXT, "metahubId"));
        }
        columns.add(new Column("factory_id", Column.Kind.TEXT, "factoryId"));
        columns.add(new Column(VERSION, Column.Kind.NUMBER, names.version()));
        columns.addAll(own);
        columns.add(new Column("created_at", Column.Kind.TIME, names.createdAt()));
        columns.add(new Column("created_by", Column.Kind.TEXT, names.createdBy()));
        columns.add(new Column(UPDATED_AT, Column.Kind.TIME, names.updatedAt()));
        columns.add(new Column("updated_by", Column.Kind.TEXT, names.updatedBy()));
        return new Table(name, type, columns, namespaced, codecs);
    }

    Optional<Column> find(String column) {
        return columns.stream().filter(each -> each.name().equals(column)).findFirst();
    }

    /** @throws dev.unlost.http.ProblemException 400 if there is none of that name */
    Column column(String column) {
        return find(column).orElseThrow(() -> Refusals.noColumn(name, column));
    }
}
