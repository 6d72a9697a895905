# shellcheck shell=bash
# Sourced by every script here: how they speak, and where things lie. Does no work of its own.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
export root target

say() { printf '%s\n' "$*"; }

heading() { printf '\n== %s\n' "$*"; }

# One line on standard error that says what is wrong and how to mend it; then the end.
give_up() {
  printf '%s\n' "$*" >&2
  exit 1
}
