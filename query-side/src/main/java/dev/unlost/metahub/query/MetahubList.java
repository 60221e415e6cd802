package dev.unlost.metahub.query;

import dev.unlost.metahub.AttributeDefinition;
import dev.unlost.metahub.AttributeKind;
import dev.unlost.metahub.MetahubDetails;
import dev.unlost.metahub.MetahubQuery.Comparison;
import dev.unlost.metahub.MetahubQuery.ListMetahubRecords;
import dev.unlost.metahub.MetahubQuery.Position;
import dev.unlost.metahub.MetahubQuery.ValueCondition;
import dev.unlost.metahub.MetahubType;
import dev.unlost.versioning.FieldErrors;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.SearchText;
import dev.unlost.versioning.Timestamps;
import dev.unlost.versioning.query.Fragment;
import dev.unlost.versioning.query.ListSql;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A list of a metahub's records as one statement, in terms that the tables' indexes serve. */
final class MetahubList {

    private static final String SORT_VALUE = "s.missing, s.text_value, s.number_value, s.time_value, s.element_id";
    private static final int LONGEST_VALUE = AttributeDefinition.LONGEST_SEARCHABLE;

    private final String factory;
    private final ListMetahubRecords query;
    private final @Nullable Attribute sortedBy;
    private final ListSql sql = new ListSql();

    /** A searchable attribute. */
    record Attribute(String id, AttributeKind kind) {}

    /**
     * @param attributes finds a searchable attribute of the catalog in question by its codename; null if there is none
     * @throws dev.unlost.versioning.Refusal.InvalidFields naming every parameter that cannot be meant
     */
    MetahubList(String factory, ListMetahubRecords query, Function<String, @Nullable Attribute> attributes) {
        this.factory = factory;
        this.query = query;
        FieldErrors errors = new FieldErrors();
        String sort = query.sort().field();
        this.sortedBy = sort.startsWith(MetahubType.DATA_PREFIX)
                ? attribute("sort", sort.substring(MetahubType.DATA_PREFIX.length()), attributes, errors)
                : null;
        build(attributes, errors);
        errors.throwIfAny();
    }

    Fragment sql() {
        return sql.whole();
    }

    private static @Nullable Attribute attribute(
            String parameter, String codename, Function<String, @Nullable Attribute> attributes, FieldErrors errors) {
        Attribute attribute = attributes.apply(codename);
        if (attribute == null) {
            errors.add(parameter, "unknown", "must name a searchable attribute of the catalog");
        }
        return attribute;
    }

    private void build(Function<String, @Nullable Attribute> attributes, FieldErrors errors) {
        String table = "unlost." + query.type().name();
        if (sortedBy != null) {
            // in the order of the attribute's values from the start; the records follow one by one
            sql.add("select r.* from unlost.element_value s join " + table
                    + " r on r.factory_id = s.factory_id and r.id = s.element_id");
        } else {
            sql.add("select r.* from " + table + " r");
        }
        if (query.hubId() != null) {
            sql.add(" join unlost.catalog_hub h on h.factory_id = r.factory_id and h.catalog_id = r.id");
        }
        sql.add(" where");
        if (sortedBy != null) {
            sql.add(" s.factory_id = ? and s.attribute_id = ? and", factory, sortedBy.id());
        }
        sql.add(" r.factory_id = ? and r.metahub_id = ? and not r.deleted", factory, query.metahubId());
        sql.oneOf("r.id", query.ids().stream().map(this::stored).toList());
        if (query.catalogId() != null) {
            sql.add(" and r.catalog_id = ?", query.catalogId());
        }
        if (query.hubId() != null) {
            sql.add(
                    " and h.factory_id = ? and h.hub_id = ?",
                    factory,
                    RecordKey.within(query.metahubId(), MetahubType.HUB.name(), query.hubId())
                            .id());
        }
        if (query.codename() != null) {
            sql.add(" and r.codename_key = ?", query.codename());
        }
        if (query.updatedSince() != null) {
            sql.add(" and r.updated_at >= ?", query.updatedSince().atOffset(ZoneOffset.UTC));
        }
        conditions(attributes, errors);
        order(errors);
        sql.add(" limit ?", query.limit() + 1);
    }

    private void conditions(Function<String, @Nullable Attribute> attributes, FieldErrors errors) {
        Map<String, List<ValueCondition>> byAttribute = new LinkedHashMap<>();
        query.values()
                .forEach(condition -> byAttribute
                        .computeIfAbsent(condition.attribute(), codename -> new ArrayList<>())
                        .add(condition));
        byAttribute.forEach((codename, conditions) -> {
            String parameter = MetahubType.DATA_PREFIX + codename;
            Attribute attribute = attribute(parameter, codename, attributes, errors);
            if (attribute == null) {
                return;
            }
            boolean sorted = attribute.equals(sortedBy);
            String alias = sorted ? "s" : "v";
            if (!sorted) {
                sql.add(
                        " and exists (select from unlost.element_value v where v.factory_id = ? and v.attribute_id = ?"
                                + " and v.element_id = r.id",
                        factory,
                        attribute.id());
            }
            sql.add(" and not " + alias + ".missing");
            conditions.forEach(condition -> condition(attribute.kind(), alias, condition, parameter, errors));
            if (!sorted) {
                sql.add(")");
            }
        });
    }

    private void condition(
            AttributeKind kind, String alias, ValueCondition condition, String parameter, FieldErrors errors) {
        FieldErrors own = new FieldErrors();
        own.text(parameter, condition.value(), LONGEST_VALUE);
        SearchValue value =
                own.isEmpty() ? SearchValue.parse(kind, condition.value()).orElse(null) : null;
        boolean ofText = condition.comparison() == Comparison.PREFIX || condition.comparison() == Comparison.CONTAINS;
        boolean ordered = condition.comparison() == Comparison.FROM || condition.comparison() == Comparison.TO;
        if ((ofText && kind != AttributeKind.STRING)
                || (ordered && (kind == AttributeKind.BOOLEAN || kind == AttributeKind.REF))) {
            errors.add(parameter, "comparison", "cannot be compared like that");
            return;
        }
        if (value == null) {
            errors.add(parameter, "type", "must be a value of the attribute's type, " + kind);
            return;
        }
        switch (condition.comparison()) {
            case EQUAL -> compared(kind, alias, "=", value);
            case FROM -> compared(kind, alias, ">=", value);
            case TO -> compared(kind, alias, "<=", value);
            case PREFIX -> {
                compared(kind, alias, ">=", value);
                String beyond = SearchText.beyond(value.text());
                if (beyond != null) {
                    sql.add(" and " + alias + ".text_value < ?", beyond);
                }
            }
            case CONTAINS -> sql.add(" and position(? in " + alias + ".text_value) > 0", value.text());
        }
    }

    private void compared(AttributeKind kind, String alias, String operator, SearchValue value) {
        switch (kind) {
            case STRING, REF, JSON -> sql.add(" and " + alias + ".text_value " + operator + " ?", value.text());
            case NUMBER, BOOLEAN ->
                sql.add(
                        " and " + alias + ".text_value = '' and " + alias + ".number_value " + operator + " ?",
                        value.number());
            case DATE, DATETIME ->
                sql.add(
                        " and " + alias + ".text_value = '' and " + alias + ".number_value = 0 and " + alias
                                + ".time_value " + operator + " ?",
                        value.time().atOffset(ZoneOffset.UTC));
        }
    }

    private void order(FieldErrors errors) {
        String columns = sortedBy != null
                ? SORT_VALUE
                : switch (query.sort().field()) {
                    case MetahubType.ORDER -> "r.position, r.id";
                    case "updatedAt" -> "r.updated_at, r.id";
                    default -> "r.codename_key, r.id";
                };
        boolean descending = query.sort().descending();
        Position after = query.after();
        if (after != null) {
            List<Object> values = position(after);
            if (values.isEmpty()) {
                errors.add("after", "position", "must be the next of a page in the same order");
            } else {
                // a comparison of rows is one range of an index
                String places = String.join(", ", Collections.nCopies(values.size(), "?"));
                sql.add(" and (" + columns + (descending ? ") < (" : ") > (") + places + ")", values.toArray());
            }
        }
        sql.add(" order by " + (descending ? columns.replace(",", " desc,") + " desc" : columns));
    }

    /** @return the id as the tables have it, behind that of its metahub */
    private String stored(String localId) {
        return RecordKey.within(query.metahubId(), query.type().name(), localId).id();
    }

    /** @return empty where it is none of this order */
    private List<Object> position(Position after) {
        String id = stored(after.id());
        if (sortedBy != null) {
            return SearchValue.fromCursor(after.value())
                    .<List<Object>>map(value -> List.of(
                            value.missing(),
                            value.text(),
                            value.number(),
                            value.time().atOffset(ZoneOffset.UTC),
                            id))
                    .orElse(List.of());
        }
        try {
            return switch (query.sort().field()) {
                case MetahubType.ORDER -> List.of(Long.valueOf(after.value()), id);
                case "updatedAt" -> {
                    Instant time = Instant.parse(after.value());
                    yield Timestamps.isFourDigitYear(time) ? List.of(time.atOffset(ZoneOffset.UTC), id) : List.of();
                }
                default -> List.of(after.value(), id);
            };
        } catch (NumberFormatException | DateTimeException e) {
            return List.of();
        }
    }

    /** @return where a page ends whose last item this is */
    Position positionOf(RecordView<MetahubDetails> last) {
        MetahubDetails details = last.details();
        String field = query.sort().field();
        String value;
        if (sortedBy != null) {
            value = SearchValue.of(sortedBy.kind(), details.get(field)).toCursor();
        } else {
            value = switch (field) {
                case MetahubType.ORDER -> String.valueOf(details.get(field));
                case "updatedAt" -> Timestamps.format(last.updatedAt());
                default -> {
                    String codename = details.textOrNull(MetahubType.CODENAME);
                    yield codename == null ? "" : codename;
                }
            };
        }
        return new Position(value, last.key().localId());
    }
}
