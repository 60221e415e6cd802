-- The order of the log tells events apart as well as their numbers did: one index serves both.
alter table unlost.event drop constraint event_pkey;
drop index unlost.event_in_commit_order;
alter table unlost.event add constraint event_pkey primary key (xid, global_index);
