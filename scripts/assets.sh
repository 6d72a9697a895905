#!/usr/bin/env bash
# Builds styles and scripts into assets/dist when their sources changed since the last build.
set -euo pipefail
# shellcheck source=scripts/say.sh
source "$(dirname "$0")/say.sh"
cd "$root"

[[ -f package.json ]] || give_up "package.json is missing: this is not a whole checkout"
[[ -d node_modules ]] || give_up "npm packages are missing: run scripts/setup.sh first"

# The stamp lies beside the packages, not in assets/dist: everything in there goes into the binary.
stamp=node_modules/.assets-built-from
sources=$(find assets package.json package-lock.json scripts -path assets/dist -prune -o -type f -print0 |
  sort -z | xargs -0 sha256sum | sha256sum)
if [[ -d assets/dist && -f $stamp && $(<"$stamp") == "$sources" ]]; then exit 0; fi

npm run --silent build </dev/null || give_up "the styles and scripts could not be built: npm run build"
[[ -n $(ls assets/dist 2>/dev/null) ]] || give_up "npm run build left assets/dist empty"
printf '%s\n' "$sources" >"$stamp"
