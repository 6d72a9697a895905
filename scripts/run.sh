#!/usr/bin/env bash
# Serves an installation made with `gongkai init` from a development build.
#   LISTEN=127.0.0.1:8080 DATA=./data scripts/run.sh
set -euo pipefail
# shellcheck source=scripts/say.sh
source "$(dirname "$0")/say.sh"
cd "$root"

scripts/setup.sh demo
scripts/assets.sh
cargo build --locked --package gongkai --bin gongkai
exec "$target/debug/gongkai" serve --listen "${LISTEN:-127.0.0.1:8080}" --data "${DATA:-./data}"
