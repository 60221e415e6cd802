-- The records of metahubs as of their last events. Written in the transaction that appends the event; everything here can
-- be dropped, created again by this file and rebuilt from the log.
--
-- A record's contents are one document, by field; beside it there are columns for what lists are found and sorted by. An
-- id is that of the log: the metahub, a slash, the id within it.

-- Sets members of an object; one that is null goes.
create function unlost.merge_members(members jsonb, changes jsonb) returns jsonb
language sql immutable parallel safe as $$
  select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(members || changes) where value <> 'null'
$$;
grant execute on function unlost.merge_members(jsonb, jsonb) to unlost_app, unlost_maintenance;

create table unlost.hub (
  factory_id   text collate "C" not null,
  id           text collate "C" not null,
  version      bigint not null check (version >= 1),
  deleted      boolean not null,
  created_at   timestamptz(6) not null,
  created_by   text not null,
  updated_at   timestamptz(6) not null,
  updated_by   text not null,
  codename     text collate "C",
  contents     jsonb not null,
  metahub_id   text collate "C" not null generated always as (split_part(id, '/', 1)) stored,
  codename_key text collate "C" not null generated always as (coalesce(codename, '')) stored,
  primary key (factory_id, id)
);
create index hub_by_codename on unlost.hub (factory_id, metahub_id, codename_key, id) where not deleted;
create index hub_by_update on unlost.hub (factory_id, metahub_id, updated_at, id) where not deleted;

create table unlost.catalog (
  like unlost.hub including constraints including generated,
  position     bigint not null,
  primary key (factory_id, id)
);
create index catalog_by_codename on unlost.catalog (factory_id, metahub_id, codename_key, id) where not deleted;
create index catalog_by_position on unlost.catalog (factory_id, metahub_id, position, id) where not deleted;
create index catalog_by_update on unlost.catalog (factory_id, metahub_id, updated_at, id) where not deleted;

-- The hubs that catalogs which are not deleted belong to.
create table unlost.catalog_hub (
  factory_id   text collate "C" not null,
  catalog_id   text collate "C" not null,
  hub_id       text collate "C" not null,
  primary key (factory_id, catalog_id, hub_id)
);
create index catalog_hub_by_hub on unlost.catalog_hub (factory_id, hub_id, catalog_id);

create table unlost.attribute (
  like unlost.hub including constraints including generated,
  catalog_id   text collate "C" not null,
  position     bigint not null,
  kind         text collate "C" not null,
  searchable   boolean not null,
  primary key (factory_id, id)
);
create index attribute_by_codename on unlost.attribute (factory_id, metahub_id, catalog_id, codename_key, id)
  where not deleted;
create index attribute_by_position on unlost.attribute (factory_id, metahub_id, catalog_id, position, id)
  where not deleted;
create index attribute_by_update on unlost.attribute (factory_id, metahub_id, catalog_id, updated_at, id)
  where not deleted;

create table unlost.element (
  like unlost.hub including constraints including generated,
  catalog_id   text collate "C" not null,
  position     bigint not null,
  -- the texts among the values of attributes, as they are searched
  search_keys  jsonb not null,
  primary key (factory_id, id)
);
create index element_by_codename on unlost.element (factory_id, metahub_id, catalog_id, codename_key, id)
  where not deleted;
create index element_by_position on unlost.element (factory_id, metahub_id, catalog_id, position, id)
  where not deleted;
create index element_by_update on unlost.element (factory_id, metahub_id, catalog_id, updated_at, id)
  where not deleted;

-- A row for every element and every searchable attribute of its catalog, both not deleted. The columns that an
-- attribute's type has no use for hold the same in all of its rows, so that one index serves every type: under row-level
-- security an index serves only leakproof operators, = < > <= >= on these types among them.
create table unlost.element_value (
  factory_id   text collate "C" not null,
  attribute_id text collate "C" not null,
  element_id   text collate "C" not null,
  -- those without a value come last
  missing      boolean not null,
  text_value   text collate "C" not null,
  number_value float8 not null,
  time_value   timestamptz not null,
  primary key (factory_id, element_id, attribute_id)
);
create index element_value_in_order on unlost.element_value
  (factory_id, attribute_id, missing, text_value, number_value, time_value, element_id);

do $$
declare
  target text;
begin
  foreach target in array array['hub', 'catalog', 'catalog_hub', 'attribute', 'element', 'element_value'] loop
    execute format('call unlost.isolate(%L)', 'unlost.' || target);
  end loop;
end $$;
grant select, insert, update on unlost.hub, unlost.catalog, unlost.attribute, unlost.element to unlost_app;
grant select, insert, delete on unlost.catalog_hub, unlost.element_value to unlost_app;
grant select, insert, update, delete on unlost.hub, unlost.catalog, unlost.attribute, unlost.element
  to unlost_maintenance;
grant select, insert, delete on unlost.catalog_hub, unlost.element_value to unlost_maintenance;
