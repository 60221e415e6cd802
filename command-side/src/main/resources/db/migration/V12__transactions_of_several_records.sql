-- A transaction that is sent as a whole was put together after all of its records had been loaded, and says so. Its events
-- take its id although the first of them has taken it before; the trigger is for all others.
alter table unlost.event alter column xid set default
  case when pg_current_xact_id_if_assigned() is null or current_setting('unlost.whole', true) = 'on'
    then pg_current_xact_id() end;
