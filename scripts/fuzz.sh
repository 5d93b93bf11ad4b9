#!/usr/bin/env bash
# Fuzzes the parsers, one after the other: ./dev fuzz [SECONDS] [CLASS]. What is found is kept in target/fuzz, and where a
# test runs it ever after is said. Exit 0 nothing found, 1 found, 2 misuse.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$here/scripts/jdk.sh"
find_jdk
cd "$here"
seconds=${1:-60} only=${2:-}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || { echo "SECONDS is a number: ./dev fuzz [SECONDS] [CLASS]" >&2; exit 2; }
modules=(core api compare doctor server agent cli)

mapfile -t tests < <(find "${modules[@]/%//src/test/java}" -name "${only:-*}*FuzzTest.java" -o -name "${only:-*FuzzTest}.java" | sort -u)
[ ${#tests[@]} -gt 0 ] || { echo "There is no fuzz test $only." >&2; exit 2; }

mkdir -p target/fuzz
mvn -B -q -Dquick -DskipTests -pl cli -am test-compile dependency:build-classpath \
  -Dmdep.outputFile="$here/cli/target/classpath.test" -Dmdep.includeScope=test >target/fuzz/build.log 2>&1 ||
  { cat target/fuzz/build.log >&2; exit 3; }
classpath=$(cat cli/target/classpath.test)
for module in "${modules[@]}"; do classpath="$here/$module/target/test-classes:$here/$module/target/classes:$classpath"; done

table() { printf '%-44s %12s %9s %9s\n' "$@"; }
found=0
table parser executions seconds findings
for file in "${tests[@]}"; do
  module=${file%%/*} class=${file##*/src/test/java/} class=${class%.java}
  seeds=("$here/$module/src/test/resources/${class}Inputs"/*/)
  work="$here/target/fuzz/${class##*/}"
  mkdir -p "$work/corpus" "$work/found"
  log="$work/log" before=$(find "$work/found" -type f | wc -l)
  # Of the sanitizers only what the promises of parsers are not about is left out: tests open no connection and start nothing.
  "$JAVA_HOME/bin/java" -Xmx1g -Dwaybill.fuzzing=true -XX:+EnableDynamicAgentLoading --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -cp "$classpath" com.code_intelligence.jazzer.Jazzer \
    "--target_class=${class//\//.}" "--instrumentation_includes=dev.waybill.**:tools.jackson.core.json.**:tools.jackson.dataformat.yaml.**:org.snakeyaml.**" "--reproducer_path=$work" \
    "-artifact_prefix=$work/found/" -max_total_time="$seconds" -timeout=30 -rss_limit_mb=3072 -max_len=65536 \
    "$work/corpus" "${seeds[@]}" >"$log" 2>&1 && code=0 || code=$?
  runs=$(grep -oE '^#[0-9]+' "$log" | tail -1 | tr -d '#' || true)
  new=$(($(find "$work/found" -type f | wc -l) - before))
  [ "$code" = 0 ] || [ "$new" -gt 0 ] || new=1
  table "${class##*/}" "${runs:-0}" "$seconds" "$new"
  if [ "$new" -gt 0 ]; then
    found=1
    grep -E -A 12 '^== Java Exception|^== ERROR|^Exception in|ERROR: libFuzzer' "$log" | head -20 || tail -20 "$log"
    echo "  the whole report: $log"
    echo "  to keep it: copy the input from $work/found to ${seeds[0]}, mend, ./dev test"
  fi
done
exit $found
