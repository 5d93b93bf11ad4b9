#!/usr/bin/env bash
# Builds the last commit twice, in two clean copies at different paths, times and time zones, and compares the jars
# of the distribution that are ours byte for byte. Exit 0 the same, 1 different. Arguments go to mvn. Jars carry the modes
# of files, so all our own scripts build with umask 022.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$here/scripts/jdk.sh"
find_jdk
umask 022

work=$(mktemp -d "${TMPDIR:-/tmp}/waybill-reproducible-XXXXXX")
trap 'rm -rf "$work"' EXIT
first=$work/a
second=$work/another/and/deeper/copy

build() {
  local copy=$1
  shift
  mkdir -p "$copy"
  git -C "$here" archive HEAD | tar -x -C "$copy"
  (cd "$copy" && mvn -B -q -Dquick -DskipTests -pl cli -am package "$@") >"$work/log" 2>&1 || { tail -n 40 "$work/log" >&2; exit 3; }
}

echo "First build..." >&2
(export TZ=UTC LC_ALL=C.UTF-8; build "$first" "$@")
echo "Second build..." >&2
(export TZ=Pacific/Kiritimati LC_ALL=C; build "$second" "$@")

different=0
for jar in "$first"/cli/target/waybill/lib/waybill-*.jar; do
  name=$(basename "$jar")
  other=$second/cli/target/waybill/lib/$name
  if cmp -s "$jar" "$other"; then
    echo "same       $(sha256sum "$jar" | cut -c1-16)  $name"
  else
    different=1
    echo "different                    $name"
    mkdir -p "$work/x" "$work/y"
    (cd "$work/x" && "$JAVA_HOME/bin/jar" xf "$jar")
    (cd "$work/y" && "$JAVA_HOME/bin/jar" xf "$other")
    diff -rq "$work/x" "$work/y" | sed "s|$work/||g" | head -n 20 || true
    rm -rf "$work/x" "$work/y"
  fi
done
exit "$different"
