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
    private static final String IN_CATALOG = "metahub_id || '/' || catalog_id";
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
        return table(MetahubType.HUB, List.of(), List.of(member(MetahubType.HUB, "metahub_id", "null::jsonb")));
    }

    @Bean
    RecordTable<MetahubDetails, MetahubEvent> catalogTable() {
        return table(
                MetahubType.CATALOG,
                List.of(POSITION),
                List.of(
                        new DerivedTable(
                                "unlost.catalog_hub", "catalog_id", List.of("hub_id"), Set.of(MetahubType.HUBS), """
                        select factory_id, id as catalog_id, metahub_id || '/' || hub as hub_id from unlost.catalog \
                        cross join lateral jsonb_array_elements_text(coalesce(contents -> 'hubs', '[]')) hub \
                        where not deleted"""),
                        member(MetahubType.CATALOG, "metahub_id", "null::jsonb"),
                        references(MetahubType.CATALOG, """
                                select factory_id, id as from_id, 'hubs' as via, 'hub' as to_type,
                                  metahub_id || '/' || hub as to_id
                                from unlost.catalog
                                  cross join lateral jsonb_array_elements_text(coalesce(contents -> 'hubs', '[]')) hub
                                where not deleted""")));
    }

    @Bean
    RecordTable<MetahubDetails, MetahubEvent> attributeTable() {
        return table(
                MetahubType.ATTRIBUTE,
                List.of(CATALOG_ID, POSITION, Column.text("kind", "type"), Column.flag("searchable", "searchable")),
                List.of(
                        values("attribute_id", "element_id", Set.of(MetahubType.CODENAME, "type", "searchable")),
                        member(MetahubType.ATTRIBUTE, IN_CATALOG, """
                                jsonb_strip_nulls(jsonb_build_object('refCatalogId', contents -> 'refCatalogId'))
                                  || jsonb_build_object('codename', codename, 'type', kind, 'searchable', searchable,
                                    'required', coalesce(contents -> 'required', 'false'),
                                    'constraints', coalesce(contents -> 'constraints', '{}'))"""),
                        references(MetahubType.ATTRIBUTE, """
                                select factory_id, id as from_id, 'refCatalogId' as via, 'catalog' as to_type,
                                  metahub_id || '/' || (contents ->> 'refCatalogId') as to_id
                                from unlost.attribute
                                where not deleted and contents ->> 'refCatalogId' is not null""")));
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
                List.of(
                        values("element_id", "attribute_id", Set.of(MetahubType.DATA_PREFIX, MetahubType.CATALOG_ID)),
                        member(MetahubType.ELEMENT, IN_CATALOG, """
                                (select coalesce(jsonb_object_agg(substr(key, 6), value), '{}')
                                  from jsonb_each(contents) where starts_with(key, 'data.'))"""),
                        references(MetahubType.ELEMENT, """
                                select e.factory_id, e.id as from_id, 'data.' || a.codename as via, 'element' as to_type,
                                  e.metahub_id || '/' || (e.contents ->> ('data.' || a.codename)) as to_id
                                from unlost.element e
                                  join unlost.attribute a on a.factory_id = e.factory_id
                                    and a.metahub_id = e.metahub_id and a.catalog_id = e.catalog_id
                                where not e.deleted and not a.deleted and a.kind = 'REF'
                                  and e.contents ->> ('data.' || a.codename) is not null""").joiningOthers()));
    }

    /** What the command side decides by, and writes: records that are not deleted. */
    private static DerivedTable member(MetahubType type, String parent, String content) {
        return DerivedTable.writtenByOthers(
                "unlost.metahub_member",
                new DerivedTable.Part("type", type.name()),
                "id",
                List.of("type", "parent", "codename", "content"),
                "select factory_id, id, '%s' as type, %s as parent, codename, %s as content from unlost.%s where not deleted"
                        .formatted(type.name(), parent, content, type.name()));
    }

    /** What the command side decides by, and writes: which records refer to which. */
    private static DerivedTable references(MetahubType type, String source) {
        return DerivedTable.writtenByOthers(
                "unlost.metahub_reference",
                new DerivedTable.Part("from_type", type.name()),
                "from_id",
                List.of("from_type", "via", "to_type", "to_id"),
                source.replaceFirst("as from_id", "as from_id, '" + type.name() + "' as from_type"));
    }

    private static DerivedTable values(String owner, String other, Set<String> fields) {
        return new DerivedTable(
                        "unlost.element_value",
                        owner,
                        List.of(other, "missing", "text_value", "number_value", "time_value"),
                        fields,
                        VALUES)
                .joiningOthers();
    }

    private static RecordTable<MetahubDetails, MetahubEvent> table(
            MetahubType type, List<Column> columns, List<DerivedTable> derived) {
        List<Column> all = new ArrayList<>(columns);
        all.add(Column.text("codename", MetahubType.CODENAME));
        all.add(Column.members("contents", "", value -> value));
        return new RecordTable<>(type, "unlost." + type.name(), all, derived);
    }
}
