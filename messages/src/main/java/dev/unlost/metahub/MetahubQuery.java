package dev.unlost.metahub;

import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked about the records of metahubs. The factory comes with the message's origin. */
public sealed interface MetahubQuery {

    /** One record, deleted or not; answered with an {@code Optional} of its {@link RecordView}. */
    record FindMetahubRecord(RecordKey key) implements MetahubQuery {}

    /** What a catalog's elements look like; answered with an {@code Optional} {@link CatalogShape}. */
    record DescribeCatalog(RecordKey catalog) implements MetahubQuery {}

    /** @param attributes in their order */
    record CatalogShape(List<AttributeDefinition> attributes) {}

    /**
     * Records of a metahub that are not deleted; answered with a {@link MetahubPage}.
     *
     * @param ids only these, local ones; empty for whichever
     * @param catalogId of attributes and elements only: those of this catalog
     * @param hubId of catalogs only: those of this hub
     * @param codename exactly
     * @param updatedSince at or after this time
     * @param values of elements of one catalog only: conditions on the values of searchable attributes
     * @param after where the page before ended; null for the first
     * @param limit the most to answer with, from 1
     */
    record ListMetahubRecords(
            MetahubType type,
            String metahubId,
            List<String> ids,
            @Nullable String catalogId,
            @Nullable String hubId,
            @Nullable String codename,
            @Nullable Instant updatedSince,
            List<ValueCondition> values,
            Sort sort,
            @Nullable Position after,
            int limit)
            implements MetahubQuery {}

    /**
     * A condition on an element's value of an attribute.
     *
     * @param value as text; text is compared without regard to case
     */
    record ValueCondition(String attribute, Comparison comparison, String value) {}

    /** How a value is compared. */
    enum Comparison {
        EQUAL,
        /** The value or greater. */
        FROM,
        /** The value or less. */
        TO,
        /** Of text: begins with the value. */
        PREFIX,
        /** Of text: has the value somewhere. This looks at every value of the attribute. */
        CONTAINS
    }

    /**
     * What a list is ordered by; the id decides between equals.
     *
     * @param field one of {@code codename}, {@code order}, {@code updatedAt}, or the field of a searchable attribute;
     *     elements without a value come after all others
     */
    record Sort(String field, boolean descending) {}

    /**
     * Where a page ended.
     *
     * @param value of the sort field in the last item, as its list gave it
     * @param id the local one
     */
    record Position(String value, String id) {}

    /** @param next where to go on; null on the last page */
    record MetahubPage(
            List<RecordView<MetahubDetails>> items,
            @Nullable Position next) {}
}
