#!/usr/bin/env bash
# Start-up, memory and conditional PATCHes per second of the packaged service, beside what PostgreSQL does by itself.
# Needs app/target/unlost.jar (./mvnw -DskipTests package), pgbench and psql, and a Java 21 or later as $JAVA or java.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
JAVA=${JAVA:-java} CLIENTS=${CLIENTS:-8} ROUNDS=${ROUNDS:-5} SECONDS_EACH=${SECONDS_EACH:-10} PORT=18080 PG=54399
work=$(mktemp -d)
jar=$PWD/app/target/unlost.jar
load=$PWD/benchmarks/PatchLoad.java
floor=$PWD/benchmarks/floor.sql

cd "$work"
"$JAVA" -Xmx512m -jar "$jar" --spring.profiles.active=dev --server.port=$PORT --management.server.port=18081 \
  --unlost.embedded.port=$PG >service.log 2>&1 &
service=$!
trap 'kill $service; wait $service || true; rm -rf "$work"' EXIT
until grep -q 'Started UnlostApplication' service.log; do
  kill -0 $service
  sleep 0.2
done
sed -n 's/.*Started UnlostApplication in \([0-9.]*\) seconds.*/start-up with database and sample data: \1 s/p' service.log

export PGPASSWORD PGHOST=127.0.0.1 PGPORT=$PG PGUSER=postgres PGDATABASE=unlost
PGPASSWORD=$(sed -n 's/^postgres=//p' .unlost/postgres/passwords)
psql -q -v ON_ERROR_STOP=1 <<SQL
create schema floor;
create table floor.event (like unlost.event including all);
alter table floor.event alter xid set default pg_current_xact_id();
create table floor.customer (like unlost.customer including all);
insert into floor.customer (factory_id, id, version, deleted, name, name_key, tags, created_at, created_by, updated_at, updated_by)
select 'load', n::text, 1, false, 'Load', 'load', '{}', now(), 'load', now(), 'load' from generate_series(0, 63) n;
SQL
psql -Atc "select 'fsync ' || current_setting('fsync') || ', synchronous_commit ' || current_setting('synchronous_commit')"

"$JAVA" "$load" http://127.0.0.1:$PORT "$CLIENTS" 20 1 >/dev/null # warm up
for ((round = 1; round <= ROUNDS; round++)); do
  echo "round $round: service $("$JAVA" "$load" http://127.0.0.1:$PORT "$CLIENTS" 2 "$SECONDS_EACH")"
  echo "round $round: floor $(pgbench -n -M prepared -c "$CLIENTS" -T "$SECONDS_EACH" -f "$floor" | sed -n 's/^tps = \([0-9.]*\).*/\1\/s/p')"
done
awk '/VmRSS|VmHWM/ { print "service " $1 " " int($2 / 1024) " MiB" }' /proc/$service/status
