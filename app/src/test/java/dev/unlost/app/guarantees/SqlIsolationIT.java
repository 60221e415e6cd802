package dev.unlost.app.guarantees;

import static dev.unlost.app.support.Sql.number;
import static dev.unlost.app.support.Sql.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.TestDatabase;
import java.io.IOException;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** What the service's role can do in SQL, were the service to send anything whatever. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlIsolationIT {

    /** All that hold rows of factories. */
    private static final List<String> TABLES = Stream.concat(
                    Stream.of("event", "snapshot", "person", "metahub_member", "metahub_reference"),
                    Stream.of(RecordKind.values()).flatMap(kind -> kind.tables().stream()))
            .toList();

    private static final String DENIED = "42501";
    private static final String UNIQUE_VIOLATION = "23505";

    private final TestDatabase database = SharedNodes.database();
    private final String ours = "ours-" + UUID.randomUUID();
    private final String theirs = "theirs-" + UUID.randomUUID();
    private final String empty = "empty-" + UUID.randomUUID();
    private final String theirId = UUID.randomUUID().toString();

    @BeforeAll
    void recordsInTwoFactories() {
        Caller ann = Caller.of(SharedNodes.first(), "ann", ours);
        Caller bob = Caller.of(SharedNodes.first(), "bob", theirs);
        ann.created("{\"name\":\"Ours\",\"tags\":[\"a\"]}");
        ann.created("{\"name\":\"Ours too\",\"tags\":[\"a\",\"b\"]}");
        assertThat(bob.put(
                                "/api/customers/" + theirId,
                                "{\"name\":\"Theirs secret\",\"email\":\"secret@example.com\",\"tags\":[\"secret\"]}",
                                "If-None-Match",
                                "*")
                        .status())
                .isEqualTo(201);
        bob.patch("/api/customers/" + theirId, "{\"phone\":\"+1\"}", "If-Match", "\"1\"");
        inAMetahub(ann, "ours");
        inAMetahub(bob, "secret");
        database.asAdmin().sql("""
                        insert into unlost.snapshot
                        select factory_id, aggregate_type, aggregate_id, sequence_number, '{}' from unlost.event
                        where factory_id in (?, ?) and sequence_number = 0""").params(ours, theirs).update();
    }

    private static void inAMetahub(Caller caller, String text) {
        String hub = RecordKind.HUB.in(caller).created(caller, text);
        RecordKind.CATALOG
                .in(caller)
                .postedBy(
                        caller,
                        "{\"codename\":\"" + text + "\",\"name\":{\"en\":\"" + text + "\"},\"hubs\":[\""
                                + RecordKind.id(hub) + "\"]}");
        RecordKind.ELEMENT.in(caller).created(caller, text);
    }

    @Test
    void theFactorysRowsAreThereAndNoOthers() throws SQLException {
        for (String table : TABLES) {
            long own = database.asAdmin()
                    .sql("select count(*) from unlost." + table + " where factory_id = ?")
                    .param(ours)
                    .query(Long.class)
                    .single();
            assertThat(own).as(table).isPositive();
            try (Connection app = asApp(ours)) {
                assertThat(strings(app, "select distinct factory_id from unlost." + table))
                        .as(table)
                        .containsExactly(ours);
                assertThat(number(app, "select count(*) from unlost." + table))
                        .as(table)
                        .isEqualTo(own);
                assertThat(strings(
                                app,
                                "select factory_id from unlost." + table + " where factory_id = '" + theirs
                                        + "' or true"))
                        .as(table)
                        .containsOnly(ours);
            }
        }
    }

    @Test
    void withoutAFactoryThereIsNothing() throws SQLException {
        List<String> settings =
                new ArrayList<>(List.of("", " ", "nobody", ours.toUpperCase(Locale.ROOT), ours + "%", "%"));
        for (String table : TABLES) {
            try (Connection app = database.connectAsApp()) {
                assertThat(number(app, "select count(*) from unlost." + table))
                        .as(table)
                        .isZero();
            }
            for (String setting : settings) {
                try (Connection app = asApp(setting)) {
                    assertThat(number(app, "select count(*) from unlost." + table))
                            .as(table + " for \"" + setting + "\"")
                            .isZero();
                }
            }
        }
    }

    @Test
    void theSettingEndsWithItsTransaction() throws SQLException {
        try (Connection app = database.connectAsApp()) {
            app.setAutoCommit(false);
            strings(app, "select set_config('unlost.factory', '" + ours + "', true)");
            assertThat(number(app, "select count(*) from unlost.customer")).isEqualTo(2);
            app.commit();
            assertThat(number(app, "select count(*) from unlost.customer")).isZero();
            app.rollback();
            app.setAutoCommit(true);
            strings(app, "select set_config('unlost.factory', '" + ours + "', true)");
            assertThat(number(app, "select count(*) from unlost.customer")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update unlost.event set payload = '{}'",
                "update unlost.event set factory_id = 'x'",
                "delete from unlost.event",
                "truncate unlost.event",
                "select * from unlost.event for update",
                "select * from unlost.event for share",
                "do $$ begin lock table unlost.event in share mode; end $$",
                "insert into unlost.event (global_index, factory_id, aggregate_type, aggregate_id, sequence_number,"
                        + " event_id, time_stamp, payload_type, payload, metadata) overriding system value"
                        + " values (1, '{ours}', 'customer', 'x', 0, gen_random_uuid(), now(), 'x', '{}', '{}')",
                "insert into unlost.event (xid, factory_id, aggregate_type, aggregate_id, sequence_number,"
                        + " event_id, time_stamp, payload_type, payload, metadata)"
                        + " values ('1', '{ours}', 'customer', 'x', 0, gen_random_uuid(), now(), 'x', '{}', '{}')",
                "insert into unlost.event (factory_id, aggregate_type, aggregate_id, sequence_number,"
                        + " event_id, time_stamp, payload_type, payload, metadata)"
                        + " select factory_id, aggregate_type, aggregate_id, sequence_number, event_id, time_stamp,"
                        + " payload_type, payload, metadata from unlost.event"
                        + " on conflict on constraint event_version_once do update set payload = '{}'",
                "update unlost.snapshot set payload = '{}'",
                "delete from unlost.snapshot",
                "truncate unlost.snapshot",
                "delete from unlost.customer",
                "truncate unlost.customer",
                "truncate unlost.customer_tag",
                "update unlost.customer_tag set tag = 'x'",
                "delete from unlost.person",
                "truncate unlost.person",
                "update unlost.person set id = 'x'",
                "update unlost.person set version = 7",
                "delete from unlost.hub",
                "delete from unlost.element",
                "truncate unlost.catalog",
                "update unlost.element_value set missing = true",
                "update unlost.catalog_hub set hub_id = 'x'",
                "update unlost.metahub_reference set to_id = 'x'",
                "truncate unlost.metahub_member",
                // rows of one's own cannot be given to another factory
                "update unlost.hub set factory_id = '{theirs}'",
                "update unlost.catalog set factory_id = '{theirs}'",
                "update unlost.attribute set factory_id = '{theirs}'",
                "update unlost.element set factory_id = '{theirs}'",
                "update unlost.metahub_member set factory_id = '{theirs}'",
                "update unlost.customer set factory_id = '{theirs}'",
                "select * from unlost.flyway_schema_history",
                "update unlost.flyway_schema_history set success = false",
                "select last_value from unlost.event_global_index_seq",
                "select nextval('unlost.event_global_index_seq')",
                "select setval('unlost.event_global_index_seq', 1)",
                "set role unlost_maintenance",
                "set role unlost_owner",
                "set session authorization unlost_maintenance",
                "alter role unlost_app bypassrls",
                "create role another",
                "grant unlost_maintenance to unlost_app",
                "alter table unlost.event disable row level security",
                "alter table unlost.event no force row level security",
                "alter table unlost.event owner to unlost_app",
                "alter table unlost.customer add column x text",
                "drop table unlost.customer",
                "drop policy own_factory on unlost.event",
                "alter policy own_factory on unlost.event using (true)",
                "create policy everything on unlost.event using (true)",
                "create table unlost.mine (id text)",
                "create table public.mine (id text)",
                "create temp table mine (id text)",
                "create view unlost.mine as select * from unlost.event",
                "create materialized view unlost.mine as select * from unlost.event",
                "create function unlost.mine() returns int language sql as 'select 1'",
                "create schema mine",
                "create index on unlost.event (factory_id)",
                "create rule mine as on insert to unlost.customer do nothing",
                "create trigger mine before update on unlost.customer for each row execute function unlost.keep_version()",
                "create sequence unlost.mine",
                "call unlost.isolate('unlost.customer')",
                "select unlost.protect('unlost.customer')",
                "select unlost.unprotect('unlost.person')",
                "copy unlost.event to program 'cat'",
                "copy unlost.event to '/tmp/events'",
                "select pg_read_file('/etc/hostname')",
                "select * from pg_authid",
                "set row_security = off; select * from unlost.event",
                "set row_security = off; select * from unlost.customer",
            })
    void isRefused(String statement) throws SQLException {
        String before = everything();
        try (Connection app = asApp(ours)) {
            assertThatThrownBy(
                            () -> execute(app, statement.replace("{ours}", ours).replace("{theirs}", theirs)))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState())
                                    .as(refused.getMessage())
                                    .isEqualTo(DENIED))
                    .hasMessageNotContainingAny("secret", "Ours");
        }
        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update unlost.customer set name = 'x' where factory_id = '{theirs}'",
                "update unlost.customer set name = 'x' where id = '{id}'",
                "update unlost.customer set name = 'x'",
                "delete from unlost.customer_tag",
                "delete from unlost.customer_tag where tag = 'secret'",
                "update unlost.person set nickname = 'x'",
                "update unlost.hub set codename = 'x'",
                "update unlost.element set contents = '{}' where factory_id = '{theirs}'",
                "delete from unlost.element_value",
                "delete from unlost.metahub_member",
                "delete from unlost.metahub_reference",
                "select 1 from unlost.customer where id = '{id}' for update",
            })
    void changesNothingOfAnotherFactory(String statement) throws SQLException {
        String before = everything();
        for (String setting : new String[] {empty, ""}) {
            try (Connection app = asApp(setting);
                    Statement sql = app.createStatement()) {
                sql.execute(statement.replace("{theirs}", theirs).replace("{id}", theirId));
                assertThat(sql.getUpdateCount()).as("rows").isLessThanOrEqualTo(0);
            }
        }
        assertThat(everything()).isEqualTo(before);
    }

    /** Conditions that would fail on, or tell of, rows that are not to be seen, were they to run before the policy. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from unlost.customer where name::int > 0",
                "select count(*) from unlost.customer where 1 / (version - version) > 0",
                "select count(*) from unlost.event where (payload ->> 'name')::int > 0",
                "select count(*) from unlost.customer c join unlost.event e on e.aggregate_id = c.id",
                "select count(*) from unlost.hub where (contents -> 'name' ->> 'en')::int > 0",
                "select count(*) from unlost.element_value where text_value::int > 0",
                "select count(*) from unlost.metahub_member where codename::int > 0",
                "select count(*) from unlost.customer tablesample system (100)",
                "select count(*) from pg_stats where schemaname = 'unlost'",
                "select count(*) from pg_stats_ext where schemaname = 'unlost'",
            })
    void tellsNothingOfAnotherFactory(String query) throws SQLException {
        try (Connection app = asApp(empty)) {
            assertThat(number(app, query)).isZero();
        }
    }

    @Test
    void copyTellsOnlyOfTheOwnFactory() throws SQLException, IOException {
        for (String table : TABLES) {
            try (Connection app = asApp(ours)) {
                StringWriter copied = new StringWriter();
                app.unwrap(PGConnection.class).getCopyAPI().copyOut("copy unlost." + table + " to stdout", copied);
                assertThat(copied.toString()).as(table).contains(ours).doesNotContain(theirs, "secret");
            }
            try (Connection app = asApp("")) {
                StringWriter copied = new StringWriter();
                app.unwrap(PGConnection.class).getCopyAPI().copyOut("copy unlost." + table + " to stdout", copied);
                assertThat(copied.toString()).as(table).isEmpty();
            }
        }
    }

    @Test
    void nothingCanBeWrittenForAnotherFactoryAndTheRefusalDoesNotTellWhatIsThere() throws SQLException {
        String before = everything();
        for (String insert : List.of(
                "insert into unlost.event (factory_id, aggregate_type, aggregate_id, sequence_number, event_id,"
                        + " time_stamp, payload_type, payload, metadata) values ('{theirs}', 'customer', '{id}', 0,"
                        + " gen_random_uuid(), now(), 'x', '{}', '{}')",
                "insert into unlost.snapshot values ('{theirs}', 'customer', '{id}', 0, '{}')",
                "insert into unlost.customer (factory_id, id, version, deleted, created_at, created_by, updated_at,"
                        + " updated_by, name, name_key, tags) values ('{theirs}', '{id}', 1, false, now(), 'x', now(),"
                        + " 'x', 'x', 'x', '{}')",
                "insert into unlost.customer_tag values ('{theirs}', '{id}', 'secret', 'x')",
                "insert into unlost.hub (factory_id, id, version, deleted, created_at, created_by, updated_at,"
                        + " updated_by, contents) values ('{theirs}', 'main/{id}', 1, false, now(), 'x', now(), 'x',"
                        + " '{}')",
                "insert into unlost.element_value values ('{theirs}', 'x', '{id}', true, '', 0, now())",
                "insert into unlost.metahub_member values ('{theirs}', 'hub', 'main/{id}', 'main', 'secret')",
                "insert into unlost.metahub_reference values ('{theirs}', 'catalog', '{id}', 'hubs', 'hub', 'x')",
                "insert into unlost.person (factory_id, id) values ('{theirs}', 'bob')")) {
            List<String> refusals = new ArrayList<>();
            for (String onConflict : List.of("", " on conflict do nothing")) {
                for (String id : List.of(theirId, UUID.randomUUID().toString())) {
                    String statement = insert.replace("{theirs}", theirs).replace("{id}", id) + onConflict;
                    try (Connection app = asApp(ours)) {
                        assertThatThrownBy(() -> execute(
                                        app, statement.replace("'bob'", id.equals(theirId) ? "'bob'" : "'eve'")))
                                .isInstanceOfSatisfying(SQLException.class, refused -> {
                                    assertThat(refused.getSQLState()).isEqualTo(DENIED);
                                    refusals.add(refused.getMessage());
                                });
                    }
                }
            }
            assertThat(refusals).hasSize(4).allMatch(refusals.getFirst()::equals);
        }
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void anIdThatIsTakenInAnotherFactoryIsFree() throws SQLException {
        try (Connection app = asApp(ours)) {
            app.setAutoCommit(false);
            execute(app, "insert into unlost.snapshot values ('" + ours + "', 'customer', '" + theirId + "', 0, '{}')");
            execute(app, "insert into unlost.customer_tag values ('" + ours + "', '" + theirId + "', 'secret', 'x')");
            app.rollback();
        }
    }

    @Test
    void theGuardOfVersionsTellsNoKeysAndNothingOfAnotherFactory() throws SQLException {
        String insert = "insert into unlost.event (factory_id, aggregate_type, aggregate_id, sequence_number, event_id,"
                + " time_stamp, payload_type, payload, metadata) select factory_id, aggregate_type, aggregate_id,"
                + " sequence_number, event_id, time_stamp, payload_type, payload, metadata from unlost.event";
        try (Connection app = asApp(ours)) {
            assertThatThrownBy(() -> execute(app, insert))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo(UNIQUE_VIOLATION))
                    .hasMessageNotContaining(ours);
        }
        try (Connection app = asApp(empty)) {
            execute(app, insert);
        }
    }

    private Connection asApp(String factory) throws SQLException {
        Connection app = database.connectAsApp();
        try (PreparedStatement set = app.prepareStatement("select set_config('unlost.factory', ?, false)")) {
            set.setString(1, factory);
            set.execute();
        }
        return app;
    }

    /** Both factories' rows as they are, and what the catalogue says of the tables. */
    private String everything() throws SQLException {
        try (Connection admin = database.connectAsAdmin()) {
            List<String> rows = new ArrayList<>();
            for (String table : TABLES) {
                rows.addAll(strings(
                        admin,
                        "select row::text from unlost." + table + " as row where factory_id in ('" + ours + "', '"
                                + theirs + "', '" + empty + "') order by 1"));
            }
            rows.addAll(strings(
                    admin,
                    "select relname || relrowsecurity || relforcerowsecurity || relacl::text from pg_class"
                            + " where relnamespace = 'unlost'::regnamespace order by relname"));
            return String.join("\n", rows);
        }
    }

    private static void execute(Connection connection, String statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(statements);
            while (statement.getMoreResults() || statement.getUpdateCount() != -1) {
                // a refusal of any of them is thrown
            }
        }
    }
}
