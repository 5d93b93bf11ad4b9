#!/usr/bin/env bash
# The OCI distribution conformance suites against a server of its own: the current one with everything that it can test, and
# the older one of v1.1.1, which older reports show. Green means: no failure, and in the current one nothing skipped.
#
# Needs Go and the sources of the suites: a clone of the specification's repository named by OCI_DISTRIBUTION_SPEC, or else
# one that is made here. Exit code 4: they could not be had. Results stay in target/conformance.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export PATH="$PATH:/usr/local/go/bin"
current=967efdc079b91785ad18c77cc4f8991a47feefbf
older=v1.1.1
port=${1:-18555}
work=$here/target/conformance

missing() { echo "conformance: $1" >&2; exit 4; }
command -v go >/dev/null || missing "there is no Go on the path; install one (1.24 or newer)."
sources=${OCI_DISTRIBUTION_SPEC:-$work/distribution-spec}
mkdir -p "$work"
if ! git -C "$sources" cat-file -e "$current" 2>/dev/null; then
  rm -rf "$work/distribution-spec"
  GIT_TERMINAL_PROMPT=0 timeout 300 git clone -q https://github.com/opencontainers/distribution-spec "$work/distribution-spec" \
    || missing "its sources cannot be fetched; name a clone of opencontainers/distribution-spec in OCI_DISTRIBUTION_SPEC."
  sources=$work/distribution-spec
fi

# suite REVISION: its sources in $work/REVISION
suite() {
  rm -rf "${work:?}/$1"
  mkdir -p "$work/$1"
  git -C "$sources" archive "$1" conformance | tar -x -C "$work/$1"
}
if [ ! -x "$work/suite-$current" ]; then
  suite "$current"
  (cd "$work/$current/conformance" && go build -buildvcs=false -o "$work/suite-$current" .)
fi
if [ ! -x "$work/suite-$older" ]; then
  suite "$older"
  (cd "$work/$older/conformance" && go test -c -o "$work/suite-$older" .)
fi

"$here/waybill" --version >/dev/null
data=$(mktemp -d)
: >"$work/server.log"
trap 'kill "$server" 2>/dev/null || true; rm -rf "$data"' EXIT
"$here/waybill" server --data "$data/data" --port "$port" >"$work/server.log" 2>&1 &
server=$!
for _ in $(seq 300); do
  if grep -q '^Next:' "$work/server.log" || ! kill -0 "$server" 2>/dev/null; then break; fi
  sleep 0.1
done
token=$(sed -n 's/^Admin token.*: //p' "$work/server.log")
[ -n "$token" ] || { echo "conformance: the server did not start; see target/conformance/server.log" >&2; exit 3; }

export OCI_USERNAME=admin OCI_PASSWORD=$token
failed=0
rm -rf "$work/results" && mkdir -p "$work/results/current" "$work/results/older"
OCI_REGISTRY=127.0.0.1:$port OCI_TLS=disabled OCI_REPO1=conformance/one OCI_REPO2=conformance/two OCI_VERSION=dev \
  OCI_DATA_SPARSE=true OCI_RESULTS_DIR=$work/results/current "$work/suite-$current" >"$work/results/current/output" 2>&1 || failed=1
# The suite calls a skipped test a success and ends well when it cannot be set up: its own count is what is believed.
sed -n '/^OCI Conformance Result/,/Total/p' "$work/results/current/output"
for bad in Disabled Skip FAIL Error; do
  grep -Eq "^  $bad\.*: +0\$" "$work/results/current/output" || failed=1
done

(cd "$work/results/older" && OCI_ROOT_URL=http://127.0.0.1:$port OCI_NAMESPACE=conformance/three OCI_CROSSMOUNT_NAMESPACE=conformance/four \
  OCI_TEST_PULL=1 OCI_TEST_PUSH=1 OCI_TEST_CONTENT_DISCOVERY=1 OCI_TEST_CONTENT_MANAGEMENT=1 \
  OCI_HIDE_SKIPPED_WORKFLOWS=0 OCI_REPORT_DIR=$work/results/older "$work/suite-$older" >"$work/results/older/output" 2>&1) || failed=1
echo "Older suite ($older):"
sed 's/\x1b\[[0-9;]*m//g' "$work/results/older/output" | grep -E '^Ran |Passed |^\s+\[FAIL\]' || failed=1
exit "$failed"
