#!/usr/bin/env bash
# Installs what a purpose needs and the machine lacks; prints nothing when all is there.
#   scripts/setup.sh [demo|test|bench]
set -euo pipefail
# shellcheck source=scripts/say.sh
source "$(dirname "$0")/say.sh"

purpose=${1:-demo}
case $purpose in demo | test | bench) ;; *) give_up "setup: unknown purpose '$purpose': use demo, test or bench" ;; esac

packages=()

# need PROBE PACKAGE…: if PROBE fails, the Debian packages go on the list.
need() {
  local probe=$1
  shift
  eval "$probe" >/dev/null 2>&1 || packages+=("$@")
}

command -v cargo >/dev/null || give_up "cargo is missing: install a Rust toolchain (1.90 or later, e.g. with rustup), then run this again"
for tool in node npm; do
  command -v $tool >/dev/null || give_up "$tool is missing: install Node.js 20 or later with npm, then run this again"
done

need 'command -v cc' gcc libc6-dev
need 'command -v make' make
# The typeset report is made of these faces.
need 'ls /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc' fonts-noto-cjk
if [[ $purpose == test ]]; then
  need 'ls /usr/lib/postgresql/*/bin/initdb' postgresql
  need 'command -v chromium' chromium
  need 'command -v java' default-jre-headless
fi
# The printed forms as other programs see them: LibreOffice opens what we write, poppler reads and draws pages.
if [[ $purpose == test || $purpose == bench ]]; then
  need 'command -v soffice && ls /usr/lib/libreoffice/program/libswlo.so' libreoffice-writer-nogui
fi
if [[ $purpose == test ]]; then
  need 'command -v soffice && ls /usr/lib/libreoffice/program/libsclo.so' libreoffice-calc-nogui
  need 'command -v pdftotext && command -v pdftoppm' poppler-utils
  need 'ls /usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf' fonts-lxgw-wenkai
fi
if [[ $purpose == bench ]]; then
  need 'command -v nginx || ls /usr/sbin/nginx' nginx-light
  need 'command -v wrk' wrk
  need 'command -v curl' curl
  need 'python3 -c "import ensurepip"' python3 python3-venv
fi

# Debian's PostgreSQL makes and starts a cluster of its own when installed; the tests start theirs and want no other.
without_own_cluster() {
  local folder=/etc/postgresql-common/createcluster.d
  "${sudo[@]}" mkdir -p $folder
  echo 'create_main_cluster = false' | "${sudo[@]}" tee $folder/for-tests.conf >/dev/null
  "$@"
  "${sudo[@]}" rm -f $folder/for-tests.conf
}

if ((${#packages[@]})); then
  how="missing: ${packages[*]}; install with: apt-get install --no-install-recommends ${packages[*]}"
  command -v apt-get >/dev/null || give_up "$how (no apt-get here: use the system's own package names)"
  sudo=()
  if [[ $(id -u) != 0 ]]; then
    command -v sudo >/dev/null || give_up "$how (as root)"
    sudo=(sudo)
  fi
  say "installing: ${packages[*]}"
  install=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}")
  "${sudo[@]}" apt-get update -qq </dev/null || give_up "$how (the package lists could not be refreshed)"
  if [[ " ${packages[*]} " == *' postgresql '* ]]; then install=(without_own_cluster "${install[@]}"); fi
  "${install[@]}" </dev/null >/dev/null || give_up "$how (apt-get failed; its reason stands above)"
fi

# npm_ci FOLDER: installs the locked packages unless this very lock is installed already.
npm_ci() {
  local folder=$1 lock stamp
  [[ -f $folder/package-lock.json ]] || return 0
  lock=$(sha256sum <"$folder/package-lock.json")
  stamp=$folder/node_modules/.installed-lock
  [[ -f $stamp && $(<"$stamp") == "$lock" ]] && return 0
  say "installing the npm packages of $folder"
  # No install scripts: none of our packages needs one, and some would fetch from elsewhere.
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null) ||
    give_up "npm packages of $folder could not be installed: run 'npm ci --ignore-scripts' there and read its reason"
  printf '%s\n' "$lock" >"$stamp"
}

npm_ci "$root"
if [[ $purpose == test ]]; then npm_ci "$root/e2e"; fi
