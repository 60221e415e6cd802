package dev.unlost.metahub.query;

import dev.unlost.metahub.MetahubDetails;
import dev.unlost.metahub.MetahubType;
import dev.unlost.table.query.RecordRows;
import dev.unlost.table.query.TableColumn;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.query.Fragment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The records of metahubs as tables. Of their contents those have columns that every record of the type can have. */
@Configuration(proxyBeanMethods = false)
class MetahubSearch {

    private static final String IN_HUB = "exists (select from unlost.catalog_hub h where h.factory_id = r.factory_id"
            + " and h.catalog_id = r.id and h.hub_id = ?)";

    @Bean
    RecordRows<MetahubDetails> searchableHubs() {
        return rows(MetahubType.HUB, HubRow.class, columns -> {});
    }

    @Bean
    RecordRows<MetahubDetails> searchableCatalogs() {
        return rows(MetahubType.CATALOG, CatalogRow.class, columns -> {
            columns.put("position", TableColumn.of("r.position"));
            object("config", columns);
        });
    }

    @Bean
    RecordRows<MetahubDetails> searchableAttributes() {
        return rows(MetahubType.ATTRIBUTE, AttributeRow.class, columns -> {
            columns.put("catalog_id", TableColumn.of("r.catalog_id"));
            columns.put("position", TableColumn.of("r.position"));
            columns.put("type", TableColumn.of("r.kind"));
            columns.put("searchable", TableColumn.of("r.searchable"));
            columns.put("required", TableColumn.of("cast(r.contents ->> 'required' as boolean)"));
            columns.put("ref_catalog_id", TableColumn.text("(r.contents ->> 'refCatalogId')"));
            object("constraints", columns);
        });
    }

    @Bean
    RecordRows<MetahubDetails> searchableElements() {
        return rows(MetahubType.ELEMENT, ElementRow.class, columns -> {
            columns.put("catalog_id", TableColumn.of("r.catalog_id"));
            columns.put("position", TableColumn.of("r.position"));
            columns.put("data", TableColumn.json("r.contents", MetahubSearch::valueOfAttribute));
        });
    }

    @FunctionalInterface
    private interface More {
        void addTo(Map<String, TableColumn> columns);
    }

    private static RecordRows<MetahubDetails> rows(MetahubType type, Class<? extends MetahubRow> rows, More more) {
        Map<String, TableColumn> columns = new HashMap<>();
        for (String text : List.of("factory_id", "metahub_id")) {
            columns.put(text, TableColumn.of("r." + text));
        }
        for (String text : List.of("created_by", "updated_by")) {
            columns.put(text, TableColumn.text("r." + text));
        }
        for (String other : List.of("version", "created_at", "updated_at")) {
            columns.put(other, TableColumn.of("r." + other));
        }
        TableColumn codename = TableColumn.of("r.codename").foundBy("r.codename_key", UnaryOperator.identity());
        // in the order of the index, unless there may be none
        columns.put(
                "codename",
                type == MetahubType.ELEMENT
                        ? codename
                        : codename.inOrderOf("r.codename_key", UnaryOperator.identity()));
        object("name", columns);
        object("description", columns);
        more.addTo(columns);
        Map<String, TableColumn> common = Map.copyOf(columns);
        return new RecordRows<>(
                type, rows, "unlost." + type.name(), true, metahub -> ofMetahub(type, common, String.valueOf(metahub)));
    }

    /** An id is stored behind that of its metahub. */
    private static Map<String, TableColumn> ofMetahub(
            MetahubType type, Map<String, TableColumn> common, String metahub) {
        Map<String, TableColumn> columns = new HashMap<>(common);
        columns.put("id", TableColumn.of("r.id").storedAs(id -> within(metahub, type, (String) id)));
        if (type == MetahubType.CATALOG) {
            columns.put(
                    "hubs",
                    TableColumn.set(
                            "(r.contents -> 'hubs')",
                            IN_HUB,
                            hub -> within(metahub, MetahubType.HUB, hub.toLowerCase(Locale.ROOT))));
        }
        return columns;
    }

    private static String within(String metahub, MetahubType type, String id) {
        return RecordKey.within(metahub, type.name(), id).id();
    }

    private static void object(String field, Map<String, TableColumn> columns) {
        String sql = "(r.contents -> '" + field + "')";
        columns.put(field, TableColumn.json(sql, path -> inner(sql, path)));
    }

    /** @param sql an expression that is JSON */
    private static Fragment inner(String sql, List<String> path) {
        String way = " -> cast(? as text)".repeat(path.size() - 1) + " ->> cast(? as text)";
        return new Fragment("(" + sql + way + ")", List.copyOf(path));
    }

    /** The values of attributes are members of the contents themselves. */
    private static Fragment valueOfAttribute(List<String> path) {
        List<String> stored = new ArrayList<>(path);
        stored.set(0, MetahubType.DATA_PREFIX + path.getFirst());
        return inner("r.contents", stored);
    }
}
