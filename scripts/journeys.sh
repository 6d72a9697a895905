#!/usr/bin/env bash
# Walks the demonstration district in a real browser: HTML validity, accessibility, journeys.
#   GONGKAI_BINARY=path scripts/journeys.sh     (default: the development build)
set -euo pipefail
# shellcheck source=scripts/say.sh
source "$(dirname "$0")/say.sh"
cd "$root"

if [[ -z ${GONGKAI_BINARY:-} ]]; then
  # The whole workspace, as the tests build it: a single package would be built again with other features.
  cargo build --workspace --locked --quiet
  GONGKAI_BINARY=$target/debug/gongkai
fi
export GONGKAI_BINARY
exec node e2e/run.mjs
