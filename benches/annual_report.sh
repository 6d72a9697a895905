#!/usr/bin/env bash
# The annual report counted over a million rows, against the counts that somebody would type for it, on the same rows in
# the same database.
#   benches/annual_report.sh [URL]     (the address is not used)
set -euo pipefail
cd "$(dirname "$0")/.."
most_ratio=1.5
rows=${ROWS:-1000000}
rounds=5
binary=${GONGKAI_BINARY:-${CARGO_TARGET_DIR:-target}/release/gongkai}
data=$(mktemp -d -t gongkai-report-XXXXXXXX)
trap 'rm -rf "$data"' EXIT
"$binary" init --data "$data" --site bench --name 演示 2>/dev/null >&2
database=$(find "$data" -maxdepth 2 -name '*.sqlite*' -o -maxdepth 2 -name '*.db' | head -n 1)
python3 benches/annual_report/fill.py "$database" bench "$rows"

plain() { python3 benches/annual_report/plain_counts.py "$database" bench $rounds; }
ours() {
  "$binary" report annual --site bench --year 2018 --format json --rounds $rounds --out "$data/report.json" --data "$data" 2>"$data/told" ||
    { cat "$data/told" >&2; exit 1; }
  sed -n 's/.*统计用时 \([0-9.]*\) 毫秒.*/\1/p' "$data/told"
}
plain >/dev/null
for ((i = 0; i < 3; i++)); do
  a=$(ours)
  b=$(plain)
  echo "$rows rows: the report in $a ms, plain counts in $b ms" >&2
  awk -v a="$a" -v b="$b" 'BEGIN { print a / b }'
done | sort -n >"$data/ratios"
awk -v most=$most_ratio 'NR == 2 {
  printf "%-24s %8.2f x (at most %s) %s\n", "report against counts", $1, most, ($1 <= most ? "ok" : "ABOVE"); exit !($1 <= most) }' "$data/ratios"
