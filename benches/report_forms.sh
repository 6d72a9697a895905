#!/usr/bin/env bash
# The annual report of the demonstration in its five forms, together in one warm process; and its PDF against LibreOffice
# converting the DOCX of the same report, with a profile of its own that is warm too.
#   benches/report_forms.sh [URL]     (the address is not used)
set -euo pipefail
cd "$(dirname "$0")/.."
most_ms=1000
least_ratio=20
rounds=9
conversions=5
binary=${GONGKAI_BINARY:-${CARGO_TARGET_DIR:-target}/release/gongkai}
command -v soffice >/dev/null || { echo 'soffice is missing: run scripts/setup.sh bench' >&2; exit 1; }
data=$(mktemp -d -t gongkai-forms-XXXXXXXX)
trap 'rm -rf "$data"' EXIT
"$binary" demo --prepare-only --data "$data" >/dev/null 2>&1

# Tells `五种格式用时 N 毫秒（…，pdf N 毫秒，…）`, each the median of rounds that begin with the report as it
# was before every figure changed, so that the process is warm and has never seen this report; and `从头排版 PDF 用时 N 毫秒`, with nothing remembered at all.
"$binary" report annual --site songling --year 2018 --format all --rounds $rounds --out "$data/forms" --data "$data" 2>"$data/told"
forms_ms=$(sed -n 's/.*五种格式用时 \([0-9.]*\) 毫秒.*/\1/p' "$data/told")
pdf_ms=$(sed -n 's/.*pdf \([0-9.]*\) 毫秒.*/\1/p' "$data/told")
fresh_ms=$(sed -n 's/从头排版 PDF 用时 \([0-9.]*\) 毫秒.*/\1/p' "$data/told")
[[ -n $forms_ms && -n $pdf_ms && -n $fresh_ms ]] || { cat "$data/told" >&2; exit 1; }

convert() {
  soffice "-env:UserInstallation=file://$data/profile" --headless --norestore --convert-to pdf --outdir "$data" "$data"/forms/*.docx >/dev/null 2>&1
}
convert
for ((i = 0; i < conversions; i++)); do
  began=$(date +%s%N)
  convert
  echo $((($(date +%s%N) - began) / 1000))
done | sort -n >"$data/office"
office_ms=$(awk -v middle=$((conversions / 2 + 1)) 'NR == middle { print $1 / 1000 }' "$data/office")

awk -v forms="$forms_ms" -v pdf="$pdf_ms" -v fresh="$fresh_ms" -v office="$office_ms" -v ms=$most_ms -v least=$least_ratio 'BEGIN {
  printf "five forms in %.0f ms, of which the PDF %.1f ms (%.1f ms with nothing remembered); LibreOffice makes it from the DOCX in %.0f ms\n", forms, pdf, fresh, office
  printf "%-24s %8.2f ms (at most %s) %s\n", "five forms of a report", forms, ms, (forms <= ms ? "ok" : "ABOVE")
  printf "%-24s %8.2f x (at least %s) %s\n", "PDF against LibreOffice", office / pdf, least, (office / pdf >= least ? "ok" : "BELOW")
  exit (forms > ms || office / pdf < least) }'
