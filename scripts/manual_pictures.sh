#!/usr/bin/env bash
# Takes the pictures of the manual from the demonstration and puts them where the manual shows them.
#   [GONGKAI_BINARY=path] scripts/manual_pictures.sh
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
node e2e/manual_pictures.mjs docs/manual/pictures
