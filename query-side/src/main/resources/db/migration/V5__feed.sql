-- What readers of the log need: one factory's events in the order of the log, an order in which versions never stand
-- the wrong way round, and a name for the log that a restored database does not share with the one it was taken from.

create index event_of_factory_in_commit_order on unlost.event (factory_id, xid, global_index);

-- Readers order by (xid, global_index). A transaction that has its id before it loads a record could append version 3
-- with a lower id than version 2 has: then the event takes the higher of the two. That keeps readers safe, as they stay
-- below every running transaction and the id of an event is never below that of its own transaction.
create function unlost.keep_log_order() returns trigger language plpgsql as $$
declare
  before xid8;
begin
  -- seldom so: an id that was not taken yet is taken below, after the version before was seen
  if pg_current_xact_id_if_assigned() is not null and new.sequence_number > 0 then
    select e.xid into before from unlost.event e
     where e.factory_id = new.factory_id and e.aggregate_type = new.aggregate_type
       and e.aggregate_id = new.aggregate_id and e.sequence_number = new.sequence_number - 1;
  end if;
  new.xid := greatest(pg_current_xact_id(), before);
  return new;
end $$;
revoke all on function unlost.keep_log_order() from public;
alter table unlost.event alter column xid drop default;
create trigger keep_log_order before insert on unlost.event
  for each row execute function unlost.keep_log_order();

-- One row: which log this is, and what readers' cursors are sealed with. Belongs to no factory.
create table unlost.log_epoch (
  only_row         boolean primary key default true check (only_row),
  epoch            uuid not null default gen_random_uuid(),
  cursor_key       bytea not null default uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()),
  -- Whoever removes the beginning of the log says here, in the same transaction, what the last event removed was.
  kept_after_xid   xid8 not null default '0',
  kept_after_index bigint not null default 0
);
insert into unlost.log_epoch default values;
grant select on unlost.log_epoch to unlost_maintenance;

-- Part of restoring a database, from a dump or to an earlier point in time: run by a superuser before the service is
-- started on it. Every cursor given out before is answered with a reset. Events of a dump carry transaction ids of the
-- cluster it was taken from, which may lie ahead of this one's: they are made the oldest there are, in the order of the
-- log.
create procedure unlost.begin_log_epoch() language plpgsql as $$
begin
  if not (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) then
    raise exception 'unlost.begin_log_epoch() needs a role that row-level security does not bind';
  end if;
  lock table unlost.event in exclusive mode;
  if exists (select from unlost.event where xid >= pg_snapshot_xmin(pg_current_snapshot())) then
    update unlost.event set xid = '3';
    update unlost.log_epoch set kept_after_xid = '3' where kept_after_index > 0;
  end if;
  update unlost.log_epoch set epoch = default, cursor_key = default;
end $$;
revoke all on procedure unlost.begin_log_epoch() from public;
