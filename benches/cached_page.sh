#!/bin/sh
# A cached page of ours against nginx sending the same bytes, on the same core, in turns.
#
#   benches/cached_page.sh URL
#
# URL is a page of a server that is already running and pinned to core $SERVER_CORE, for example
#   taskset -c 0 target/release/examples/page_bench --port 8099 &
#   benches/cached_page.sh http://127.0.0.1:8099/page
# nginx is started here on a free port of the same core; its files are what URL answers. Prints the
# median requests per second and the ratio for each case; ends with 1 if one is below its threshold.
#
# Settings (environment): SERVER_CORE 0, LOAD_CORE 1, ROUNDS 9, SECONDS_EACH 2, CONNECTIONS 32,
# MIN_IDENTITY 0.95, MIN_BROTLI 1.10, MIN_NOT_MODIFIED 0.95; SAME_HEADERS=1 lets nginx send our
# security headers too (without it nginx sends fewer bytes than we do); FILE_CACHE=1 gives nginx its
# open_file_cache, which its packages leave off. On a busy machine run server and script with real-time
# priority (chrt -f 10): the figures are of no use otherwise.
set -eu

url=${1:?usage: benches/cached_page.sh URL}
server_core=${SERVER_CORE:-0}
load_core=${LOAD_CORE:-1}
rounds=${ROUNDS:-9}
seconds=${SECONDS_EACH:-2}
connections=${CONNECTIONS:-32}
nginx=$(command -v nginx || echo /usr/sbin/nginx)

folder=$(mktemp -d)
nginx_pid=
cleanup() {
    [ -z "$nginx_pid" ] || kill "$nginx_pid" 2>/dev/null || true
    rm -rf "$folder"
}
trap cleanup EXIT INT TERM
mkdir "$folder/www"
chmod 755 "$folder" "$folder/www"

curl -fsS -o "$folder/www/page.html" "$url"
curl -fsS -H 'Accept-Encoding: br' -D "$folder/head" -o "$folder/www/page.html.br" "$url"
grep -qi '^content-encoding: br' "$folder/head" || { echo "no brotli from $url" >&2; exit 2; }
chmod 644 "$folder"/www/*

headers=
if [ "${SAME_HEADERS:-0}" = 1 ]; then
    headers=$(tr -d '\r' <"$folder/head" | awk -F': ' '
        tolower($1) ~ /^(content-security-policy|x-content-type-options|x-frame-options|referrer-policy|permissions-policy|cache-control|vary)$/ {
            printf "add_header %s \"%s\";\n", $1, substr($0, length($1) + 3) }')
fi

file_cache=
[ "${FILE_CACHE:-0}" = 0 ] || file_cache='open_file_cache max=100 inactive=1h; open_file_cache_valid 1h;'

free_port() {
    port=$((20000 + $$ % 20000))
    while curl -s -o /dev/null "http://127.0.0.1:$port/"; do port=$((port + 1)); done
    echo "$port"
}
port=$(free_port)

cat >"$folder/nginx.conf" <<END
daemon off;
worker_processes 1;
pid $folder/nginx.pid;
error_log $folder/error.log;
events { worker_connections 1024; }
http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    tcp_nodelay on;
    keepalive_requests 1000000000;
    $file_cache
    types { }
    default_type "text/html; charset=utf-8";
    client_body_temp_path $folder/t1; proxy_temp_path $folder/t2; fastcgi_temp_path $folder/t3;
    uwsgi_temp_path $folder/t4; scgi_temp_path $folder/t5;
    server {
        listen 127.0.0.1:$port backlog=1024;
        root $folder/www;
        location = /page.html { $headers }
        location = /page.html.br { $headers add_header Content-Encoding br; }
    }
}
END
taskset -c "$server_core" "$nginx" -c "$folder/nginx.conf" -p "$folder" 2>"$folder/start.log" &
nginx_pid=$!
theirs=http://127.0.0.1:$port
tries=0
until curl -fsS -o "$folder/check" "$theirs/page.html" 2>/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 50 ] || { cat "$folder/start.log" "$folder/error.log" >&2; exit 2; }
    sleep 0.1
done
cmp "$folder/check" "$folder/www/page.html"

tag_of() { curl -fsS -o /dev/null -D - "$1" | tr -d '\r' | awk 'tolower($1) == "etag:" { print $2 }'; }
our_tag=$(tag_of "$url")
their_tag=$(tag_of "$theirs/page.html")

# One round: requests per second; fails on any answer that is neither 2xx nor 3xx.
round() {
    header=$1
    shift
    taskset -c "$load_core" wrk -t1 -c"$connections" -d"${seconds}s" -H "$header" "$1" >"$folder/wrk"
    if grep -q 'Non-2xx' "$folder/wrk"; then cat "$folder/wrk" >&2; exit 2; fi
    awk '/Requests\/sec/ { print $2 }' "$folder/wrk"
}
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { m = int((NR + 1) / 2); print NR % 2 ? v[m] : (v[m] + v[m + 1]) / 2 }'; }

status=0
# name, our header, their header, their path, threshold
compare() {
    : >"$folder/ours"; : >"$folder/theirs"; : >"$folder/ratios"
    i=0
    while [ "$i" -lt "$rounds" ]; do
        # The order alternates too: whoever comes second may find a warmer or a busier machine.
        if [ $((i % 2)) = 0 ]; then
            a=$(round "$2" "$url"); b=$(round "$3" "$theirs$4")
        else
            b=$(round "$3" "$theirs$4"); a=$(round "$2" "$url")
        fi
        echo "$a" >>"$folder/ours"; echo "$b" >>"$folder/theirs"
        awk "BEGIN { print $a / $b }" >>"$folder/ratios"
        i=$((i + 1))
    done
    awk -v name="$1" -v a="$(median "$folder/ours")" -v b="$(median "$folder/theirs")" \
        -v r="$(median "$folder/ratios")" -v min="$5" 'BEGIN {
        ok = r >= min
        printf "%-14s ours %8.0f/s  nginx %8.0f/s  ratio %.2f (at least %.2f) %s\n", name, a, b, r, min, ok ? "ok" : "BELOW"
        exit !ok }' || status=1
}

echo "page: $(wc -c <"$folder/www/page.html") bytes, brotli $(wc -c <"$folder/www/page.html.br"); $rounds rounds of ${seconds} s, $connections connections"
compare identity "Accept-Encoding: identity" "Accept-Encoding: identity" /page.html "${MIN_IDENTITY:-0.95}"
compare brotli "Accept-Encoding: br" "Accept-Encoding: br" /page.html.br "${MIN_BROTLI:-1.10}"
compare not-modified "If-None-Match: $our_tag" "If-None-Match: $their_tag" /page.html "${MIN_NOT_MODIFIED:-0.95}"
exit "$status"
