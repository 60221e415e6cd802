package dev.unlost.metahub.http;

import dev.unlost.http.MemberNames;
import dev.unlost.metahub.MetahubType;
import dev.unlost.table.http.Column;
import dev.unlost.table.http.Column.Kind;
import dev.unlost.table.http.Table;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The records of metahubs as tables. */
@Configuration(proxyBeanMethods = false)
class MetahubColumns {

    private static final Column CATALOG_ID = new Column("catalog_id", Kind.ID, MetahubType.CATALOG_ID);

    /** Its own name would be that of the parameter by which rows are put in order. */
    private static final Column POSITION = new Column("position", Kind.NUMBER, MetahubType.ORDER);

    @Bean
    Table hubsTable() {
        return table(MetahubType.HUB, List.of());
    }

    @Bean
    Table catalogsTable() {
        return table(
                MetahubType.CATALOG, List.of(new Column("hubs", Kind.SET), new Column("config", Kind.JSON), POSITION));
    }

    @Bean
    Table attributesTable() {
        return table(
                MetahubType.ATTRIBUTE,
                List.of(
                        CATALOG_ID,
                        new Column("type", Kind.TEXT),
                        new Column("required", Kind.FLAG),
                        new Column("constraints", Kind.JSON),
                        new Column("ref_catalog_id", Kind.ID, "refCatalogId"),
                        new Column("searchable", Kind.FLAG),
                        POSITION));
    }

    @Bean
    Table elementsTable() {
        return table(MetahubType.ELEMENT, List.of(CATALOG_ID, new Column("data", Kind.JSON), POSITION));
    }

    private static Table table(MetahubType type, List<Column> own) {
        List<Column> columns = new ArrayList<>(List.of(
                new Column("codename", Kind.TEXT),
                new Column("name", Kind.JSON),
                new Column("description", Kind.JSON)));
        columns.addAll(own);
        return Table.of(
                type.name() + "s",
                type.name(),
                MemberNames.METAHUB,
                columns,
                true,
                metahub -> new MetahubCodec(type, metahub));
    }
}
