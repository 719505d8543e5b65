#!/bin/sh
# The main job on an invented district: real workbooks on disk in, an enrolment file out; then the office, open on
# localhost and filled with the same district. PAYUNG_PORT chooses another port than 8000.
set -eu
out=${1:-var/demo}
port=${PAYUNG_PORT:-8000}
payung=.venv/bin/payung
# An office of its own: whatever a .env here says of a real one, its database above all, is not meant.
export PAYUNG_HOME="$out/office" PAYUNG_SECOND_FACTOR=0 PAYUNG_DATABASE= PAYUNG_SECRET= PAYUNG_ENV= \
  PAYUNG_HOSTS=localhost,127.0.0.1 PAYUNG_HTTPS=0 PAYUNG_PROXIES=0 PAYUNG_DEBUG=0 PAYUNG_MAIL=

if [ ! -f "$out/kapuas/truth.parquet" ]; then
  echo "· Making an invented district in $out/kapuas (nobody in it is real)"
  "$payung" district "$out/kapuas" --district 62.03 --people 3000 --seed 1 --as-of 2027-01 > /dev/null
fi
echo "· From its spreadsheets to an enrolment file"
"$payung" run "$out/kapuas/rosters" --insured "$out/kapuas/insured.xlsx" --as-of 2027-01 \
  --source apbd --budget 250.000.000 --months 12 --pay damang=3.000.000 --pay sekretaris_damang=1.000.000 \
  --pay mantir_kecamatan=750.000 --pay mantir_desa=700.000 --out "$out/hasil"

echo
echo "· Opening the office"
"$payung" demo-office "$out/kapuas"
sh scripts/office.sh start "$out" "$port"
