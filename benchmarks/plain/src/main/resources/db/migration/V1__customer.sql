create table customer (
  id             uuid primary key,
  factory_id     text not null,
  version        bigint not null,
  name           text not null,
  contact_name   text,
  contact_title  text,
  email          text,
  phone          text,
  street         text,
  city           text,
  region         text,
  postal_code    text,
  country        text,
  tags           text[] not null,
  notes          text,
  created_at     timestamptz not null,
  created_by     text not null,
  updated_at     timestamptz not null,
  updated_by     text not null
);
create index customer_by_name on customer (factory_id, name, id);
create index customer_by_email on customer (factory_id, email);
