-- An event takes its transaction's id unless that was taken before, in which case the trigger decides. It need not be
-- called for the others, which are nearly all.
alter table unlost.event alter column xid set default
  case when pg_current_xact_id_if_assigned() is null then pg_current_xact_id() end;
drop trigger keep_log_order on unlost.event;
create trigger keep_log_order before insert on unlost.event
  for each row when (new.xid is null) execute function unlost.keep_log_order();
