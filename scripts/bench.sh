#!/usr/bin/env bash
# Runs the benchmarks of benches/ one after the other and closes with one table of what they measured.
#   scripts/bench.sh [NAME…]     (names of benches/NAME.sh; none = all)
# Each of them prints its own story and, for every figure, one line
#   RESULT | what | ours | peer | ratio | wanted
# and leaves with a non-zero code when it could not measure.
set -uo pipefail
# shellcheck source=scripts/say.sh
source "$(dirname "$0")/say.sh"
cd "$root" || exit 1

scripts/setup.sh bench || exit 1
scripts/assets.sh || exit 1
heading 'Release build'
cargo build --release --workspace --locked --quiet || exit 1
export GONGKAI_BINARY=${GONGKAI_BINARY:-$target/release/gongkai}

logs=$target/bench-logs
mkdir -p "$logs"
rm -f "$logs"/*.log
failed=()
shopt -s nullglob
for script in benches/*.sh; do
  name=$(basename "$script" .sh)
  if (($#)) && [[ " $* " != *" $name "* ]]; then continue; fi
  heading "$name"
  bash "$script" </dev/null 2>&1 | tee "$logs/$name.log"
  if ((PIPESTATUS[0] != 0)); then failed+=("$name"); fi
done

heading 'Machine'
say "$(grep -m 1 'model name' /proc/cpuinfo | cut -d: -f2- | xargs), $(nproc) cores, $(free -g | awk '/^Mem/ {print $2}') GiB, $(. /etc/os-release && echo "$PRETTY_NAME"), $(rustc --version)"
heading 'Results'
{
  say 'what | ours | peer | ratio | wanted'
  cat "$logs"/*.log 2>/dev/null | sed -n 's/^RESULT *| *//p'
} | awk -F ' *[|] *' '{ printf "%-48s %14s %14s %8s %8s\n", $1, $2, $3, $4, $5 }'
if ((${#failed[@]})); then give_up "could not measure: ${failed[*]}"; fi
