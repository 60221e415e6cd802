-- The customers as of their last event. Written in the transaction that appends the event; everything here can be
-- dropped, created again by this file and rebuilt from the log.
--
-- Every change of a customer changes updated_at and so touches every index that holds the row: there are as few as the
-- lists need. Under row-level security an index serves only leakproof operators, = < > <= >= on these types among them,
-- so a prefix is a pair of bounds and a tag is a row of its own.

create table unlost.customer (
  factory_id     text collate "C" not null,
  id             text collate "C" not null,
  version        bigint not null check (version >= 1),
  -- A deleted customer keeps its row: who deleted what, and when, is still answered.
  deleted        boolean not null,
  created_at     timestamptz(6) not null,
  created_by     text not null,
  updated_at     timestamptz(6) not null,
  updated_by     text not null,
  name           text not null,
  name_key       text collate "C" not null,
  contact_name   text,
  contact_title  text,
  email          text,
  email_key      text collate "C",
  phone          text,
  street         text,
  city           text,
  region         text,
  postal_code    text,
  country        text collate "C",
  tags           text[] not null,
  notes          text,
  primary key (factory_id, id)
);
create index customer_by_name on unlost.customer (factory_id, name_key, id) where not deleted;
create index customer_by_update on unlost.customer (factory_id, updated_at, id) where not deleted;
create index customer_by_email on unlost.customer (factory_id, email_key) where not deleted and email_key is not null;
create index customer_by_country on unlost.customer (factory_id, country, name_key, id)
  where not deleted and country is not null;
call unlost.isolate('unlost.customer');
grant select, insert, update on unlost.customer to unlost_app;
grant select, insert, update, delete on unlost.customer to unlost_maintenance;

-- The tags of customers that are not deleted. Of the sort fields only the name is here: it seldom changes, so an
-- ordinary change of a customer leaves this table alone.
create table unlost.customer_tag (
  factory_id   text collate "C" not null,
  customer_id  text collate "C" not null,
  tag          text collate "C" not null,
  name_key     text collate "C" not null,
  primary key (factory_id, customer_id, tag)
);
create index customer_tag_by_name on unlost.customer_tag (factory_id, tag, name_key, customer_id);
call unlost.isolate('unlost.customer_tag');
grant select, insert, delete on unlost.customer_tag to unlost_app;
grant select, insert, delete on unlost.customer_tag to unlost_maintenance;
