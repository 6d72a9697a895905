#!/usr/bin/env bash
# 200 officers at the desk: at the pace of people (latency, errors), and as fast as it goes against Wagtail's admin doing
# the like, one core for the server and one for the load on both sides.
#   benches/desk.sh [URL]     (the address is not used: officers write, so they get a demonstration of their own)
# Settings (environment): OFFICERS 200, PACED_SECONDS 60, RATE_SECONDS 12, ROUNDS 3.
set -euo pipefail
cd "$(dirname "$0")/.."
officers=${OFFICERS:-200}
paced_seconds=${PACED_SECONDS:-60}
rate_seconds=${RATE_SECONDS:-12}
rounds=${ROUNDS:-3}
most_page_ms=100
most_save_ms=50
least_ratio=10
target=$(realpath "${CARGO_TARGET_DIR:-target}")
binary=${GONGKAI_BINARY:-$target/release/gongkai}

data=$(mktemp -d -t gongkai-desk-XXXXXXXX)
ours_pid=
peer_pid=
# shellcheck disable=SC2317 # reached through the trap
clean_up() {
  for pid in $ours_pid $peer_pid; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$data"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# wait_for URL LOG
wait_for() {
  local waited=0
  until curl -fsS -o /dev/null "$1" 2>/dev/null; do
    ((waited++ < 600)) || { echo "no answer from $1" >&2; tail -n 20 "$2" >&2; exit 2; }
    sleep 0.1
  done
}

free_port() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'; }

# The peer, in an environment of its own that is made once.
peer_python=$target/bench-wagtail/bin/python
if [[ ! -x $peer_python ]]; then
  python3 -m venv "$target/bench-wagtail"
  "$target/bench-wagtail/bin/pip" install --quiet --requirement benches/desk/wagtail/requirements.txt
fi
cp -r benches/desk/wagtail "$data/wagtail"
export PEER_DATA=$data
(cd "$data/wagtail" && "$peer_python" fill.py "$officers") >"$data/fill.log" 2>&1 || { tail -n 20 "$data/fill.log" >&2; exit 2; }
peer_port=$(free_port)
(cd "$data/wagtail" && exec taskset -c 0 "$peer_python" -m gunicorn --workers 2 --threads 4 --keep-alive 75 --bind "127.0.0.1:$peer_port" wsgi:application) >"$data/peer.log" 2>&1 &
peer_pid=$!
peer=http://127.0.0.1:$peer_port

"$binary" demo --prepare-only --officers "$officers" --data "$data/ours" >"$data/prepare.log" 2>&1 || { tail -n 20 "$data/prepare.log" >&2; exit 2; }
port=$(free_port)
GONGKAI_SIGN_INS_PER_MINUTE=10000 GONGKAI_TRUSTED_PROXIES=127.0.0.1/32 \
  taskset -c 0 "$binary" demo --listen "127.0.0.1:$port" --data "$data/ours" >"$data/ours.out" 2>"$data/ours.log" &
ours_pid=$!
ours=http://127.0.0.1:$port
wait_for "$ours/" "$data/ours.log"
wait_for "$peer/admin/login/" "$data/peer.log"

load() { taskset -c 1 node benches/desk/load.mjs "$@"; }
figure() { node -p 'JSON.parse(process.argv[1])[process.argv[2]]' "$1" "$2"; }
status=0

paced=$(load paced "$ours" "$officers" "$paced_seconds") || status=1
echo "$officers officers for $paced_seconds s: $paced"
judge() {
  awk -v name="$1" -v v="$2" -v unit="$3" -v limit="$4" 'BEGIN {
    ok = v <= limit; printf "%-24s %8.2f %s (at most %s) %s\n", name, v, unit, limit, ok ? "ok" : "ABOVE"; exit !ok }' || status=1
}
judge 'desk page, 99 of 100' "$(figure "$paced" page_p99)" ms $most_page_ms
judge 'autosave, 99 of 100' "$(figure "$paced" save_p99)" ms $most_save_ms
judge 'answers that failed' "$(figure "$paced" faults)" '' 0

: >"$data/ratios"
for ((round = 1; round <= rounds; round++)); do
  a=$(load rate "$ours" 40 "$rate_seconds" $((round * 40 - 39))) || status=1
  b=$(load rate-wagtail "$peer" 40 "$rate_seconds" $((round * 40 - 39))) || status=1
  echo "round $round: ours $a"
  echo "round $round: Wagtail $b"
  awk -v a="$(figure "$a" rate)" -v b="$(figure "$b" rate)" 'BEGIN { print a / b }' >>"$data/ratios"
done
ratio=$(sort -n "$data/ratios" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }')
awk -v r="$ratio" -v min=$least_ratio 'BEGIN {
  ok = r >= min; printf "%-24s %8.2f x (at least %s) %s\n", "desk against Wagtail", r, min, ok ? "ok" : "BELOW"; exit !ok }' || status=1
exit $status
