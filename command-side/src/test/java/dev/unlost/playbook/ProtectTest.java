package dev.unlost.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code unlost.protect} and {@code unlost.unprotect} do to a table, and what they refuse. */
class ProtectTest {

    private static final String WRONG_OBJECT_TYPE = "42809";
    private static final String DATATYPE_MISMATCH = "42804";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String NOT_IN_PREREQUISITE_STATE = "55000";

    private Session owner;

    @BeforeEach
    void open() {
        Database.clean();
        owner = Database.session("team_owner");
    }

    @AfterEach
    void close() {
        owner.close();
    }

    @Test
    void aTableWithoutTheColumnsGetsBothAndItsRowsStartAtVersionOne() {
        owner.execute("create table team.note (id int primary key, body text)");
        owner.execute("insert into team.note values (1, 'a'), (2, 'b')");

        protect("team.note");

        assertThat(columns("team.note"))
                .containsExactly(
                        "id|integer|true|null",
                        "body|text|false|null",
                        "version|integer|true|1",
                        "updated_at|timestamp with time zone|true|now()");
        assertThat(owner.rows("select id, version, updated_at <= clock_timestamp() from team.note order by id"))
                .containsExactly("1|1|t", "2|1|t");
        assertThat(versionAfterUpdate("team.note")).isEqualTo("2");
    }

    @Test
    void existingColumnsAreKeptWithTheirValuesAndFilledWhereTheyAreEmpty() {
        owner.execute("create table team.note (id int primary key, body text, version bigint, updated_at timestamptz)");
        owner.execute(
                "insert into team.note values (1, 'a', 7, '2020-01-01Z'), (2, 'b', null, null), (3, 'c', 0, null)");

        protect("team.note");

        assertThat(columns("team.note"))
                .contains("version|bigint|true|1", "updated_at|timestamp with time zone|true|now()");
        assertThat(owner.rows("select id, version, extract(year from updated_at) = 2020 from team.note order by id"))
                .containsExactly("1|7|t", "2|1|f", "3|1|f");
        assertThat(versionAfterUpdate("team.note")).isEqualTo("8");
    }

    @Test
    void oneOfTheColumnsMayExistAlready() {
        owner.execute("create table team.note (id int primary key, body text, updated_at timestamptz(6))");
        owner.execute("insert into team.note values (1, 'a', null)");

        protect("team.note");

        assertThat(owner.row("select version, updated_at is not null from team.note"))
                .isEqualTo("1|t");
        assertThat(versionAfterUpdate("team.note")).isEqualTo("2");
    }

    @Test
    void backfillingFiresNoneOfTheTablesTriggers() {
        owner.execute("create table team.note (id int primary key, body text, version int, updated_at timestamptz)");
        owner.execute("insert into team.note values (1, 'a', null, null)");
        owner.execute("create function team.refuse() returns trigger language plpgsql as "
                + "$$ begin raise exception 'these rows are final'; end $$");
        owner.execute("create trigger final before update on team.note for each row execute function team.refuse()");

        protect("team.note");

        assertThat(owner.row("select version from team.note")).isEqualTo("1");
    }

    @Test
    void backfillingReachesRowsThatForcedRowLevelSecurityHidesFromTheOwner() {
        owner.execute("create table team.note (id int primary key, body text, version int, updated_at timestamptz)");
        owner.execute("insert into team.note values (1, 'a', null, null)");
        owner.execute("alter table team.note enable row level security");
        owner.execute("alter table team.note force row level security");

        protect("team.note");

        assertThat(owner.row("select relforcerowsecurity from pg_class where oid = 'team.note'::regclass"))
                .isEqualTo("t");
        assertThat(owner.rows("select * from team.note")).isEmpty();
        owner.execute("alter table team.note no force row level security");
        assertThat(owner.row("select version, updated_at is not null from team.note"))
                .isEqualTo("1|t");
    }

    @Test
    void emptyValuesThatCannotBeFilledAreNamedAndNothingIsChanged() {
        owner.execute("create table team.note (id int primary key, body text, version int)");
        owner.execute("insert into team.note values (1, 'a', null)");
        owner.execute("create view team.note_version as select id, version from team.note");
        List<String> before = columns("team.note");

        assertThatExceptionOfType(Session.Refused.class)
                .isThrownBy(() -> protect("team.note"))
                .withMessageContaining("other objects depend on the columns")
                .satisfies(e -> assertThat(e.state()).isEqualTo(NOT_IN_PREREQUISITE_STATE));

        assertThat(columns("team.note")).isEqualTo(before);
        owner.execute("update team.note set version = 1");
        protect("team.note");
        assertThat(versionAfterUpdate("team.note")).isEqualTo("2");
    }

    @Test
    void aSecondCallChangesNothing() {
        owner.execute("create table team.note (id int primary key, body text, version bigint, updated_at timestamptz)");
        owner.execute("insert into team.note values (1, 'a', null, null)");
        select("unlost.protect('team.note', index_updated_at => true)");
        List<String> before = catalogue("team.note");
        String row = owner.row("select n.xmin, n.* from team.note n");

        select("unlost.protect('team.note', index_updated_at => true)");
        protect("team.note");

        assertThat(catalogue("team.note")).isEqualTo(before);
        assertThat(owner.row("select n.xmin, n.* from team.note n")).isEqualTo(row);
    }

    @Test
    void aSecondCallWaitsForNobody() {
        owner.execute("create table team.note (id int primary key, body text)");
        owner.execute("insert into team.note values (1, 'a')");
        protect("team.note");

        try (Session writer = Database.session("team_app")) {
            writer.execute("begin");
            writer.update("update team.note set body = 'b'");
            owner.execute("set lock_timeout = '1ms'");
            protect("team.note");
            writer.execute("commit");
        }
    }

    @Test
    void callsAtTheSameTimeDoItOnce() throws Exception {
        owner.execute("create table team.note (id int primary key, body text, updated_at timestamptz)");
        owner.execute("insert into team.note values (1, 'a', null)");
        int callers = 8;
        CyclicBarrier start = new CyclicBarrier(callers);
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Future<String>> calls = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                calls.add(threads.submit(() -> {
                    try (Session caller = Database.session("team_owner")) {
                        start.await();
                        return caller.row("select unlost.protect('team.note')");
                    }
                }));
            }
            for (Future<String> call : calls) {
                call.get();
            }
        }

        assertThat(triggers("team.note")).containsExactly("zz_unlost_version");
        assertThat(versionAfterUpdate("team.note")).isEqualTo("2");
    }

    @Test
    void aSecondCallRepairsADisabledTriggerAndFillsWhatWasEmptiedMeanwhile() {
        owner.execute("create table team.note (id int primary key, body text)");
        owner.execute("insert into team.note values (1, 'a')");
        protect("team.note");
        owner.execute("alter table team.note disable trigger zz_unlost_version");
        owner.execute("alter table team.note alter column version drop not null");
        owner.execute("update team.note set version = null");

        protect("team.note");

        assertThat(columns("team.note")).contains("version|integer|true|1");
        assertThat(versionAfterUpdate("team.note")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alter column version drop not null", "drop column version", "drop column updated_at"})
    void aSecondCallRepairsAColumn(String damage) {
        owner.execute("create table team.note (id int primary key, body text)");
        owner.execute("insert into team.note values (1, 'a')");
        protect("team.note");
        owner.execute("alter table team.note " + damage);

        protect("team.note");

        assertThat(columns("team.note"))
                .contains("version|integer|true|1", "updated_at|timestamp with time zone|true|now()");
        assertThat(versionAfterUpdate("team.note")).isEqualTo("2");
    }

    @Test
    void theIndexIsMadeOnceAndOnlyWhereItIsAskedForAndMissing() {
        owner.execute("create table team.note (id int primary key, body text)");
        protect("team.note");
        assertThat(indexes("team.note")).containsExactly("note_pkey");

        select("unlost.protect('team.note', index_updated_at => true)");
        select("unlost.protect('team.note', index_updated_at => true)");
        assertThat(indexes("team.note")).containsExactly("note_pkey", "note_updated_at_idx");

        owner.execute("create table team.page (id int primary key, body text, updated_at timestamptz)");
        owner.execute("create index own on team.page (updated_at, id)");
        select("unlost.protect('team.page', index_updated_at => true)");
        assertThat(indexes("team.page")).containsExactly("own", "page_pkey");
    }

    @Test
    void namesMayNeedQuotes() {
        owner.execute("create table team.\"Order \"\"Line\" (id int primary key, body text)");
        owner.execute("insert into team.\"Order \"\"Line\" values (1, 'a')");

        select("unlost.protect('team.\"Order \"\"Line\"', true)");

        assertThat(versionAfterUpdate("team.\"Order \"\"Line\"")).isEqualTo("2");
        select("unlost.unprotect('team.\"Order \"\"Line\"', true)");
        assertThat(columns("team.\"Order \"\"Line\"")).hasSize(2);
    }

    @Test
    void theCallersSearchPathFindsTheTableButNoFunction() {
        owner.execute("create table team.note (id int primary key, body text, version int)");
        owner.execute(
                "create function team.clock_timestamp() returns timestamptz language sql as $$ select 'epoch'::timestamptz $$");
        owner.execute(
                "create function team.greatest(timestamptz, timestamptz) returns timestamptz language sql as $$ select $1 $$");
        owner.execute("create function team.format_type(oid, int) returns text language sql as $$ select 'text' $$");
        owner.execute("set search_path = team, pg_catalog");

        protect("note");
        owner.execute("insert into note (id, body) values (1, 'a')");
        owner.execute("update note set body = 'b'");

        assertThat(owner.row("select version, updated_at > '2020-01-01' from note"))
                .isEqualTo("2|t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version smallint                                     | column version of team.note is smallint",
                "version text                                         | column version of team.note is text",
                "version numeric(10)                                  | column version of team.note is numeric(10,0)",
                "version int generated always as identity             | column version of team.note is computed",
                "version int generated always as (id + 1) stored      | column version of team.note is computed",
                "updated_at timestamp                                 | column updated_at of team.note is timestamp without time zone",
                "updated_at timestamptz(3)                            | column updated_at of team.note is timestamp(3) with time zone",
                "updated_at date                                      | column updated_at of team.note is date",
            })
    void columnsOfAnotherKindAreRefusedAndLeftAlone(String column, String message) {
        owner.execute("create table team.note (id int primary key, body text, " + column + ")");
        List<String> before = columns("team.note");

        assertThatExceptionOfType(Session.Refused.class)
                .isThrownBy(() -> protect("team.note"))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.state()).isEqualTo(DATATYPE_MISMATCH));

        assertThat(columns("team.note")).isEqualTo(before);
        assertThat(triggers("team.note")).isEmpty();
    }

    @Test
    void rowsUpdatedAtInfinityAreRefusedBecauseNothingIsLater() {
        owner.execute("create table team.note (id int primary key, updated_at timestamptz)");
        owner.execute("insert into team.note values (1, 'infinity')");

        assertThatExceptionOfType(Session.Refused.class)
                .isThrownBy(() -> protect("team.note"))
                .withMessageContaining("nothing is later");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "team.thing is not a table | create view team.thing as select 1 as id",
                "team.thing is not a table | create materialized view team.thing as select 1 as id",
                "team.thing is not a table | create sequence team.thing",
                "team.thing is a partition | create table team.whole (id int) partition by list (id); "
                        + "create table team.thing partition of team.whole for values in (1)",
                "has tables that inherit   | create table team.thing (id int); "
                        + "create table team.child () inherits (team.thing)",
                "partitioned by version or | create table team.thing (id int, updated_at timestamptz) "
                        + "partition by range (updated_at)",
                "partitioned by version or | create table team.thing (id int, version int) partition by list (id); "
                        + "create table team.part partition of team.thing for values in (1) partition by list (version)",
            })
    void whatCannotCarryAVersionIsRefused(String message, String definition) {
        owner.execute(definition);

        assertThatExceptionOfType(Session.Refused.class)
                .isThrownBy(() -> protect("team.thing"))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.state()).isEqualTo(WRONG_OBJECT_TYPE));
    }

    @Test
    void noTableIsRefused() {
        assertThatExceptionOfType(Session.Refused.class)
                .isThrownBy(() -> select("unlost.protect(null)"))
                .withMessageContaining("there is no table to protect");
        assertThatExceptionOfType(Session.Refused.class)
                .isThrownBy(() -> protect("team.absent"))
                .satisfies(e -> assertThat(e.state()).isEqualTo("42P01"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unlost.protect('team.note')", "unlost.unprotect('team.note', true)"})
    void onlyTheOwnerMayDoIt(String call) {
        owner.execute("create table team.note (id int primary key, body text)");
        protect("team.note");
        try (Session stranger = Database.session("team_stranger")) {
            assertThatExceptionOfType(Session.Refused.class)
                    .isThrownBy(() -> stranger.row("select " + call))
                    .withMessageContaining("must be owner of team.note")
                    .satisfies(e -> assertThat(e.state()).isEqualTo(INSUFFICIENT_PRIVILEGE));
        }
        assertThat(triggers("team.note")).containsExactly("zz_unlost_version");
    }

    @Test
    void aTriggerThatWouldFireLaterIsRefusedByName() {
        owner.execute("create table team.note (id int primary key, body text)");
        owner.execute("create function team.keep() returns trigger language plpgsql as $$ begin return new; end $$");
        owner.execute("create trigger zzz before update on team.note for each row execute function team.keep()");

        assertThatExceptionOfType(Session.Refused.class)
                .isThrownBy(() -> protect("team.note"))
                .withMessageContaining("zz_unlost_version and could undo it: zzz");

        owner.execute("alter trigger zzz on team.note rename to keep");
        owner.execute("create trigger zzz after update on team.note for each row execute function team.keep()");
        protect("team.note");
    }

    @Test
    void aTableIsAttachedAsAPartitionOnlyUnprotected() {
        owner.execute("create table team.whole (id int, body text) partition by list (id)");
        protect("team.whole");
        owner.execute("create table team.note (id int, body text)");
        protect("team.note");
        String attach = "alter table team.whole attach partition team.note for values in (1)";

        assertThatExceptionOfType(Session.Refused.class)
                .isThrownBy(() -> owner.execute(attach))
                .withMessageContaining("zz_unlost_version");

        select("unlost.unprotect('team.note')");
        owner.execute(attach);
        owner.execute("insert into team.whole values (1, 'a', 9)");
        assertThat(versionAfterUpdate("team.whole")).isEqualTo("2");
    }

    @Test
    void unprotectLeavesOrdinaryColumns() {
        owner.execute("create table team.note (id int primary key, body text)");
        protect("team.note");
        owner.execute("insert into team.note (id) values (1)");

        select("unlost.unprotect('team.note')");
        select("unlost.unprotect('team.note')");

        assertThat(triggers("team.note")).isEmpty();
        owner.execute("update team.note set version = 40");
        assertThat(owner.row("select version from team.note")).isEqualTo("40");
        protect("team.note");
        assertThat(versionAfterUpdate("team.note")).isEqualTo("41");
    }

    @Test
    void unprotectDropsTheColumnsThatProtectAddedAndNoOther() {
        owner.execute("create table team.note (id int primary key, body text, updated_at timestamptz)");
        protect("team.note");

        select("unlost.unprotect('team.note', drop_columns => true)");
        select("unlost.unprotect('team.note', drop_columns => true)");

        assertThat(columns("team.note"))
                .containsExactly(
                        "id|integer|true|null",
                        "body|text|false|null",
                        "updated_at|timestamp with time zone|true|now()");
        owner.execute("insert into team.note (id) values (1)");
        owner.execute("update team.note set body = 'b'");
    }

    private void protect(String table) {
        select("unlost.protect('" + table + "')");
    }

    private void select(String call) {
        owner.row("select " + call);
    }

    private String versionAfterUpdate(String table) {
        owner.update("update " + table + " set body = 'z' where id = 1");
        return owner.row("select version from " + table + " where id = 1");
    }

    private List<String> columns(String table) {
        return owner.rows(
                "select attname, format_type(atttypid, atttypmod), attnotnull::text, pg_get_expr(adbin, adrelid) "
                        + "from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum "
                        + "where attrelid = ?::regclass and attnum > 0 and not attisdropped order by attnum",
                table);
    }

    private List<String> triggers(String table) {
        return owner.rows(
                "select tgname from pg_trigger where tgrelid = ?::regclass and not tgisinternal order by 1", table);
    }

    private List<String> indexes(String table) {
        return owner.rows(
                "select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid "
                        + "where i.indrelid = ?::regclass order by 1",
                table);
    }

    /** Every catalogue row of the table, with the transaction that wrote it. */
    private List<String> catalogue(String table) {
        return owner.rows("""
                select 'class', c.xmin, c.relfilenode::text from pg_class c where oid = ?::regclass
                union all select 'column', a.xmin, a.attname::text from pg_attribute a where attrelid = ?::regclass
                union all select 'default', d.xmin, d.adnum::text from pg_attrdef d where adrelid = ?::regclass
                union all select 'trigger', t.xmin, t.tgname::text from pg_trigger t where tgrelid = ?::regclass
                union all select 'index', i.xmin, i.indexrelid::text from pg_index i where indrelid = ?::regclass
                order by 1, 3""", table, table, table, table, table);
    }
}
