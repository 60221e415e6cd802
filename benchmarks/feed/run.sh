#!/usr/bin/env bash
# How soon a consumer has a change, at the node that wrote it and at another, and what idle streams cost in memory and
# in writes. Needs app/target/unlost.jar (./mvnw -DskipTests package), and a JDK 21 or later whose java and jcmd are in
# $JAVA_HOME/bin or on the path.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
RATE=${RATE:-200} WARM_UP=${WARM_UP:-20} SECONDS_EACH=${SECONDS_EACH:-30} STREAMS=${STREAMS:-1000} ROUNDS=${ROUNDS:-3}
work=$(mktemp -d)
jar=$PWD/app/target/unlost.jar
feed=$PWD/benchmarks/feed/FeedLoad.java
load=$PWD/benchmarks/PatchLoad.java
first=http://127.0.0.1:18080 second=http://127.0.0.1:18090

cd "$work"
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; wait; rm -rf "$work"' EXIT
node() { # PORT
  "${bin}java" -Xmx256m -jar "$jar" --spring.profiles.active=dev --unlost.embedded.port=54398 \
    --server.port="$1" --management.server.port="$(($1 + 1))" >"$1.log" 2>&1 &
  pids+=($!)
  until grep -q 'Started UnlostApplication' "$1.log"; do
    kill -0 $!
    sleep 0.2
  done
}
live() { "${bin}jcmd" "${pids[0]}" GC.class_histogram | awk '/^Total/ { print $3 }'; } # bytes, after a collection
writes() { "${bin}java" "$load" $first 8 5 10; }

node 18080
echo "one node:  $("${bin}java" "$feed" latency $first $first "$RATE" "$WARM_UP" "$SECONDS_EACH")"
node 18090
echo "two nodes: $("${bin}java" "$feed" latency $first $second "$RATE" "$WARM_UP" "$SECONDS_EACH")"
kill "${pids[1]}"
wait "${pids[1]}" || true

writes >/dev/null # warm up
for ((round = 1; round <= ROUNDS; round++)); do
  echo "round $round: without streams $(writes)"
  without=$(live)
  coproc idle { "${bin}java" "$feed" idle $first "$STREAMS"; }
  read -r -u "${idle[0]}"
  with=$(live)
  echo "round $round: $(((with - without) / STREAMS)) bytes of heap for each of $STREAMS idle streams"
  echo "round $round: with $STREAMS idle streams $(writes)"
  kill "$idle_PID"
  wait "$idle_PID" || true
done
