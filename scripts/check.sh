#!/usr/bin/env bash
# The quick look before a commit: format, lints, the house rules. `make test` is the whole.
set -euo pipefail
# shellcheck source=scripts/say.sh
source "$(dirname "$0")/say.sh"
cd "$root"

scripts/setup.sh demo
scripts/assets.sh
cargo fmt --all --check
cargo clippy --workspace --all-targets --locked -- -D warnings
cargo test --quiet --locked --package gongkai --test tidy
