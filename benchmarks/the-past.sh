#!/usr/bin/env bash
# What a record's age costs: the same requests to a record with 10 versions and to one with 10 000, with the cache of
# records and without it. Needs app/target/unlost.jar (./mvnw -DskipTests package) and a Java 21 or later as $JAVA or java.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
JAVA=${JAVA:-java} VERSIONS=${VERSIONS:-10000} ROUNDS=${ROUNDS:-300} PORT=18090 PG=54390
jar=$PWD/app/target/unlost.jar
load=$PWD/benchmarks/PastLoad.java

for cache in 64MB 0B; do
  work=$(mktemp -d)
  cd "$work"
  "$JAVA" -Xmx512m -jar "$jar" --spring.profiles.active=dev --server.port=$PORT --management.server.port=18091 \
    --unlost.embedded.port=$PG --unlost.write.cache-size=$cache --unlost.rates.enabled=false >service.log 2>&1 &
  service=$!
  trap 'kill $service; wait $service || true; rm -rf "$work"' EXIT
  until grep -q 'Started UnlostApplication' service.log; do
    kill -0 $service
    sleep 0.2
  done
  echo "cache of records: $cache"
  "$JAVA" "$load" http://127.0.0.1:$PORT "$VERSIONS" "$ROUNDS"
  kill $service
  wait $service || true
  trap - EXIT
  cd / && rm -rf "$work"
done
