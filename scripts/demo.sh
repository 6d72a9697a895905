#!/usr/bin/env bash
# Builds what is not built yet and serves the demonstration district.
#   LISTEN=127.0.0.1:8080 DATA=./data scripts/demo.sh
set -euo pipefail
# shellcheck source=scripts/say.sh
source "$(dirname "$0")/say.sh"
cd "$root"

scripts/setup.sh demo
scripts/assets.sh
cargo build --release --locked --package gongkai --bin gongkai
exec "$target/release/gongkai" demo --listen "${LISTEN:-127.0.0.1:8080}" --data "${DATA:-./data}"
