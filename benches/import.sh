#!/usr/bin/env bash
# Import of the shared documents with all checks and publishing, against raw inserts of the very rows it leaves behind
# (same schema, same durability, prepared statements, fifty records a transaction): the ratio of the two speeds.
#   benches/import.sh [URL]     (the address is not used)
# Real inputs: $GONGKAI_REAL_INPUTS, else ../shared/data beside the repository; without them nothing is measured.
set -euo pipefail
cd "$(dirname "$0")/.."
at_least=0.2
inputs=${GONGKAI_REAL_INPUTS:-../shared/data}
if [[ ! -d $inputs/docs ]]; then
  echo 'skipped: real inputs not present'
  exit 0
fi
target=${CARGO_TARGET_DIR:-target}
binary=${GONGKAI_BINARY:-$target/release/gongkai}
cargo build --release --locked --quiet -p gongkai --example raw_inserts
data=$(mktemp -d -t gongkai-import-XXXXXXXX)
trap 'rm -rf "$data"' EXIT
"$binary" init --data "$data" --site bench --name bench 2>/dev/null

seconds=0
for name in hebei laws govcn_html; do
  "$binary" import docs "$inputs/docs/$name.jsonl.gz" --site bench --data "$data" --publish >"$data/out" 2>"$data/err" ||
    { cat "$data/err"; exit 1; }
  took=$(sed -n 's/.*用时 \([0-9.]*\) 秒.*/\1/p' "$data/err")
  echo "$name: $(head -n 1 "$data/out") $took s"
  seconds=$(awk -v a="$seconds" -v b="$took" 'BEGIN { print a + b }')
done
read -r records raw < <("$target/release/examples/raw_inserts" "$data/gongkai.sqlite" "$data/raw.sqlite")
awk -v n="$records" -v s="$seconds" -v raw="$raw" -v least=$at_least 'BEGIN {
  printf "%d records: imported in %.2f s (%.0f/s), raw inserts in %.2f s (%.0f/s)\n", n, s, n / s, raw, n / raw
  ratio = raw / s
  printf "%-24s %8.2f x (at least %s) %s\n", "import against raw rows", ratio, least, (ratio >= least ? "ok" : "BELOW")
  exit (ratio < least) }'
