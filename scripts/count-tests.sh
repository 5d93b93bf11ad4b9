#!/usr/bin/env bash
# Adds up the test reports of all modules; one line at the end, exit code 1 if anything failed or was skipped in CI.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
cat ./*/target/surefire-reports/TEST-*.xml | awk '
  /<testsuite / {
    for (i = 1; i <= NF; i++) {
      if (match($i, /^(tests|failures|errors|skipped)="[0-9]+"/)) {
        split($i, pair, /[="]+/); sum[pair[1]] += pair[2]
      }
    }
  }
  END {
    bad = sum["failures"] + sum["errors"]
    printf "%d passed, %d failed, %d skipped\n", sum["tests"] - bad - sum["skipped"], bad, sum["skipped"]
    exit (bad > 0 || sum["tests"] == 0 || (ENVIRON["WAYBILL_REAL_PARTS"] == "all" && sum["skipped"] > 0))
  }'
