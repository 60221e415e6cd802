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
import dev.unlost.versioning.query.ListPlans;
import dev.unlost.versioning.query.RecordRow;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.messaging.MetaData;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

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

    private final EntityManager entityManager;

    MetahubQueries(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    @QueryHandler
    @Transactional(readOnly = true, transactionManager = "readTransactionManager")
    @SuppressWarnings("rawtypes") // Axon finds a handler by the class of its answers, never by a parameterized type
    Optional<RecordView> find(FindMetahubRecord query, MetaData metaData) {
        return Optional.ofNullable(row(query.key(), metaData));
    }

    private @Nullable RecordView<MetahubDetails> row(RecordKey key, MetaData metaData) {
        MetahubType type = MetahubType.named(key.type());
        MetahubRow row = entityManager.find(
                rows(type), new RecordRow.Key(Origin.of(metaData).factoryId(), key.id()));
        return row == null ? null : row.view(type);
    }

    /** A deleted catalog has no shape. */
    @QueryHandler
    @Transactional(readOnly = true, transactionManager = "readTransactionManager")
    Optional<CatalogShape> describe(DescribeCatalog query, MetaData metaData) {
        RecordKey catalog = query.catalog();
        return Optional.ofNullable(row(catalog, metaData))
                .filter(view -> !view.deleted())
                .map(view -> new CatalogShape(
                        attributes(view.factoryId(), String.valueOf(catalog.namespace()), catalog.localId()).stream()
                                .map(attribute -> AttributeDefinition.of(attribute.details()))
                                .toList()));
    }

    /** @throws dev.unlost.versioning.Refusal.InvalidFields naming every parameter that cannot be meant */
    @QueryHandler
    @Transactional(readOnly = true, transactionManager = "readTransactionManager")
    MetahubPage list(ListMetahubRecords query, MetaData metaData) {
        String factory = Origin.of(metaData).factoryId();
        ListPlans.forTheValuesAtHandAndByIndex(entityManager);
        MetahubList list = new MetahubList(factory, query, searchable(factory, query)::get);
        List<RecordView<MetahubDetails>> found = views(query.type(), list.sql(), list.parameters());
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
        return views(MetahubType.ATTRIBUTE, SHAPE, List.of(factory, metahubId, catalogId));
    }

    private List<RecordView<MetahubDetails>> views(MetahubType type, String sql, List<Object> parameters) {
        Query statement = entityManager.createNativeQuery(sql, rows(type));
        for (int i = 0; i < parameters.size(); i++) {
            statement.setParameter(i + 1, parameters.get(i));
        }
        List<?> rows = statement.getResultList();
        return rows.stream().map(row -> ((MetahubRow) row).view(type)).toList();
    }

    @SuppressWarnings("NullAway") // every type has its rows
    private static Class<? extends MetahubRow> rows(MetahubType type) {
        return ROWS.get(type);
    }
}
