package dev.unlost.metahub.query;

import dev.unlost.metahub.MetahubDetails;
import dev.unlost.metahub.MetahubEvent;
import dev.unlost.metahub.MetahubType;
import dev.unlost.versioning.query.Column;
import dev.unlost.versioning.query.DerivedTable;
import dev.unlost.versioning.query.RecordTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The tables of metahubs: each record's contents as one document, and columns for what lists are found and sorted by. */
@Configuration(proxyBeanMethods = false)
class MetahubReadModel {

    private static final Column CATALOG_ID = Column.text("catalog_id", MetahubType.CATALOG_ID);
    private static final Column POSITION = Column.bigint("position", MetahubType.ORDER);

    /** What elements are found and sorted by: a row for every element and searchable attribute of its catalog. */
    static final String VALUES = """
            select e.factory_id, a.id as attribute_id, e.id as element_id, v.value is null as missing,
              case when a.kind in ('STRING', 'REF') then coalesce(e.search_keys ->> a.codename, '') else '' end
                as text_value,
              case a.kind when 'NUMBER' then coalesce(v.value::float8, 0)
                when 'BOOLEAN' then coalesce(v.value::boolean::int, 0) else 0 end as number_value,
              case a.kind when 'DATE' then coalesce(v.value::date::timestamp at time zone 'UTC', 'epoch')
                when 'DATETIME' then coalesce(v.value::timestamptz, 'epoch') else 'epoch' end as time_value
            from unlost.element e
              join unlost.attribute a on a.factory_id = e.factory_id and a.metahub_id = e.metahub_id
                and a.catalog_id = e.catalog_id
              cross join lateral (select e.contents ->> ('data.' || a.codename) as value) v
            where not e.deleted and not a.deleted and a.searchable""";

    @Bean
    RecordTable<MetahubDetails, MetahubEvent> hubTable() {
        return table(MetahubType.HUB, List.of(), List.of());
    }

    @Bean
    RecordTable<MetahubDetails, MetahubEvent> catalogTable() {
        return table(
                MetahubType.CATALOG,
                List.of(POSITION),
                List.of(new DerivedTable(
                        "unlost.catalog_hub", "catalog_id", List.of("hub_id"), Set.of(MetahubType.HUBS), """
                        select factory_id, id as catalog_id, metahub_id || '/' || hub as hub_id from unlost.catalog \
                        cross join lateral jsonb_array_elements_text(coalesce(contents -> 'hubs', '[]')) hub \
                        where not deleted""")));
    }

    @Bean
    RecordTable<MetahubDetails, MetahubEvent> attributeTable() {
        return table(
                MetahubType.ATTRIBUTE,
                List.of(CATALOG_ID, POSITION, Column.text("kind", "type"), Column.flag("searchable", "searchable")),
                List.of(values("attribute_id", "element_id", Set.of(MetahubType.CODENAME, "type", "searchable"))));
    }

    @Bean
    RecordTable<MetahubDetails, MetahubEvent> elementTable() {
        return table(
                MetahubType.ELEMENT,
                List.of(
                        CATALOG_ID,
                        POSITION,
                        Column.members(
                                "search_keys",
                                MetahubType.DATA_PREFIX,
                                value -> value instanceof String text ? SearchValue.key(text) : null)),
                List.of(values("element_id", "attribute_id", Set.of(MetahubType.DATA_PREFIX, MetahubType.CATALOG_ID))));
    }

    private static DerivedTable values(String owner, String other, Set<String> fields) {
        return new DerivedTable(
                "unlost.element_value",
                owner,
                List.of(other, "missing", "text_value", "number_value", "time_value"),
                fields,
                VALUES);
    }

    private static RecordTable<MetahubDetails, MetahubEvent> table(
            MetahubType type, List<Column> columns, List<DerivedTable> derived) {
        List<Column> all = new ArrayList<>(columns);
        all.add(Column.text("codename", MetahubType.CODENAME));
        all.add(Column.members("contents", "", value -> value));
        return new RecordTable<>(type, "unlost." + type.name(), all, derived);
    }
}
