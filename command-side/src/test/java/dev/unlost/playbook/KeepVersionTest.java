package dev.unlost.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to the writes of a protected table. */
class KeepVersionTest {

    private Session owner;
    private Session app;

    @BeforeEach
    void open() {
        Database.clean();
        owner = Database.session("team_owner");
        app = Database.session("team_app");
    }

    @AfterEach
    void close() {
        app.close();
        owner.close();
    }

    @Test
    void everyUpdateOfARowCountsOneEvenOneThatSetsWhatIsThere() {
        notes();

        app.update("update team.note set body = 'b'");
        app.update("update team.note set body = 'b'");
        app.update("update team.note set id = id");

        assertThat(version()).isEqualTo("4");
    }

    @Test
    void anUpdateThatHitsNoRowCountsNothing() {
        notes();

        assertThat(app.update("update team.note set body = 'b' where id = 1 and version = 2"))
                .isZero();

        assertThat(version()).isEqualTo("1");
    }

    @Test
    void updatedAtRisesStrictlyWithinATransactionWhoseClockStandsStill() {
        notes();
        app.execute("begin");
        for (int i = 0; i < 200; i++) {
            app.update("update team.note set body = ? where id = 1", "b" + i);
            app.update("insert into team.seen select version, updated_at from team.note where id = 1");
        }
        app.execute("commit");

        assertThat(app.row("select count(*), count(distinct updated_at), "
                        + "bool_and(updated_at > before), min(version), max(version) from "
                        + "(select *, lag(updated_at) over (order by version) as before from team.seen)"))
                .isEqualTo("200|200|t|2|201");
    }

    @Test
    void updatedAtRisesByAMicrosecondWhenTheClockIsBehind() {
        owner.execute("create table team.note (id int primary key, body text, updated_at timestamptz)");
        owner.execute("insert into team.note values (1, 'a', '2999-12-31 23:59:59.999999Z')");
        protect("team.note");
        app.execute("set timezone = 'UTC'");

        app.update("update team.note set body = 'b'");
        app.update("update team.note set body = 'c'");

        assertThat(app.row("select version, updated_at from team.note")).isEqualTo("3|3000-01-01 00:00:00.000001+00");
    }

    @Test
    void updatedAtIsTheTimeOfTheUpdateNotOfTheTransactionsStart() {
        notes();
        app.execute("begin");
        String start = app.row("select now()");
        app.row("select pg_sleep(0.002)");

        app.update("update team.note set body = 'b'");

        assertThat(app.row("select updated_at > ?::timestamptz + interval '1 ms' from team.note", start))
                .isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update team.note set version = 99, updated_at = '2001-01-01Z' where id = 1",
                "update team.note set version = version where id = 1",
                "update team.note set version = null, updated_at = null where id = 1",
                "update team.note set version = default, updated_at = default where id = 1",
                "insert into team.note (id, version, updated_at) values (1, 99, '2001-01-01Z') on conflict (id) "
                        + "do update set version = excluded.version, updated_at = excluded.updated_at",
                "merge into team.note using (select 1 as id) s on note.id = s.id "
                        + "when matched then update set version = 99, updated_at = 'infinity'",
            })
    void anUpdateCannotSetThem(String statement) {
        notes();
        String before = app.row("select updated_at from team.note");

        assertThat(app.update(statement)).isOne();

        assertThat(app.row(
                        "select version, updated_at > ?::timestamptz, updated_at < clock_timestamp() + interval '1 s' "
                                + "from team.note",
                        before))
                .isEqualTo("2|t|t");
    }

    @Test
    void anInsertCannotSetThem() {
        notes();

        app.update("insert into team.note (id, version, updated_at) values (2, 99, '2001-01-01Z'), (3, null, null)");

        assertThat(app.rows("select version, updated_at > '2020-01-01' from team.note where id > 1"))
                .containsExactly("1|t", "1|t");
    }

    @Test
    void replicationAndRestoresThatTurnTriggersOffCarryVersionsOver() {
        notes();
        try (Session admin = Database.session("postgres")) {
            admin.execute("set session_replication_role = replica");
            admin.execute("insert into team.note (id, version, updated_at) values (2, 7, '2001-01-01Z')");
        }

        app.update("update team.note set body = 'b' where id = 2");

        assertThat(app.row("select version from team.note where id = 2")).isEqualTo("8");
    }

    @Test
    void otherTriggersOfTheTableFireFirstAndCannotSetThemEither() {
        owner.execute(
                "create table team.note (id int primary key, body text, version int default 5, updated_at timestamptz)");
        owner.execute("""
                create function team.touch() returns trigger language plpgsql as $$
                begin
                  new.version := 1000;
                  new.updated_at := '2001-01-01Z';
                  new.body := new.body || ' touched';
                  return new;
                end $$""");
        owner.execute(
                "create trigger touch before insert or update on team.note for each row execute function team.touch()");
        protect("team.note");

        app.update("insert into team.note (id, body) values (1, 'a')");
        app.update("update team.note set body = 'b'");

        assertThat(app.row("select body, version, updated_at > '2020-01-01' from team.note"))
                .isEqualTo("b touched|2|t");
    }

    @Test
    void aTriggerThatDropsAnUpdateDropsItsVersionToo() {
        notes();
        owner.execute("create function team.drop() returns trigger language plpgsql as $$ begin return null; end $$");
        owner.execute("create trigger dropping before update on team.note for each row execute function team.drop()");

        assertThat(app.update("update team.note set body = 'b'")).isZero();

        assertThat(version()).isEqualTo("1");
    }

    @Test
    void afterTriggersSeeTheNewVersion() {
        notes();
        owner.execute("create function team.log() returns trigger language plpgsql as "
                + "$$ begin insert into team.seen values (new.version, new.updated_at); return null; end $$");
        owner.execute("create trigger log after update on team.note for each row execute function team.log()");

        app.update("update team.note set body = 'b'");

        assertThat(app.row("select s.version, s.updated_at = n.updated_at from team.seen s, team.note n"))
                .isEqualTo("2|t");
    }

    @Test
    void anUpdateThatAForeignKeyCascadesCountsToo() {
        notes();
        owner.execute("create table team.line (id int primary key, note int references team.note on update cascade)");
        protect("team.line");
        app.update("insert into team.line (id, note) values (1, 1)");

        app.update("update team.note set id = 5");

        assertThat(app.row("select note, version from team.line")).isEqualTo("5|2");
    }

    @Test
    void aWriterNeedsNothingButTheRightToWrite() {
        notes();

        assertThatExceptionOfType(Session.Refused.class)
                .isThrownBy(() -> app.row("select unlost.protect('team.note')"))
                .withMessageContaining("permission denied for schema unlost");
        assertThat(app.update("update team.note set body = 'b'")).isOne();
    }

    @Test
    void theLastVersionOfAnIntegerRefusesInsteadOfStartingOver() {
        owner.execute("create table team.note (id int primary key, body text, version int)");
        owner.execute("insert into team.note values (1, 'a', 2147483647)");
        protect("team.note");

        assertThatExceptionOfType(Session.Refused.class)
                .isThrownBy(() -> app.update("update team.note set body = 'b'"))
                .withMessageContaining("integer out of range");
    }

    @Test
    void rowsOfPartitionedTablesKeepCountingWhereverTheyMove() {
        partitionedOrders();
        app.update("insert into team.orders (id, region, body, version) values (1, 'eu', 'a', 50), (2, 'eu', 'b', 50)");

        app.update("update team.orders set body = 'c' where id = 1");
        app.update("update team.orders set region = 'us' where id = 1");
        app.update("update team.orders_us set body = 'd' where id = 1");
        app.update("update team.orders set region = 'asia-1', version = 70");

        assertThat(app.rows("select tableoid::regclass, id, version from team.orders order by id"))
                .containsExactly("team.orders_asia_1|1|5", "team.orders_asia_1|2|2");
    }

    @Test
    void movingARowBetweenPartitionsMakesItLater() {
        partitionedOrders();
        app.update("insert into team.orders (id, region) values (1, 'eu')");
        app.execute("begin");
        app.update("update team.orders set body = 'b'");
        String before = app.row("select updated_at from team.orders");

        app.update("update team.orders set region = 'us'");
        app.execute("commit");

        assertThat(app.row("select updated_at > ?::timestamptz from team.orders", before))
                .isEqualTo("t");
    }

    @Test
    void insertsIntoPartitionsStartAtOneEvenBesideAMove() {
        partitionedOrders();
        app.update("insert into team.orders (id, region) values (1, 'eu')");
        app.execute("begin");
        app.update("update team.orders set region = 'us'");
        app.update("insert into team.orders (id, region, version, updated_at) "
                + "select 2, region, version, updated_at from team.orders");
        app.update("insert into team.orders_eu (id, region, version) values (3, 'eu', 9)");
        app.execute("commit");

        assertThat(app.rows("select id, version from team.orders order by id")).containsExactly("1|2", "2|1", "3|1");
    }

    @Test
    void partitionsAddedLaterAreProtectedAsWell() {
        partitionedOrders();
        owner.execute("create table team.orders_rest partition of team.orders default");

        app.update("insert into team.orders (id, region, version) values (1, 'africa', 9)");
        app.update("update team.orders set body = 'b'");

        assertThat(app.row("select version from team.orders")).isEqualTo("2");
    }

    @Test
    void partitionedTablesCanBeProtectedTwiceAndUnprotected() {
        partitionedOrders();
        List<String> triggers =
                owner.rows("select oid, xmin from pg_trigger where tgname = 'zz_unlost_version' order by 1");
        protect("team.orders");
        assertThat(owner.rows("select oid, xmin from pg_trigger where tgname = 'zz_unlost_version' order by 1"))
                .isEqualTo(triggers);

        owner.row("select unlost.unprotect('team.orders', true)");

        assertThat(owner.rows("select attrelid::regclass from pg_attribute where attname in ('version', 'updated_at') "
                        + "and attrelid in (select relid from pg_partition_tree('team.orders'))"))
                .isEmpty();
    }

    private void notes() {
        owner.execute("create table team.note (id int primary key, body text)");
        owner.execute("create table team.seen (version int, updated_at timestamptz)");
        protect("team.note");
        owner.execute("insert into team.note (id, body) values (1, 'a')");
    }

    private void partitionedOrders() {
        owner.execute("create table team.orders (id int, region text, body text) partition by list (region)");
        owner.execute("create table team.orders_eu partition of team.orders for values in ('eu')");
        owner.execute("create table team.orders_us partition of team.orders for values in ('us')");
        owner.execute("create table team.orders_asia partition of team.orders for values in ('asia-1', 'asia-2') "
                + "partition by list (region)");
        owner.execute("create table team.orders_asia_1 partition of team.orders_asia for values in ('asia-1')");
        protect("team.orders");
    }

    private void protect(String table) {
        owner.row("select unlost.protect('" + table + "')");
    }

    private String version() {
        return app.row("select version from team.note where id = 1");
    }
}
