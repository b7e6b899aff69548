#!/bin/sh
# Lets schemathesis, a program that knows nothing of this project, hold the simulated Soda API against the vendor's own
# OpenAPI document. Twice: once without rate limits, so that every request is answered, and once with them.
#
#   Tests/Judges/soda-openapi.sh PAGE [RUNTALLY]
#
# PAGE is a saved page of the vendor's runners documentation, with OpenAPI in its code blocks; it is not ours to keep
# here. RUNTALLY is the command to judge, .build/debug/runtally by default. Needs python3 with venv and, the first time,
# a network: everything is kept in .build-judges.
set -eu

page=${1:?"give the saved page that holds the OpenAPI document"}
runtally=${2:-.build/debug/runtally}
judges=.build-judges
python=$judges/venv/bin/python

mkdir -p "$judges"
test -x "$python" || python3 -m venv "$judges/venv"
"$python" -m pip install --quiet --disable-pip-version-check 'schemathesis==4.32.5'

# Every code block is a document of one path: they become one. Three things are put right, or no server could pass:
# - What the prose says of numbers is put into the schema: a page is 0 or more, a size 10 to 1000.
# - A reference has the type "object" beside it everywhere, also one to a text. OpenAPI 3.0 does not look at what is
#   beside a reference; 3.1, which the document says it is, holds both to be true, which no value can be.
# - A right request to delete may be answered with 400, as the prose says, when the runner is in use.
"$python" - "$page" "$judges/soda.json" <<'PYTHON'
import json, re, sys

text = open(sys.argv[1], encoding="utf-8").read()
merged = None
for block in re.findall(r"```json\n(\{\"openapi\".*?)\n```", text, re.S):
    document = json.loads(block)
    if merged is None:
        merged = document
        continue
    merged["components"]["schemas"].update(document["components"]["schemas"])
    for path, methods in document["paths"].items():
        merged["paths"].setdefault(path, {}).update(methods)
if merged is None:
    sys.exit("no OpenAPI document in " + sys.argv[1])
limits = {"page": {"minimum": 0}, "size": {"minimum": 10, "maximum": 1000}}
for methods in merged["paths"].values():
    for operation in methods.values():
        for parameter in operation.get("parameters", []):
            parameter["schema"].update(limits.get(parameter["name"], {}))


def plain(node):
    if isinstance(node, dict):
        return {"$ref": node["$ref"]} if "$ref" in node else {key: plain(value) for key, value in node.items()}
    return [plain(item) for item in node] if isinstance(node, list) else node


merged = plain(merged)
json.dump(merged, open(sys.argv[2], "w", encoding="utf-8"))
operations = sum(len(methods) for methods in merged["paths"].values())
print(f"{operations} operations in {len(merged['paths'])} paths")
PYTHON

cat >"$judges/schemathesis.toml" <<'TOML'
[[operations]]
include-name = "DELETE /api/v1/runners/{runnerId}"
checks.positive_data_acceptance.expected-statuses = ["2xx", "400", "401", "403", "404", "429"]
TOML

simulator=
trap 'test -z "$simulator" || kill "$simulator" 2>/dev/null || true' EXIT

# judge NAME OPTION...
judge() {
  name=$1
  shift
  # A pipe would hide the simulator's process; its output goes to a file that is looked at until the address is there.
  "$runtally" simulate --now 2026-04-01T06:00:00Z "$@" 2>"$judges/simulator.log" >&2 &
  simulator=$!
  url=
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    url=$(sed -n 's|.*Soda API answers at \(http://[^ ,]*\)/api/v1.*|\1|p' "$judges/simulator.log")
    test -z "$url" || break
    sleep 0.5
  done
  test -n "$url" || { cat "$judges/simulator.log" >&2; exit 1; }
  echo "== $name, at $url"
  # Ids that exist, so that not only "not found" is judged.
  curl -fsS -u simulated-key-id:simulated-key-secret "$url/api/v1/runners?size=100" >"$judges/runners.json"
  "$python" - "$judges/soda.json" "$judges/runners.json" "$judges/judged.json" <<'PYTHON'
import json, sys

document, runners = (json.load(open(name, encoding="utf-8")) for name in sys.argv[1:3])
examples = {str(index): {"value": row["id"]} for index, row in enumerate(runners["content"])}
for methods in document["paths"].values():
    for operation in methods.values():
        for parameter in operation.get("parameters", []):
            if parameter["name"] == "runnerId":
                parameter["examples"] = examples
json.dump(document, open(sys.argv[3], "w", encoding="utf-8"))
PYTHON
  # In its folder, since it leaves notes where it runs.
  (
    cd "$judges"
    venv/bin/schemathesis --config-file schemathesis.toml run judged.json --url "$url" \
      --auth simulated-key-id:simulated-key-secret --checks all --max-examples "${EXAMPLES:-200}" --seed 1 \
      --continue-on-failure
  )
  kill "$simulator"
  wait "$simulator" 2>/dev/null || true
  simulator=
}

judge "without rate limits" --fault no-limits
judge "with rate limits"
