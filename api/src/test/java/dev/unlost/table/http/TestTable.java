package dev.unlost.table.http;

import dev.unlost.table.http.Column.Kind;
import java.util.List;

/** A table with a column of every kind. */
final class TestTable {

    static final Table TABLE = new Table(
            "things",
            "thing",
            List.of(
                    new Column("id", Kind.ID),
                    new Column("metahub_id", Kind.TEXT, "metahubId"),
                    new Column("version", Kind.NUMBER),
                    new Column("name", Kind.TEXT),
                    new Column("contact_name", Kind.TEXT, "contactName"),
                    new Column("active", Kind.FLAG),
                    new Column("address", Kind.JSON),
                    new Column("tags", Kind.SET),
                    new Column("updated_at", Kind.TIME, "updatedAt")),
            true,
            metahub -> {
                throw new IllegalStateException("nothing is written");
            });

    private TestTable() {}
}
