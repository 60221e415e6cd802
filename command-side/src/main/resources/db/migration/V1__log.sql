-- The log of events, its snapshots, and the isolation of factories.
--
-- Roles exist before this runs (docs/operations.md): unlost_owner runs migrations and owns every table; unlost_app is
-- what the service writes and reads as; unlost_maintenance rebuilds, verifies and tails the log across factories.

grant usage on schema unlost to unlost_app, unlost_maintenance;
-- What this role creates is nobody else's until it is granted.
alter default privileges revoke execute on routines from public;

-- Puts a table under row-level security by factory. Forced, so that it holds for the owner too; without a factory there
-- are no rows.
create procedure unlost.isolate(target regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy own_factory on %s to unlost_app '
    'using (factory_id = nullif(current_setting(''unlost.factory'', true), '''')) '
    'with check (factory_id = nullif(current_setting(''unlost.factory'', true), ''''))', target);
  execute format('create policy every_factory on %s to unlost_maintenance using (true) with check (true)', target);
end $$;

create table unlost.event (
  global_index     bigint generated always as identity primary key,
  -- The transaction that appended the event. Readers order by (xid, global_index) and stay below the oldest
  -- transaction still running, which is the order in which nothing can appear behind them.
  xid              xid8 not null default pg_current_xact_id(),
  factory_id       text collate "C" not null,
  aggregate_type   text collate "C" not null,
  aggregate_id     text collate "C" not null,
  sequence_number  bigint not null check (sequence_number >= 0),
  event_id         uuid not null,
  time_stamp       timestamptz not null,
  payload_type     text not null,
  payload_revision text,
  payload          jsonb not null,
  metadata         jsonb not null,
  -- The guard of last resort: of two writers on any nodes, one appends a version.
  constraint event_version_once
    unique (factory_id, aggregate_type, aggregate_id, sequence_number) include (time_stamp)
);
create index event_in_commit_order on unlost.event (xid, global_index);
call unlost.isolate('unlost.event');
-- Append-only; and nobody chooses a place in the log, or could try which ones are taken.
grant select, insert (factory_id, aggregate_type, aggregate_id, sequence_number, event_id, time_stamp, payload_type,
  payload_revision, payload, metadata) on unlost.event to unlost_app;
grant select on unlost.event to unlost_maintenance;

create table unlost.snapshot (
  factory_id      text collate "C" not null,
  aggregate_type  text collate "C" not null,
  aggregate_id    text collate "C" not null,
  sequence_number bigint not null,
  payload         jsonb not null,
  primary key (factory_id, aggregate_type, aggregate_id, sequence_number)
);
call unlost.isolate('unlost.snapshot');
grant select, insert on unlost.snapshot to unlost_app;
grant select, delete on unlost.snapshot to unlost_maintenance;

-- Where Axon's streaming processors keep their place; it belongs to no factory.
create table unlost.token_entry (
  processor_name varchar(255) not null,
  segment        integer not null,
  owner          varchar(255),
  timestamp      varchar(255) not null,
  token          bytea,
  token_type     varchar(255),
  primary key (processor_name, segment)
);
grant select, insert, update, delete on unlost.token_entry to unlost_app, unlost_maintenance;
