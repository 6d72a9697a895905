#!/usr/bin/env bash
# Runs the benchmarks against a release build and closes with one list of what they measured.
#   scripts/bench.sh [NAME…]     (names of benches/NAME.sh; none = all)
# The demonstration is served on core 0 the whole time; each script gets the address of a page of it, prints its own
# story, and for every figure one line that says `(at least N)` or `(at most N)` and ends with `ok` or `BELOW`/`ABOVE`.
set -uo pipefail
# shellcheck source=scripts/say.sh
source "$(dirname "$0")/say.sh"
cd "$root" || exit 1

most_memory=120 # MiB resident while serving the demonstration
most_start=1.0  # seconds from start to the first page

scripts/setup.sh bench || exit 1
scripts/assets.sh || exit 1
heading 'Release build'
cargo build --release --workspace --locked --quiet || exit 1
export GONGKAI_BINARY=${GONGKAI_BINARY:-$target/release/gongkai}

logs=$target/bench-logs
mkdir -p "$logs"
rm -f "$logs"/*.log
data=$(mktemp -d -t gongkai-bench-XXXXXXXX)
server=
# shellcheck disable=SC2317 # reached through the trap
clean_up() {
  [[ -n $server ]] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
  rm -rf "$data"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# judge NAME VALUE UNIT LIMIT: one line for a figure that must not be larger than LIMIT.
judge() {
  awk -v name="$1" -v v="$2" -v unit="$3" -v limit="$4" 'BEGIN {
    printf "%-24s %8.2f %s (at most %s) %s\n", name, v, unit, limit, v <= limit ? "ok" : "ABOVE" }'
}

# Starts the server and waits for its first page; the time between the two goes to the log.
serve_demo() {
  local began waited=0
  "$GONGKAI_BINARY" demo --prepare-only --data "$data" >/dev/null || give_up 'the demonstration could not be loaded'
  began=$(date +%s%N)
  taskset -c 0 "$GONGKAI_BINARY" demo --listen 127.0.0.1:0 --data "$data" >"$data/printed" 2>"$data/log" &
  server=$!
  until url=$(sed -n 's/^LISTENING //p' "$data/printed") && [[ -n $url ]] && curl -fsS -o /dev/null "$url/"; do
    ((waited++ < 1000)) || give_up "the server did not answer: $(tail -n 3 "$data/log")"
    sleep 0.01
  done
  judge 'start to first page' "$(awk -v a="$began" -v b="$(date +%s%N)" 'BEGIN { print (b - a) / 1e9 }')" s $most_start
}

# Every page of the site map once, then what the process holds.
measure_memory() {
  curl -fsS "$url/sitemap.xml" | grep -o '<loc>[^<]*' | sed -E 's#<loc>https?://[^/]*##' |
    while read -r path; do curl -fsS -o /dev/null -H 'Accept-Encoding: br' "$url$path"; done
  judge 'memory while serving' "$(awk '/^VmRSS/ { print $2 / 1024 }' "/proc/$server/status")" MiB $most_memory
}

heading 'Start and memory'
serve_demo >"$logs/0-start.log"
measure_memory >>"$logs/0-start.log"
cat "$logs/0-start.log"

failed=()
shopt -s nullglob
for script in benches/*.sh; do
  name=$(basename "$script" .sh)
  if (($#)) && [[ " $* " != *" $name "* ]]; then continue; fi
  heading "$name"
  "./$script" "$url/" </dev/null 2>&1 | tee "$logs/$name.log"
  if ((PIPESTATUS[0] != 0)); then failed+=("$name"); fi
done

heading 'Machine'
system=$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release)
say "$(grep -m 1 'model name' /proc/cpuinfo | cut -d: -f2- | xargs), $(nproc) cores, $(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GiB, $system, $(rustc --version)"
heading 'Results'
cat "$logs"/*.log | grep -E '\(at (least|most) '
if ((${#failed[@]})); then give_up "not reached or not measured: ${failed[*]}"; fi
! grep -qE 'ABOVE$|BELOW$' "$logs"/*.log
