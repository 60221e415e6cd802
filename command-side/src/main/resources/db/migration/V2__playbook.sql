-- Optimistic locking for tables that are not event-sourced: the service's own, and those of anybody who shares the
-- database. docs/playbook.md says what to decide before a table is protected, and what its clients do.
--
-- Everything here runs with the caller's rights. Whoever may protect a table is who may alter it, its owner; so the
-- functions may stay executable by everyone who is let into the schema.

-- Sets `version` and `updated_at`, whatever the statement says of them. Attached last of the row's BEFORE triggers by
-- its name, so that what others write into the two columns does not count either.
--
-- On a partitioned table it has an argument. PostgreSQL moves a row to another partition by deleting and inserting it,
-- and the insert must not start the row at version 1 again: the update leaves a note of what it set, the insert that
-- matches it is the move.
create function unlost.keep_version() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  note constant text := 'unlost.moving';
begin
  if tg_op = 'UPDATE' then
    new.version := old.version + 1;
    -- strictly later, even if the clock stands still or was set back
    new.updated_at := greatest(clock_timestamp(), old.updated_at + interval '1 microsecond');
    if tg_nargs > 0 then
      perform set_config(
        note, concat_ws(' ', pg_partition_root(tg_relid)::oid, new.version, extract(epoch from new.updated_at)), true);
    end if;
    return new;
  end if;

  if tg_nargs > 0 and current_setting(note, true)
      = concat_ws(' ', pg_partition_root(tg_relid)::oid, new.version, extract(epoch from new.updated_at)) then
    perform set_config(note, '', true);
    return new;
  end if;

  new.version := 1;
  new.updated_at := clock_timestamp();
  return new;
end $$;

-- Refuses what cannot carry a version, and whoever may not give it one.
create function unlost.assert_protectable(target regclass) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  relation pg_class;
begin
  select * into relation from pg_class where oid = target;
  if not found then
    raise exception 'there is no table to protect' using errcode = 'undefined_table';
  end if;
  if relation.relkind not in ('r', 'p') then
    raise exception '% is not a table', target
      using errcode = 'wrong_object_type',
            hint = 'Views and foreign tables are protected by protecting the tables behind them.';
  end if;
  if relation.relispartition then
    raise exception '% is a partition', target
      using errcode = 'wrong_object_type',
            hint = format('Name the partitioned table instead: %s.', pg_partition_root(target));
  end if;
  if relation.relkind = 'r' and exists (select from pg_inherits where inhparent = target) then
    raise exception '% has tables that inherit from it, and triggers are not inherited', target
      using errcode = 'wrong_object_type',
            hint = 'Protect tables without children, or use partitions.';
  end if;
  if not pg_has_role(current_user, relation.relowner, 'USAGE') then
    raise exception 'must be owner of %', target using errcode = 'insufficient_privilege';
  end if;
end $$;

-- Gives a table `version` (integer or bigint, from 1, +1 for every update of the row) and `updated_at` (strictly later
-- at every update), both kept by a trigger and settable by nobody else. Existing columns of these names are used, and
-- filled where they are empty. A second call changes nothing, and takes no lock that anybody could notice.
--
-- index_updated_at: whether there should be an index that begins with updated_at.
create function unlost.protect(target regclass, index_updated_at boolean default false) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  existing record;
  later text;
  forced boolean;
  incomplete boolean;
  endless boolean;
  had_version boolean;
  had_updated_at boolean;
begin
  perform unlost.assert_protectable(target);

  for existing in
    select attname, format_type(atttypid, atttypmod) as type, attgenerated <> '' or attidentity <> '' as computed
    from pg_attribute
    where attrelid = target and attname in ('version', 'updated_at')
  loop
    if existing.computed then
      raise exception 'column % of % is computed by the database', existing.attname, target
        using errcode = 'datatype_mismatch', hint = 'Rename it, or turn it into an ordinary column.';
    end if;
    if existing.attname = 'version' and existing.type not in ('integer', 'bigint') then
      raise exception 'column version of % is %, not integer or bigint', target, existing.type
        using errcode = 'datatype_mismatch', hint = 'Rename it, or change its type first.';
    end if;
    -- a lower precision would round two updates to the same time
    if existing.attname = 'updated_at'
        and existing.type not in ('timestamp with time zone', 'timestamp(6) with time zone') then
      raise exception 'column updated_at of % is %, not timestamp with time zone', target, existing.type
        using errcode = 'datatype_mismatch', hint = 'Rename it, or change its type first.';
    end if;
  end loop;

  if exists (
      select from pg_partitioned_table p
        join pg_partition_tree(target) t on t.relid = p.partrelid
        join pg_attribute a on a.attrelid = p.partrelid and a.attnum = any (p.partattrs::int2[])
      where a.attname in ('version', 'updated_at')) then
    raise exception '% is partitioned by version or updated_at', target
      using errcode = 'wrong_object_type', hint = 'Both change with every update; partition by something that stays.';
  end if;

  select string_agg(quote_ident(tgname), ', ' order by tgname) into later
  from pg_trigger
  where tgrelid = target and not tgisinternal and tgenabled <> 'D'
    and tgtype & 3 = 3        -- row, before
    and tgtype & (4 | 16) > 0 -- insert, update
    and tgname > 'zz_unlost_version';
  if later is not null then
    raise exception 'triggers of % would fire after zz_unlost_version and could undo it: %', target, later
      using errcode = 'object_not_in_prerequisite_state',
            hint = 'BEFORE triggers fire in the order of their names: ALTER TRIGGER … RENAME TO a name that sorts before it.';
  end if;

  if not exists (
        select from pg_trigger
        where tgrelid = target and tgname = 'zz_unlost_version' and tgfoid = 'unlost.keep_version'::regproc
          and tgenabled in ('O', 'A'))
      or (select count(*) <> 2 from pg_attribute
          where attrelid = target and attname in ('version', 'updated_at') and attnotnull) then

    execute format('lock table %s in access exclusive mode', target);
    select bool_or(attname = 'version') is true, bool_or(attname = 'updated_at') is true
      into had_version, had_updated_at
    from pg_attribute where attrelid = target and attname in ('version', 'updated_at');

    if not had_version then
      execute format('alter table %s add column version integer not null default 1', target);
      execute format('comment on column %s.version is ''added by unlost.protect''', target);
    end if;
    if not had_updated_at then
      execute format('alter table %s add column updated_at timestamptz not null default now()', target);
      execute format('comment on column %s.updated_at is ''added by unlost.protect''', target);
    end if;

    if had_version or had_updated_at then
      -- forced row-level security would hide rows from the owner; nobody else gets to see the table in between
      select relforcerowsecurity into forced from pg_class where oid = target;
      if forced then
        execute format('alter table %s no force row level security', target);
      end if;
      execute format(
        'select coalesce(bool_or(version is null or version < 1 or updated_at is null), false), '
        'coalesce(bool_or(updated_at = ''infinity''), false) from %s', target)
        into incomplete, endless;
      if endless then
        raise exception 'rows of % were updated at infinity, and nothing is later', target
          using errcode = 'data_exception', hint = 'Give them a time first.';
      end if;
      if incomplete then
        begin
          -- not by UPDATE, which would fire the table's triggers as if somebody had changed the rows
          execute format(
            'alter table %s alter column version type %s using greatest(version, 1), '
            'alter column updated_at type timestamptz using coalesce(updated_at, now())',
            target,
            (select format_type(atttypid, atttypmod) from pg_attribute
             where attrelid = target and attname = 'version'));
        exception when feature_not_supported then
          raise exception 'rows of % lack a version or a time, and other objects depend on the columns', target
            using errcode = 'object_not_in_prerequisite_state',
                  detail = sqlerrm,
                  hint = 'UPDATE these rows first: version at least 1, updated_at not null.';
        end;
      end if;
      execute format(
        'alter table %s alter column version set default 1, alter column version set not null, '
        'alter column updated_at set default now(), alter column updated_at set not null', target);
      if forced then
        execute format('alter table %s force row level security', target);
      end if;
    end if;

    if not exists (
        select from pg_trigger
        where tgrelid = target and tgname = 'zz_unlost_version' and tgfoid = 'unlost.keep_version'::regproc) then
      execute format(
        'create trigger zz_unlost_version before insert or update on %s for each row execute function unlost.keep_version(%s)',
        target,
        (select case relkind when 'p' then '''partitioned''' else '' end from pg_class where oid = target));
    elsif exists (
        select from pg_trigger
        where tgrelid = target and tgname = 'zz_unlost_version' and tgenabled in ('D', 'R')) then
      execute format('alter table %s enable trigger zz_unlost_version', target);
    end if;
  end if;

  if index_updated_at and not exists (
      select from pg_index i
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where i.indrelid = target and a.attname = 'updated_at' and i.indpred is null and i.indisvalid) then
    execute format('create index on %s (updated_at)', target);
  end if;
end $$;

-- Takes the trigger away again. The columns stay, ordinary ones now, unless drop_columns is asked for: then those that
-- `protect` added go, and never one that was there before it.
create function unlost.unprotect(target regclass, drop_columns boolean default false) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  added name;
begin
  perform unlost.assert_protectable(target);

  if exists (
      select from pg_trigger
      where tgrelid = target and tgname = 'zz_unlost_version' and tgfoid = 'unlost.keep_version'::regproc) then
    execute format('drop trigger zz_unlost_version on %s', target);
  end if;

  if drop_columns then
    for added in
      select attname from pg_attribute
      where attrelid = target and attname in ('version', 'updated_at')
        and col_description(target, attnum) = 'added by unlost.protect'
    loop
      execute format('alter table %s drop column %I', target, added);
    end loop;
  end if;
end $$;

grant execute on function unlost.keep_version(), unlost.assert_protectable(regclass), unlost.protect(regclass, boolean),
  unlost.unprotect(regclass, boolean) to public;
