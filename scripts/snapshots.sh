#!/usr/bin/env bash
# Takes pictures of every page type at three widths, in senior mode, dark, and as printed.
#   OUT=folder scripts/snapshots.sh
set -euo pipefail
# shellcheck source=scripts/say.sh
source "$(dirname "$0")/say.sh"
cd "$root"

scripts/setup.sh test
scripts/assets.sh
if [[ -z ${GONGKAI_BINARY:-} ]]; then
  cargo build --workspace --locked --quiet
  export GONGKAI_BINARY=$target/debug/gongkai
fi
exec node e2e/screenshots.mjs "${OUT:-$target/snapshots}"
