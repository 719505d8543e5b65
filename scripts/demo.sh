#!/bin/sh
# The main job on an invented district: real workbooks on disk in, an enrolment file out.
set -eu
out=${1:-var/demo}
payung=.venv/bin/payung
if [ ! -f "$out/kapuas/truth.parquet" ]; then
  echo "· Making an invented district in $out/kapuas (nobody in it is real)"
  "$payung" district "$out/kapuas" --district 62.03 --people 3000 --seed 1
fi
echo "· From its spreadsheets to an enrolment file"
exec "$payung" run "$out/kapuas/rosters" --insured "$out/kapuas/insured.xlsx" --as-of 2027-01 \
  --source apbd --budget 250000000 --months 12 --out "$out/hasil"
