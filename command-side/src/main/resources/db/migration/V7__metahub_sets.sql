-- What the rules that span the records of a metahub are decided by. The command side writes both tables in the
-- transaction of the events, under advisory locks, and reads them for its decisions only.

-- The records that are not deleted.
create table unlost.metahub_member (
  factory_id text collate "C" not null,
  type       text collate "C" not null,
  -- with the metahub before it, as in the log
  id         text collate "C" not null,
  -- within which a codename is unique: the metahub, or the id of the catalog
  parent     text collate "C" not null,
  codename   text collate "C",
  -- an attribute's definition, an element's data
  content    jsonb,
  primary key (factory_id, type, id),
  -- the guard of last resort; also leads to all that live in a catalog
  constraint metahub_codename_once unique (factory_id, type, parent, codename)
);
call unlost.isolate('unlost.metahub_member');
grant select, insert, update, delete on unlost.metahub_member to unlost_app;
grant select on unlost.metahub_member to unlost_maintenance;

-- Which of them refer to which, apart from where they live.
create table unlost.metahub_reference (
  factory_id text collate "C" not null,
  from_type  text collate "C" not null,
  from_id    text collate "C" not null,
  -- the field that refers
  via        text collate "C" not null,
  to_type    text collate "C" not null,
  to_id      text collate "C" not null,
  primary key (factory_id, from_type, from_id, via, to_type, to_id)
);
create index metahub_referrer on unlost.metahub_reference (factory_id, to_type, to_id);
call unlost.isolate('unlost.metahub_reference');
grant select, insert, delete on unlost.metahub_reference to unlost_app;
grant select on unlost.metahub_reference to unlost_maintenance;
