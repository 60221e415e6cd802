-- What was accepted under which idempotency key, so that a request that is sent again counts once. A row is written in
-- the transaction that carries the request out, and is kept: there is no time after which a repetition counts again.

create table unlost.accepted_request (
  factory_id     text collate "C" not null,
  -- the `sub` of who sent it: keys of different people have nothing to do with each other
  person         text collate "C" not null,
  key            text collate "C" not null,
  -- which part of the request, from 0; a request that is no batch has only that one
  item           smallint not null check (item >= 0),
  -- SHA-256 of all that was asked for, to tell a repetition from another request under the same key
  request        text collate "C" not null,
  aggregate_type text collate "C" not null,
  aggregate_id   text collate "C" not null,
  -- the version that the answer was given as of
  version        bigint not null check (version >= 1),
  merged         boolean not null,
  primary key (factory_id, person, key, item)
);
call unlost.isolate('unlost.accepted_request');
grant select, insert on unlost.accepted_request to unlost_app;
grant select on unlost.accepted_request to unlost_maintenance;
