#!/usr/bin/env bash
# The checks while writing over a document of fifty pages (25,000 characters with tables), against one pass of an
# Aho–Corasick automaton of the same words over the same bytes: the ratio of the two, and the time that typing may take.
#   benches/checks.sh [URL]     (the address is not used)
# The checks are what the typing endpoint does: reading the HTML, all rules, the facts looked up in the database.
set -euo pipefail
cd "$(dirname "$0")/.."
most_ms=50
most_ratio=150
target=${CARGO_TARGET_DIR:-target}
binary=${GONGKAI_BINARY:-$target/release/gongkai}
# The whole workspace, as scripts/bench.sh builds it: a single package would be built again with other features.
cargo build --release --locked --quiet --workspace --example plain_pass
plain=$target/release/examples/plain_pass
data=$(mktemp -d -t gongkai-checks-XXXXXXXX)
trap 'rm -rf "$data"' EXIT
"$binary" init --data "$data" --site bench --name bench 2>/dev/null
"$plain" write "$data/document.html"

read -r pass_ms n_chars _ < <("$plain" pass reference/word_list.toml "$data/document.html" 500)
"$binary" check file "$data/document.html" --site bench --data "$data" --rounds 200 >"$data/found" 2>"$data/told"
check_ms=$(sed -n 's/.*用时 \([0-9.]*\) 毫秒.*/\1/p' "$data/told")
awk -v check="$check_ms" -v pass="$pass_ms" -v n="$n_chars" -v ms=$most_ms -v most=$most_ratio 'BEGIN {
  printf "%d characters: checked in %.2f ms, one plain pass %.3f ms\n", n, check, pass
  printf "%-24s %8.2f ms (at most %s) %s\n", "checks of 50 pages", check, ms, (check <= ms ? "ok" : "ABOVE")
  printf "%-24s %8.2f x (at most %s) %s\n", "checks against a pass", check / pass, most, (check / pass <= most ? "ok" : "ABOVE")
  exit (check > ms || check / pass > most) }'
