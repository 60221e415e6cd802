package dev.unlost.metahub.query;

import dev.unlost.metahub.AttributeDefinition;
import dev.unlost.metahub.MetahubDetails;
import dev.unlost.metahub.MetahubQuery.CatalogShape;
import dev.unlost.metahub.MetahubQuery.DescribeCatalog;
import dev.unlost.metahub.MetahubQuery.FindMetahubRecord;
import dev.unlost.metahub.MetahubQuery.ListMetahubRecords;
import dev.unlost.metahub.MetahubQuery.MetahubPage;
import dev.unlost.metahub.MetahubType;
import dev.unlost.metahub.query.MetahubList.Attribute;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.query.Fragment;
import dev.unlost.versioning.query.RecordRow;
import dev.unlost.versioning.query.RowReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.axonframework.messaging.MetaData;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers queries about metahubs from the read model, within the factory of the query's origin. */
@Component
class MetahubQueries {

    private static final Map<MetahubType, Class<? extends MetahubRow>> ROWS = Map.of(
            MetahubType.HUB, HubRow.class,
            MetahubType.CATALOG, CatalogRow.class,
            MetahubType.ATTRIBUTE, AttributeRow.class,
            MetahubType.ELEMENT, ElementRow.class);

    private static final String SHAPE = """
            select * from unlost.attribute
            where factory_id = ? and metahub_id = ? and catalog_id = ? and not deleted order by position, id""";

    private final RowReader rows;

    MetahubQueries(RowReader rows) {
        this.rows = rows;
    }

    @QueryHandler
    @SuppressWarnings("rawtypes") // Axon finds a handler by the class of its answers, never by a parameterized type
    Optional<RecordView> find(FindMetahubRecord query, MetaData metaData) {
        return find(query.key(), metaData).map(Function.identity());
    }

    private Optional<RecordView<MetahubDetails>> find(RecordKey key, MetaData metaData) {
        MetahubType type = MetahubType.named(key.type());
        return rows.find(rowsOf(type), new RecordRow.Key(Origin.of(metaData).factoryId(), key.id()))
                .map(row -> row.view(type));
    }

    /** A deleted catalog has no shape. */
    @QueryHandler
    Optional<CatalogShape> describe(DescribeCatalog query, MetaData metaData) {
        RecordKey catalog = query.catalog();
        return find(catalog, metaData)
                .filter(view -> !view.deleted())
                .map(view -> new CatalogShape(
                        attributes(view.factoryId(), String.valueOf(catalog.namespace()), catalog.localId()).stream()
                                .map(attribute -> AttributeDefinition.of(attribute.details()))
                                .toList()));
    }

    /** @throws dev.unlost.versioning.Refusal.InvalidFields naming every parameter that cannot be meant */
    @QueryHandler
    MetahubPage list(ListMetahubRecords query, MetaData metaData) {
        String factory = Origin.of(metaData).factoryId();
        MetahubList list = new MetahubList(factory, query, searchable(factory, query)::get);
        List<RecordView<MetahubDetails>> found = views(query.type(), list.sql());
        List<RecordView<MetahubDetails>> page = found.size() > query.limit() ? found.subList(0, query.limit()) : found;
        return new MetahubPage(List.copyOf(page), page.size() < found.size() ? list.positionOf(page.getLast()) : null);
    }

    /** Only asked for where it is needed, by codename. */
    private Map<String, @Nullable Attribute> searchable(String factory, ListMetahubRecords query) {
        Map<String, @Nullable Attribute> attributes = new HashMap<>();
        boolean needed = !query.values().isEmpty() || query.sort().field().startsWith(MetahubType.DATA_PREFIX);
        if (needed && query.catalogId() != null) {
            for (RecordView<MetahubDetails> attribute : attributes(factory, query.metahubId(), query.catalogId())) {
                AttributeDefinition definition = AttributeDefinition.of(attribute.details());
                if (definition.searchable()) {
                    attributes.put(
                            definition.codename(), new Attribute(attribute.key().id(), definition.kind()));
                }
            }
        }
        return attributes;
    }

    private List<RecordView<MetahubDetails>> attributes(String factory, String metahubId, String catalogId) {
        return views(MetahubType.ATTRIBUTE, Fragment.of(SHAPE, factory, metahubId, catalogId));
    }

    private List<RecordView<MetahubDetails>> views(MetahubType type, Fragment sql) {
        return rows.list(rowsOf(type), sql).stream().map(row -> row.view(type)).toList();
    }

    @SuppressWarnings("NullAway") // every type has its rows
    private static Class<? extends MetahubRow> rowsOf(MetahubType type) {
        return ROWS.get(type);
    }
}
