-- What a write costs PostgreSQL by itself: one event and one conditional update of a row, in one transaction.
\set n random(1, 16)
begin;
insert into floor.event (factory_id, aggregate_type, aggregate_id, sequence_number, event_id, time_stamp, payload_type,
  payload_revision, payload, metadata)
select 'load', 'customer', id, version, gen_random_uuid(), now(), 'customer.updated', '1',
  '{"changed":{"phone":{"from":"1","to":"2"}}}', '{"factory":"load","actor":"load","at":"2026-11-22T10:15:30.123456Z"}'
from floor.customer where factory_id = 'load' and id = :client_id::text for update;
update floor.customer set version = version + 1, phone = :n::text, updated_at = clock_timestamp()
where factory_id = 'load' and id = :client_id::text;
commit;
