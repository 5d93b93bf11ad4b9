#!/usr/bin/env bash
# The benchmarks of docs/benchmarks.md. Never timed tests: they print, and fail nothing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$here/scripts/jdk.sh"
find_jdk
cd "$here"

machine() {
  echo "machine: $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), $(awk '/MemTotal/ {printf "%.0f GiB", $2 / 1048576}' /proc/meminfo), load $(cut -d' ' -f1-3 /proc/loadavg)"
  echo "java: $("$JAVA_HOME/bin/java" -version 2>&1 | sed -n 2p)"
}

# Runs a main class of the e2e module on its test class path.
e2e_main() {
  mvn -B -q -Dquick -DskipTests -pl e2e -am test-compile dependency:build-classpath \
    -Dmdep.outputFile="$here/e2e/target/classpath" -Dmdep.includeScope=test >/dev/null
  "$JAVA_HOME/bin/java" -Dwaybill.launcher="$here/waybill" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$here/e2e/target/test-classes:$(cat "$here/e2e/target/classpath")" "$@"
}

median() { sort -n | awk '{v[NR] = $1} END {print "median " v[int((NR + 1) / 2)] " ms, min " v[1] ", max " v[NR]}'; }
now() { date +%s%3N; }

start() {
  "$here/waybill" --version >/dev/null
  export WAYBILL_HOME=$here WAYBILL_COMMAND=$here/waybill
  printf 'waybill --version, launcher included: '
  for _ in $(seq 20); do a=$(now); "$here/waybill" --version >/dev/null; b=$(now); echo $((b - a)); done | median
  printf 'waybill --help (every command loaded): '
  for _ in $(seq 20); do a=$(now); "$here/waybill" --help >/dev/null; b=$(now); echo $((b - a)); done | median
  local data port=18473 pid
  : > "$here/cli/target/rss"
  printf 'server, empty directory to first answer: '
  for _ in $(seq 5); do
    data=$(mktemp -d)
    a=$(now)
    "$here/waybill" server --data "$data/data" --port $port >/dev/null 2>&1 &
    pid=$!
    for _ in $(seq 1500); do
      if { exec 3<>/dev/tcp/127.0.0.1/$port; } 2>/dev/null; then
        printf 'GET /api/v1/server HTTP/1.0\r\n\r\n' >&3
        if head -1 <&3 | grep -q 200; then break; fi
      fi
      sleep 0.01
    done
    b=$(now)
    echo $((b - a))
    sleep 3
    awk '/VmRSS/ {print int($2 / 1024)}' "/proc/$pid/status" >> "$here/cli/target/rss"
    kill "$pid"
    wait "$pid" 2>/dev/null || true
    rm -rf "$data"
  done | median
  printf 'server, resident memory after 3 s at rest: '
  sort -n "$here/cli/target/rss" | awk '{v[NR] = $1} END {print "median " v[int((NR + 1) / 2)] " MiB, min " v[1] ", max " v[NR]}'
}

case "${1:-}" in
  start) machine; start ;;
  spine) machine; "$here/waybill" --version >/dev/null; e2e_main dev.waybill.e2e.SpineBenchmark ;;
  board) machine; e2e_main dev.waybill.e2e.bench.BoardBenchmark "${2:-500}" ;;
  registry) shift; machine; "$here/waybill" --version >/dev/null; e2e_main dev.waybill.e2e.bench.registry.RegistryBenchmark "$@" ;;
  *) echo "usage: ./dev bench start|spine|board|registry" >&2; exit 2 ;;
esac
