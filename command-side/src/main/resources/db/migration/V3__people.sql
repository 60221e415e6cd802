-- The people who edit records, as the identity provider described them last. Not event-sourced: nobody edits them here.

create table unlost.person (
  factory_id text collate "C" not null,
  -- the `sub` of their tokens
  id         text collate "C" not null,
  email      text,
  nickname   text,
  primary key (factory_id, id)
);
select unlost.protect('unlost.person');
call unlost.isolate('unlost.person');
grant select on unlost.person to unlost_app, unlost_maintenance;
grant insert (factory_id, id, email, nickname), update (email, nickname) on unlost.person to unlost_app;
