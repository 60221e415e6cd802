-- Prepares a database for Unlost: its three roles and its schema. A superuser runs this in that database; running it
-- again does no harm. The roles have no passwords yet.

do $$
declare
  role text;
begin
  foreach role in array array['unlost_owner', 'unlost_app', 'unlost_maintenance'] loop
    if not exists (select from pg_roles where rolname = role) then
      execute format('create role %I login', role);
    end if;
  end loop;
  execute format('alter database %I owner to unlost_owner', current_database());
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to unlost_app, unlost_maintenance', current_database());
end $$;

-- Owns the tables and migrates them; the service does nothing else as this role.
create schema if not exists unlost authorization unlost_owner;
revoke all on schema public from public;

-- What the service reads and writes as, bound by row-level security. Readers of the log wait for the oldest transaction
-- that is still running, so none may stand still.
alter role unlost_app set statement_timeout = '10s';
alter role unlost_app set lock_timeout = '5s';
alter role unlost_app set idle_in_transaction_session_timeout = '10s';

-- Rebuilds and verifies the read model, and tails the log, across factories.
alter role unlost_maintenance set statement_timeout = '60s';
alter role unlost_maintenance set lock_timeout = '5s';
alter role unlost_maintenance set idle_in_transaction_session_timeout = '10s';
