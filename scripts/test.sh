#!/usr/bin/env bash
# Runs every check and test of the project, one part after the other, and ends with how many tests passed.
#   scripts/test.sh [PART…]     (parts: format assets lints sqlite postgres documentation journeys; none = all)
# A part that fails or cannot run does not stop the others; the run then fails and shows the part's end again.
set -uo pipefail
# shellcheck source=scripts/say.sh
source "$(dirname "$0")/say.sh"
cd "$root" || exit 1

logs=$target/test-logs
mkdir -p "$logs"
passed=0
failed=0
failed_parts=()
wanted=" $* "

# Tests that read real inputs look here; without the folder they say `skipped: real inputs not present`.
if [[ -z ${GONGKAI_REAL_INPUTS:-} && -d $root/../shared/data ]]; then
  GONGKAI_REAL_INPUTS=$(cd "$root/../shared/data" && pwd)
  export GONGKAI_REAL_INPUTS
fi
# A developer's own database must not be taken for the tests' one.
unset GONGKAI_TEST_DATABASE

# count LOG: adds what the runners of a log counted. Knows the closing lines of cargo test, of nextest, and
# the plain `N passed, M failed` (a word with a colon may stand before it).
count() {
  local plain
  plain=$(sed 's/\x1b\[[0-9;]*m//g' "$1")
  read -r part_passed part_failed < <(awk '
    /^test result: / { for (i = 2; i <= NF; i++) { if ($i ~ /^passed/) p += $(i-1); if ($i ~ /^failed/) f += $(i-1) } }
    /^ *Summary \[/  { for (i = 2; i <= NF; i++) { if ($i ~ /^passed/) p += $(i-1); if ($i ~ /^(failed|exec|timed)/) f += $(i-1) } }
    /^([a-z]+: )?[0-9]+ passed, [0-9]+ failed/ { i = ($1 ~ /:$/) ? 2 : 1; p += $i; f += $(i+2) }
    END { print p + 0, f + 0 }' <<<"$plain")
}

# part NAME TITLE COUNTS COMMAND…: COUNTS is `tests` where the part must count at least one, `examples` where
# it may have none, `check` where there is nothing to count.
part() {
  local name=$1 title=$2 counts=$3 log began status=0
  shift 3
  if [[ $wanted != '  ' && $wanted != *" $name "* ]]; then return; fi
  log=$logs/$name.log
  began=$SECONDS
  heading "$title"
  "$@" </dev/null 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  part_passed=0
  part_failed=0
  if [[ $counts != check ]]; then
    count "$log"
    if ((status == 0 && part_passed == 0)) && [[ $counts == tests ]]; then
      say "no test was run: a part that counts nothing proves nothing" | tee -a "$log"
      status=1
    fi
  fi
  # A part that failed without a failing test of its own still counts as one.
  if ((status != 0 && part_failed == 0)); then part_failed=1; fi
  if ((part_failed > 0)); then
    status=1
    failed_parts+=("$name")
  fi
  passed=$((passed + part_passed))
  failed=$((failed + part_failed))
  if ((status == 0)); then
    if [[ $counts == check ]]; then say "-- $name: ok in $((SECONDS - began)) s"; else say "-- $name: ok in $((SECONDS - began)) s, $part_passed tests"; fi
  else
    say "-- $name: FAILED in $((SECONDS - began)) s ($part_failed)"
  fi
}

if cargo nextest --version >/dev/null 2>&1; then
  rust_tests=(cargo nextest run --workspace --locked --no-fail-fast --no-tests=fail --status-level=fail --final-status-level=fail --color=never)
  # The same package selection as the first run, else cargo would build everything again with other features.
  on_postgres=(-E 'package(kit-db) + package(gongkai)')
  doc_tests=(cargo test --workspace --locked --doc --quiet --no-fail-fast)
else
  rust_tests=(cargo test --workspace --locked --quiet --no-fail-fast)
  on_postgres=()
  doc_tests=()
fi

scripts/setup.sh test || exit 1

part format 'Format' check cargo fmt --all --check
part assets 'Styles and scripts' check scripts/assets.sh
part lints 'Lints (clippy, warnings denied)' check cargo clippy --workspace --all-targets --locked -- -D warnings
part sqlite 'Rust tests on SQLite' tests "${rust_tests[@]}"
part postgres 'Rust tests on PostgreSQL' tests scripts/with-postgres.sh "${rust_tests[@]}" "${on_postgres[@]}"
# cargo test runs the examples in documentation by itself, nextest does not.
if ((${#doc_tests[@]})); then part documentation 'Examples in documentation' examples "${doc_tests[@]}"; fi
part journeys 'HTML validity and browser journeys' tests scripts/journeys.sh

if ((${#failed_parts[@]})); then
  for name in "${failed_parts[@]}"; do
    heading "FAILED: $name (the end of $logs/$name.log)"
    tail -n 60 "$logs/$name.log"
  done
  say
  say "failed parts: ${failed_parts[*]}"
fi
say
say "$passed passed, $failed failed"
((failed == 0))
