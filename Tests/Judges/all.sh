#!/bin/sh
# Writes a demo and lets the programs that read each format, from PyPI and Debian, open every file of it.
#
#   Tests/Judges/all.sh [RUNTALLY]
#
# RUNTALLY is the command to judge, .build/release/runtally by default. Needs python3 with venv, xmllint, promtool,
# sqlite3, LibreOffice, Chromium and pdftotext and, the first time, a network: everything is kept in .build-judges.
set -eu
cd "$(dirname "$0")/../.."

runtally=${1:-.build/release/runtally}
judges=.build-judges
python=$judges/all/bin/python

mkdir -p "$judges"
test -x "$python" || python3 -m venv "$judges/all"
"$python" -m pip install --quiet --disable-pip-version-check \
  'axe-playwright-python==0.1.8' 'datasette==0.65.2' 'duckdb==1.5.5' 'duckdb-extension-sqlite-scanner==1.5.5' 'frictionless==5.21.0' \
  'focus-data-toolkit==0.14.1' 'jsonschema[format]==4.26.0' 'junit2html==31.1.4' 'junitparser==5.0.3' \
  'linkify-it-py' 'markdown-it-py' 'openpyxl==3.1.5' 'playwright==1.65.2' 'prometheus-client' 'pyyaml'

"$runtally" demo --output "$judges/demo" --quiet >"$judges/demo.log"

echo "formats"
"$python" Tests/Judges/formats.py "$runtally" "$judges/demo"
echo "spreadsheets"
"$python" Tests/Judges/sheets.py "$runtally" "$judges/demo" "$judges/sheets"
echo "views in the plain SQL shell"
views=$(sqlite3 -readonly "$judges/demo/ledger.sqlite" "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name")
for view in $views; do
  printf '%s ' "$view"
  sqlite3 -readonly "$judges/demo/ledger.sqlite" "SELECT count(*) || ' rows' FROM $view"
done
echo "views in Datasette"
for view in $views; do
  printf '%s ' "$view"
  "$judges/all/bin/datasette" "$judges/demo/ledger.sqlite" --get "/ledger/$view.json?_shape=array&_size=max" |
    "$python" -c 'import json, sys; rows = json.load(sys.stdin); assert isinstance(rows, list), rows; print(len(rows), "rows")'
done
echo "tables and views in DuckDB"
"$python" Tests/Judges/duckdb_views.py "$judges/demo/ledger.sqlite"
echo "alerts"
promtool check rules docs/alerts/runtally.rules.yml
promtool test rules Tests/Judges/rules.test.yml
echo "pages"
"$python" Tests/Judges/pages.py "$judges/demo/reports" "$judges/screenshots"
echo "server"
# It wants other versions of what the others use.
test -x "$judges/schemathesis/bin/python" || python3 -m venv "$judges/schemathesis"
"$judges/schemathesis/bin/python" -m pip install --quiet --disable-pip-version-check 'schemathesis==4.32.5'
PATH=$judges/schemathesis/bin:$PATH \
"$python" Tests/Judges/serve.py "$runtally" "$judges/demo" "$judges/served"
echo "assistants"
test -x "$judges/mcp/bin/python" || python3 -m venv "$judges/mcp"
"$judges/mcp/bin/python" -m pip install --quiet --disable-pip-version-check 'mcp==2.3.0' 'jsonschema[format]==4.26.0'
"$judges/mcp/bin/python" Tests/Judges/mcp.py "$runtally" "$judges/demo"
