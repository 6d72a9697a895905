#!/usr/bin/env bash
# Runs a command beside a PostgreSQL server of its own and takes the server away afterwards.
#   scripts/with-postgres.sh COMMAND…     (COMMAND finds the server in GONGKAI_TEST_DATABASE)
# The server listens on a free loopback port, keeps its data in a temporary folder and is not made to
# last: nothing is synced to disk. It never runs as root.
set -euo pipefail
# shellcheck source=scripts/say.sh
source "$(dirname "$0")/say.sh"

(($#)) || give_up "usage: scripts/with-postgres.sh COMMAND…"
bin=$(find /usr/lib/postgresql -maxdepth 2 -type d -name bin 2>/dev/null | sort -V | tail -n 1)
[[ -x ${bin:-}/initdb ]] || give_up "PostgreSQL is missing: apt-get install postgresql"

folder=$(mktemp -d -t gongkai-postgres-XXXXXXXX)
as_owner=()
if [[ $(id -u) == 0 ]]; then
  id postgres >/dev/null 2>&1 || give_up "the user 'postgres' is missing: apt-get install postgresql"
  chown postgres: "$folder"
  as_owner=(runuser -u postgres --)
fi
# The server's own user may not enter the folder we were called from.
server() { (cd "$folder" && "${as_owner[@]}" "$@"); }

child=
# shellcheck disable=SC2317 # reached through the trap
clean_up() {
  trap - EXIT INT TERM HUP
  [[ -n $child ]] && kill -TERM "$child" 2>/dev/null && wait "$child" 2>/dev/null
  server "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1
  rm -rf "$folder"
}
trap 'clean_up || true' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

server "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 ||
  give_up "initdb failed: $(tail -n 3 "$folder/initdb.log")"

settings="-c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=off -c synchronous_commit=off"
settings+=" -c full_page_writes=off -c max_connections=300 -c autovacuum=off -c max_wal_size=2GB"
started=
for _ in 1 2 3 4 5 6 7 8; do
  port=$((20000 + RANDOM % 12000))
  # A port that answers is taken.
  if (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then continue; fi
  if server "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -o "$settings -p $port" -w start >/dev/null 2>&1; then
    started=yes
    break
  fi
done
[[ -n $started ]] || give_up "PostgreSQL did not start: $(tail -n 3 "$folder/server.log")"

export GONGKAI_TEST_DATABASE="postgres://postgres@127.0.0.1:$port/postgres"
# In the background, so that a signal reaches this script at once and the server goes with it.
"$@" <&0 &
child=$!
status=0
wait "$child" || status=$?
child=
exit "$status"
