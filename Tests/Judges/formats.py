#!/usr/bin/env python3
"""Opens every file that a demo wrote with the program that such files are for.

  Tests/Judges/formats.py RUNTALLY FOLDER

RUNTALLY is the command, for the schemas of its reports; FOLDER is where `runtally demo` wrote. What a reader refuses,
and what two formats of one report tell differently, is said; the exit code is 1 then.
"""
import csv
import decimal
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree

import jsonschema
import junitparser
import markdown_it
import yaml
from prometheus_client.openmetrics.parser import text_string_to_metric_families

HERE = pathlib.Path(__file__).parent
BIN = pathlib.Path(sys.executable).parent
complaints = []


def complain(path, what):
    complaints.append(f"{path.name}: {what}")


def run(path, *command, text=None):
    """Runs a judge; whatever it says when it refuses is a complaint."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, input=text)
    if done.returncode != 0:
        complain(path, f"{pathlib.Path(str(command[0])).name}: {(done.stdout + done.stderr).strip()[-400:]}")
    return done


def read_csv(path):
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline=""), strict=True))
    if not rows or any(len(row) != len(rows[0]) for row in rows):
        complain(path, "its lines have different numbers of fields")
    if not path.read_bytes().endswith(b"\r\n"):
        complain(path, "its last line has no end")
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def plain(value, kind):
    """A value of JSON as CSV has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if kind == "seconds":
        return f"{decimal.Decimal(str(value)):.3f}"
    if isinstance(value, float):
        return format(decimal.Decimal(repr(value)), "f")
    return str(value)


def judge_report(runtally, folder, name):
    """The formats that any rows have, held against each other and the report's own schema."""
    path = folder / f"{name}.json"
    report = json.loads(path.read_text("utf-8"))
    schema = json.loads(subprocess.run([runtally, "report", name, "--schema"], capture_output=True, check=True).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    for error in list(validator.iter_errors(report))[:3]:
        complain(path, f"{error.json_path}: {error.message}"[:300])

    rows = report["rows"]
    lines = [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
    if lines != rows:
        complain(folder / f"{name}.jsonl", "its rows are not those of the JSON")
    kinds = {column["name"]: column["type"] for column in report["columns"]}
    table = read_csv(folder / f"{name}.csv")
    expected = [{key: plain(value, kinds[key]) for key, value in row.items()} for row in rows]
    for index, (given, wanted) in enumerate(zip(table, expected)):
        # A column keeps its place in CSV, also where the grouping leaves it empty.
        given = {key: value for key, value in given.items() if value or key in wanted}
        if given != wanted:
            differing = next(key for key in wanted if given.get(key) != wanted[key])
            complain(folder / f"{name}.csv", f"row {index}, {differing}: {given.get(differing)!r}, {wanted[differing]!r}")
            break
    if len(table) != len(rows):
        complain(folder / f"{name}.csv", f"{len(table)} rows, {len(rows)} in the JSON")

    path = folder / f"{name}.md"
    text = path.read_text("utf-8")
    if len(text.encode()) >= 1024 * 1024:
        complain(path, "a job's summary takes less than 1 MiB")
    tokens = markdown_it.MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    shown = sum(token.type == "tr_open" for token in tokens) - sum(token.type == "thead_open" for token in tokens)
    if rows and name != "summary" and shown < min(len(rows), 1):
        complain(path, "no rows are shown")
    if any(token.type in ("html_block", "html_inline") for token in tokens):
        complain(path, "something in it is HTML")
    (folder / f"{name}.txt").read_text("utf-8")
    xml.etree.ElementTree.parse(folder / f"{name}.html")


def judge_junit(path):
    run(path, "xmllint", "--noout", "--schema", HERE.parent / "Fixtures" / "junit-portable.xsd", path)
    suites = junitparser.JUnitXml.fromfile(str(path))
    cases = [case for suite in suites for case in suite]
    for count, sum_ in (("tests", len(cases)), ("failures", sum(
            isinstance(result, junitparser.Failure) for case in cases for result in case.result))):
        if sum(getattr(suite, count) for suite in suites) != sum_:
            complain(path, f"the suites' {count} do not add up")
    run(path, BIN / "junit2html", path, path.with_suffix(".junit.html"))
    path.with_suffix(".junit.html").unlink(missing_ok=True)


def judge_focus(path):
    """The costs must be the exact products: the validators only compare to nine digits."""
    decimal.getcontext().prec = 60
    for row in read_csv(path):
        product = decimal.Decimal(row["ListUnitPrice"]) * decimal.Decimal(row["PricingQuantity"])
        if any(decimal.Decimal(row[cost]) != product for cost in ("BilledCost", "EffectiveCost", "ListCost")):
            complain(path, f"run {row['x_RunId']}: {row['BilledCost']} is not {product}")
    if path.name.endswith(".focus.csv"):
        run(path, BIN / "focus-toolkit", "validate", path, "--dataset", "cost-and-usage",
            "--supports", "SupportsUnitPricing", "--supports", "SupportsMultiplePricingCategories")


def judge_metrics(path):
    text = path.read_text("utf-8")
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    seen = {(sample.name, tuple(sorted(sample.labels.items()))) for sample in samples}
    if len(seen) != len(samples):
        complain(path, "two samples have the same labels")
    if shutil.which("promtool"):
        run(path, "promtool", "check", "metrics", text=text)
    else:
        complain(path, "promtool is not installed")


def judge_gauges(runtally, demo):
    """What check writes is metrics too, none of them a second time, and the dashboard and the alerts ask for what there is."""
    checked = demo / "check.prom"
    subprocess.run([runtally, "check", "--config", demo / "runtally.yaml", "--format", "openmetrics", "--output", checked,
                    "--warn-only", "--quiet"], check=True)
    judge_metrics(checked)
    families = [set(re.findall("^# TYPE ([^ ]+)", path.read_text("utf-8"), re.MULTILINE))
                for path in (checked, demo / "reports" / "metrics.prom")]
    if families[0] & families[1]:
        complain(checked, f"{sorted(families[0] & families[1])} are in the report metrics too")
    known = families[0] | families[1]
    for path in sorted((HERE.parent.parent / "docs" / "alerts").iterdir()):
        text = path.read_text("utf-8")
        if path.suffix == ".json":
            text = "\n".join(target["expr"] for panel in json.loads(text)["panels"] for target in panel["targets"])
        for name in set(re.findall(r"\bruntally_[a-z0-9_]+", text.replace("$currency", "eur"))) - known:
            complain(path, f"nothing writes {name}")


class CoreLoader(yaml.SafeLoader):
    """YAML as editors read it, by the core schema of version 1.2: `on` is a word, and a day is a text."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":bool", ":timestamp"))]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


CoreLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), "tf")


def judge_configuration(runtally, path):
    """The schema for editors is one, and the demo's configuration is as it says."""
    schema = json.loads(subprocess.run([runtally, "config", "--schema"], capture_output=True, check=True).stdout)
    jsonschema.Draft7Validator.check_schema(schema)
    for error in jsonschema.Draft7Validator(schema).iter_errors(yaml.load(path.read_text("utf-8"), CoreLoader)):
        complain(path, f"{error.json_path}: {error.message}"[:300])


def main(runtally, demo):
    judge_configuration(runtally, pathlib.Path(demo) / "runtally.yaml")
    folder = pathlib.Path(demo) / "reports"
    names = sorted(path.stem for path in folder.glob("*.jsonl"))
    for name in names:
        judge_report(runtally, folder, name)
    judges = {".xml": judge_junit, ".focus.csv": judge_focus, ".focus-1.2.csv": judge_focus, ".prom": judge_metrics}
    others = [(path, judge) for suffix, judge in judges.items() for path in sorted(folder.glob("*" + suffix))]
    check = pathlib.Path(demo) / "check.xml"
    for path, judge in others + [(check, judge_junit)]:
        judge(path)
    judge_gauges(runtally, pathlib.Path(demo))
    for complaint in complaints:
        print(complaint)
    print(f"{len(names)} reports and {len(others) + 1} files of other formats, {len(complaints)} complaints")
    return 1 if complaints or not names else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
