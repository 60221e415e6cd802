package dev.unlost.app.guarantees;

import static dev.unlost.app.support.Sql.strings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.SharedNodes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is in the database keeps factories apart, or is known not to have to. */
class CatalogueIT {

    /** Tables without rows of any factory, and why. */
    private static final Map<String, String> OF_NO_FACTORY = Map.of(
            "unlost.flyway_schema_history", "the migrations; only their owner reads it",
            "unlost.log_epoch", "which log this is; only readers of the log read it",
            "unlost.token_entry", "places of processors in the log");

    /** Unique indexes that do not begin with the factory, and why they tell nothing. */
    private static final Map<String, String> UNIQUE_ACROSS_FACTORIES =
            Map.of("unlost.event_pkey", "an order that the service's role may not choose");

    /** Routines that everybody may call who is let into the schema, and why. */
    private static final Map<String, String> FOR_EVERYBODY = Map.of(
            "unlost.protect", "for owners of tables, with their own rights",
            "unlost.unprotect", "for owners of tables, with their own rights",
            "unlost.assert_protectable", "what the two above refuse",
            "unlost.keep_version", "the trigger that the two above attach");

    private static final String USERS_OWN =
            "n.nspname <> 'information_schema' and n.nspname !~ '^pg_' and not exists (select from pg_depend x"
                    + " where x.deptype = 'e' and x.objid = ";

    @BeforeAll
    static void migrated() {
        SharedNodes.first();
    }

    @Test
    void everythingKeepsFactoriesApart() throws SQLException {
        try (Connection admin = SharedNodes.database().connectAsAdmin()) {
            assertThat(faults(admin)).isEmpty();
        }
    }

    @Test
    void theListsOfExceptionsNameNothingThatIsNotThere() throws SQLException {
        try (Connection admin = SharedNodes.database().connectAsAdmin()) {
            assertThat(strings(
                            admin,
                            "select n.nspname || '.' || relname from pg_class c"
                                    + " join pg_namespace n on n.oid = relnamespace"))
                    .containsAll(OF_NO_FACTORY.keySet())
                    .containsAll(UNIQUE_ACROSS_FACTORIES.keySet());
            assertThat(strings(
                            admin,
                            "select n.nspname || '.' || proname from pg_proc"
                                    + " join pg_namespace n on n.oid = pronamespace"))
                    .containsAll(FOR_EVERYBODY.keySet());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            unlost.bad has no row-level security        | create table unlost.bad (factory_id text)
            public.bad has no row-level security        | create table public.bad (factory_id text)
            other.bad has no row-level security         | create schema other; create table other.bad (factory_id text)
            unlost.bad has no row-level security        | create table unlost.bad (factory_id text); alter table unlost.bad enable row level security
            unlost.bad lacks own_factory                | create table unlost.bad (factory_id text); alter table unlost.bad enable row level security, force row level security
            unlost.bad lacks own_factory                | create table unlost.bad (factory_id text); call unlost.isolate('unlost.bad'); alter policy own_factory on unlost.bad using (true)
            unlost.bad lacks own_factory                | create table unlost.bad (factory_id text); call unlost.isolate('unlost.bad'); alter policy own_factory on unlost.bad with check (true)
            unlost.bad lacks every_factory              | create table unlost.bad (factory_id text); call unlost.isolate('unlost.bad'); drop policy every_factory on unlost.bad
            unlost.bad has the policy third             | create table unlost.bad (factory_id text); call unlost.isolate('unlost.bad'); create policy third on unlost.bad using (true)
            unlost.bad lacks every_factory              | create table unlost.bad (factory_id text); call unlost.isolate('unlost.bad'); alter policy every_factory on unlost.bad to unlost_maintenance, unlost_app
            unlost.bad_pkey is unique across            | create table unlost.bad (factory_id text, id text primary key); call unlost.isolate('unlost.bad')
            unlost.bad_id_factory_id_key is unique      | create table unlost.bad (factory_id text, id text, unique (id, factory_id)); call unlost.isolate('unlost.bad')
            unlost.bad is a view                        | create view unlost.bad as select * from unlost.event
            unlost.bad is a view                        | create materialized view unlost.bad as select 1 as one
            unlost.bad runs with the rights of its owner | create function unlost.bad() returns int language sql security definer as 'select 1'
            unlost.bad may be called by PUBLIC          | create function unlost.bad() returns int language sql as 'select 1'
            unlost.customer_tag is open to PUBLIC       | grant select on unlost.customer_tag to public
            unlost.event lets unlost_app UPDATE         | grant update on unlost.event to unlost_app
            unlost.event lets unlost_app choose global_index | grant insert (global_index) on unlost.event to unlost_app
            unlost.customer_tag lets unlost_app TRUNCATE | grant truncate on unlost.customer_tag to unlost_app
            unlost is open to PUBLIC                    | grant usage on schema unlost to public
            unlost lets unlost_app create               | grant create on schema unlost to unlost_app
            unlost_app owns something                   | create schema bad authorization unlost_app
            unlost_app has rights that it must not have | alter role unlost_app bypassrls
            unlost_maintenance has rights               | alter role unlost_maintenance createrole
            unlost_app is a member of unlost_maintenance | grant unlost_maintenance to unlost_app
            """)
    void whatDoesNotIsFound(String fault, String ddl) throws SQLException {
        try (Connection admin = SharedNodes.database().connectAsAdmin();
                Statement statement = admin.createStatement()) {
            admin.setAutoCommit(false);
            statement.execute(ddl);
            assertThat(faults(admin)).anyMatch(found -> found.startsWith(fault));
            admin.rollback();
        }
    }

    private static List<String> faults(Connection admin) throws SQLException {
        List<String> faults = new ArrayList<>();
        String exempt = quoted(OF_NO_FACTORY);
        String tables = " from (select c.*, n.nspname || '.' || relname as name from pg_class c"
                + " join pg_namespace n on n.oid = relnamespace where " + USERS_OWN + "c.oid)) as c where ";
        faults.addAll(strings(
                admin,
                "select name || ' has no row-level security'" + tables
                        + "relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity) and name not in "
                        + exempt));
        faults.addAll(strings(
                admin, "select name || ' is a view or a foreign table'" + tables + "relkind in ('v', 'm', 'f')"));
        String own = "(factory_id = NULLIF(current_setting(''unlost.factory''::text, true), ''''::text))";
        String policy = " and not exists (select from pg_policy p where polrelid = c.oid and polpermissive"
                + " and polcmd = '*' and polname = '%1$s' and polroles = array['%2$s'::regrole::oid]"
                + " and pg_get_expr(polqual, polrelid) = '%3$s' and pg_get_expr(polwithcheck, polrelid) = '%3$s')";
        String isolated = tables + "relkind in ('r', 'p') and name not in " + exempt;
        faults.addAll(strings(
                admin,
                "select name || ' lacks own_factory'" + isolated + policy.formatted("own_factory", "unlost_app", own)));
        faults.addAll(strings(
                admin,
                "select name || ' lacks every_factory'" + isolated
                        + policy.formatted("every_factory", "unlost_maintenance", "true")));
        faults.addAll(strings(
                admin,
                "select polrelid::regclass || ' has the policy ' || polname from pg_policy"
                        + " where polname not in ('own_factory', 'every_factory')"));
        faults.addAll(strings(
                admin,
                "select name || ' is unique across factories' from (select i.*, n.nspname || '.'"
                        + " || c.relname as name, tn.nspname || '.' || t.relname as of_table from pg_index i"
                        + " join pg_class c on c.oid = indexrelid join pg_namespace n on n.oid = c.relnamespace"
                        + " join pg_class t on t.oid = indrelid join pg_namespace tn on tn.oid = t.relnamespace"
                        + " where (indisunique or indisexclusion) and " + USERS_OWN + "c.oid)) as i where name not in "
                        + quoted(UNIQUE_ACROSS_FACTORIES) + " and of_table not in " + exempt
                        + " and not exists (select from pg_attribute where attrelid = indrelid and attnum = indkey[0]"
                        + " and attname = 'factory_id')"));

        String routines = " from (select p.*, n.nspname || '.' || proname as name from pg_proc p"
                + " join pg_namespace n on n.oid = pronamespace where " + USERS_OWN + "p.oid)) as p where ";
        faults.addAll(strings(admin, "select name || ' runs with the rights of its owner'" + routines + "prosecdef"));
        faults.addAll(strings(
                admin,
                "select name || ' may be called by PUBLIC'" + routines + "name not in "
                        + quoted(FOR_EVERYBODY) + " and exists (select from aclexplode(coalesce(proacl,"
                        + " acldefault('f', proowner))) where grantee = 0)"));

        faults.addAll(
                strings(
                        admin,
                        "select name || ' is open to PUBLIC'" + tables
                                + "exists (select from aclexplode(relacl) where grantee = 0)"
                                + " or exists (select from pg_attribute, aclexplode(attacl) where attrelid = c.oid and grantee = 0)"));
        faults.addAll(strings(
                admin,
                "select nspname || ' is open to PUBLIC' from pg_namespace n,"
                        + " aclexplode(nspacl) where grantee = 0 and " + USERS_OWN + "n.oid)"));
        faults.addAll(strings(
                admin,
                "select datname || ' is open to PUBLIC' from pg_database,"
                        + " aclexplode(coalesce(datacl, acldefault('d', datdba)))"
                        + " where grantee = 0 and datname = current_database()"));
        faults.addAll(strings(
                admin,
                "select nspname || ' lets ' || r || ' create' from pg_namespace,"
                        + " unnest(array['unlost_app', 'unlost_maintenance']) as r"
                        + " where nspname !~ '^pg_temp' and has_schema_privilege(r, oid, 'CREATE')"));
        faults.addAll(strings(
                admin,
                "select 'the database lets ' || r || ' ' || p from"
                        + " unnest(array['unlost_app', 'unlost_maintenance']) as r, unnest(array['CREATE', 'TEMP']) as p"
                        + " where has_database_privilege(r, current_database(), p)"));
        faults.addAll(strings(
                admin,
                "select name || ' lets unlost_app ' || p from (select c.oid as id, name" + tables
                        + "relkind in ('r', 'p')) as t, unnest(array['TRUNCATE', 'REFERENCES', 'TRIGGER']) as p"
                        + " where has_table_privilege('unlost_app', id, p)"));
        faults.addAll(strings(
                admin,
                "select t || ' lets unlost_app ' || p from"
                        + " unnest(array['unlost.event', 'unlost.snapshot']) as t, unnest(array['UPDATE', 'DELETE']) as p"
                        + " where has_table_privilege('unlost_app', t, p)"
                        + " or (p = 'UPDATE' and has_any_column_privilege('unlost_app', t, p))"));
        faults.addAll(strings(
                admin,
                "select 'unlost.event lets unlost_app choose ' || c"
                        + " from unnest(array['global_index', 'xid']) as c"
                        + " where has_column_privilege('unlost_app', 'unlost.event', c, 'INSERT')"));
        faults.addAll(strings(
                admin,
                "select 'unlost.flyway_schema_history lets ' || r || ' ' || p from"
                        + " unnest(array['unlost_app', 'unlost_maintenance']) as r,"
                        + " unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) as p"
                        + " where has_table_privilege(r, 'unlost.flyway_schema_history', p)"));

        faults.addAll(strings(
                admin,
                "select rolname || ' owns something' from pg_shdepend join pg_roles r"
                        + " on r.oid = refobjid where deptype = 'o' and rolname in ('unlost_app', 'unlost_maintenance')"
                        // 0: what all databases share, databases themselves above all
                        + " and dbid in (0, (select oid from pg_database where datname = current_database()))"));
        faults.addAll(strings(
                admin,
                "select rolname || ' has rights that it must not have' from pg_roles"
                        + " where rolname in ('unlost_app', 'unlost_maintenance', 'unlost_owner')"
                        + " and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)"));
        faults.addAll(strings(
                admin,
                "select member::regrole || ' is a member of ' || roleid::regrole"
                        + " from pg_auth_members where member::regrole::text like 'unlost%'"));
        return faults;
    }

    private static String quoted(Map<String, String> names) {
        return "('" + String.join("', '", names.keySet()) + "')";
    }
}
