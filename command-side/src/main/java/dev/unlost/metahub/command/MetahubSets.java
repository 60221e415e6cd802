package dev.unlost.metahub.command;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.unlost.metahub.AttributeDefinition;
import dev.unlost.metahub.MetahubType;
import dev.unlost.versioning.Offending;
import dev.unlost.versioning.PlainJson;
import dev.unlost.versioning.RecordKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the rules across records are decided by: the records that are not deleted, in {@code unlost.metahub_member}, and
 * which of them refer to which, in {@code unlost.metahub_reference}. Both are written in the transaction of the events.
 */
final class MetahubSets {

    private static final JsonMapper MAPPER = new JsonMapper();
    /** Of all definitions together, in characters. */
    private static final long LONGEST_SHAPES = 4_000_000;

    private static final int ROWS_AT_A_TIME = 500;

    private static final String ELEMENT = MetahubType.ELEMENT.name();

    private final JdbcOperations jdbc;

    /** By the text of the attributes' definitions, so that an entry is never out of date. */
    private final Cache<List<String>, Shape> shapes = Caffeine.newBuilder()
            .maximumWeight(LONGEST_SHAPES)
            .weigher((List<String> definitions, Shape shape) ->
                    definitions.stream().mapToInt(String::length).sum() + 1)
            .build();

    MetahubSets(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A record that is not deleted.
     *
     * @param parent within which its codename is unique: its metahub, or its catalog's id
     * @param content an attribute's definition or an element's data; null for others
     */
    record Member(
            RecordKey key,
            String parent,
            @Nullable String codename,
            @Nullable Map<String, Object> content) {}

    /** @param via the field that refers */
    record Reference(String via, RecordKey to) {}

    /** A record that refers to another, and by which field. */
    record Referrer(RecordKey from, String via) {}

    void put(String factory, Member member) {
        jdbc.update(
                """
                insert into unlost.metahub_member (factory_id, type, id, parent, codename, content)
                values (?, ?, ?, ?, ?, ?::jsonb)
                on conflict (factory_id, type, id) do update
                set codename = excluded.codename, content = excluded.content""",
                factory,
                member.key().type(),
                member.key().id(),
                member.parent(),
                member.codename(),
                member.content() == null ? null : MAPPER.writeValueAsString(member.content()));
    }

    void remove(String factory, RecordKey key) {
        jdbc.update(
                "delete from unlost.metahub_member where factory_id = ? and type = ? and id = ?",
                factory,
                key.type(),
                key.id());
    }

    void refer(String factory, RecordKey from, Collection<Reference> references) {
        jdbc.update(
                "delete from unlost.metahub_reference where factory_id = ? and from_type = ? and from_id = ?",
                factory,
                from.type(),
                from.id());
        jdbc.batchUpdate(
                """
                insert into unlost.metahub_reference (factory_id, from_type, from_id, via, to_type, to_id)
                values (?, ?, ?, ?, ?, ?)""",
                references.stream()
                        .map(reference -> new Object[] {
                            factory,
                            from.type(),
                            from.id(),
                            reference.via(),
                            reference.to().type(),
                            reference.to().id()
                        })
                        .toList());
    }

    /** @return the record's parent; empty where there is no such record, or it is deleted */
    Optional<String> parent(String factory, RecordKey key) {
        return jdbc
                .queryForList(
                        "select parent from unlost.metahub_member where factory_id = ? and type = ? and id = ?",
                        String.class,
                        factory,
                        key.type(),
                        key.id())
                .stream()
                .findFirst();
    }

    /** @return who has the codename */
    Optional<RecordKey> holder(String factory, String type, String parent, String codename) {
        return jdbc
                .query(
                        """
                        select type, id from unlost.metahub_member
                        where factory_id = ? and type = ? and parent = ? and codename = ?""",
                        (row, n) -> new RecordKey(row.getString(1), row.getString(2)),
                        factory,
                        type,
                        parent,
                        codename)
                .stream()
                .findFirst();
    }

    /** @return up to that many of those that refer to a record, or live in it */
    List<Referrer> referrers(String factory, RecordKey to, int limit) {
        return jdbc.query(
                """
                select from_type, from_id, via from unlost.metahub_reference
                where factory_id = ? and to_type = ? and to_id = ? and (from_type, from_id) <> (to_type, to_id)
                union all
                select type, id, ? from unlost.metahub_member
                where ? = 'catalog' and factory_id = ? and type in ('attribute', 'element') and parent = ?
                order by 1, 2, 3 limit ?""",
                (row, n) -> new Referrer(new RecordKey(row.getString(1), row.getString(2)), row.getString(3)),
                factory,
                to.type(),
                to.id(),
                MetahubType.CATALOG_ID,
                to.type(),
                factory,
                to.id(),
                limit);
    }

    Shape shape(String factory, RecordKey catalog) {
        List<String> definitions = jdbc.queryForList("""
                select content from unlost.metahub_member
                where factory_id = ? and type = 'attribute' and parent = ? order by codename""", String.class, factory, catalog.id());
        return requireNonNull(shapes.get(
                definitions,
                texts -> new Shape(texts.stream()
                        .map(text -> AttributeDefinition.of((Map<?, ?>) requireNonNull(json(text))))
                        .toList())));
    }

    /** @return the elements of a catalog of whose value of an attribute it is true; null where they have none */
    Offending elements(String factory, RecordKey catalog, String codename, Predicate<@Nullable Object> value) {
        List<RecordKey> first = new ArrayList<>();
        AtomicLong count = new AtomicLong();
        jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement("""
                            select id, content -> ? from unlost.metahub_member
                            where factory_id = ? and type = 'element' and parent = ? order by id""");
                    // a catalog may have more elements than memory has room for
                    statement.setFetchSize(ROWS_AT_A_TIME);
                    statement.setString(1, codename);
                    statement.setString(2, factory);
                    statement.setString(3, catalog.id());
                    return statement;
                },
                (ResultSet row) -> {
                    if (value.test(value(row)) && count.incrementAndGet() <= Offending.NAMED) {
                        first.add(new RecordKey(ELEMENT, row.getString(1)));
                    }
                });
        return new Offending(count.get(), first);
    }

    private static @Nullable Object value(ResultSet row) throws SQLException {
        String text = row.getString(2);
        return text == null ? null : json(text);
    }

    private static @Nullable Object json(String text) {
        return PlainJson.canonical(MAPPER.readValue(text, Object.class));
    }

    /** @return the elements of a catalog whose value of an attribute is no element of another catalog */
    Offending dangling(String factory, RecordKey catalog, String codename, RecordKey target) {
        AtomicLong count = new AtomicLong();
        List<RecordKey> first = jdbc.query(
                """
                select e.id, count(*) over () from unlost.metahub_member e
                where e.factory_id = ? and e.type = 'element' and e.parent = ? and jsonb_exists(e.content, ?)
                  and not exists (
                    select from unlost.metahub_member t
                    where t.factory_id = e.factory_id and t.type = 'element' and t.parent = ?
                      and t.id = ? || (e.content ->> ?))
                order by e.id limit ?""",
                (row, n) -> {
                    count.set(row.getLong(2));
                    return new RecordKey(ELEMENT, row.getString(1));
                },
                factory,
                catalog.id(),
                codename,
                target.id(),
                target.namespace() + "/",
                codename,
                Offending.NAMED);
        return new Offending(count.get(), first);
    }

    /** Makes the references of a catalog's elements follow from their values of an attribute. */
    void referByValues(String factory, RecordKey catalog, String codename, boolean refers) {
        String via = MetahubType.DATA_PREFIX + codename;
        jdbc.update("""
                delete from unlost.metahub_reference r using unlost.metahub_member e
                where r.factory_id = ? and r.from_type = 'element' and r.via = ? and e.factory_id = r.factory_id
                  and e.type = 'element' and e.id = r.from_id and e.parent = ?""", factory, via, catalog.id());
        if (refers) {
            jdbc.update("""
                    insert into unlost.metahub_reference (factory_id, from_type, from_id, via, to_type, to_id)
                    select factory_id, 'element', id, ?, 'element', ? || (content ->> ?) from unlost.metahub_member
                    where factory_id = ? and type = 'element' and parent = ? and jsonb_exists(content, ?)""", via, catalog.namespace() + "/", codename, factory, catalog.id(), codename);
        }
    }
}
