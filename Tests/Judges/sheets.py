#!/usr/bin/env python3
"""Opens the spreadsheets and the CSV of a demo with what spreadsheets are for: openpyxl, LibreOffice and Frictionless.

  Tests/Judges/sheets.py RUNTALLY FOLDER WORK

RUNTALLY is the command; FOLDER is where `runtally demo` wrote; WORK is a folder for what LibreOffice makes. LibreOffice
works every formula out again, in an English and in a German locale. What differs from the JSON of the same report is said;
the exit code is 1 then.
"""
import datetime
import decimal
import json
import pathlib
import shutil
import subprocess
import sys
import zoneinfo

import frictionless
import openpyxl

LOCALES = {"en-US": 1033, "de-DE": 1031}
complaints = []


def complain(path, what):
    complaints.append(f"{path.name}: {what}")


def near(found, wanted):
    """Whether a number is an exact amount as far as 14 digits go."""
    if isinstance(found, bool) or not isinstance(found, (int, float)):
        return False
    difference = abs(decimal.Decimal(found) - wanted)
    return difference <= max(abs(wanted), decimal.Decimal(1)) * decimal.Decimal("1e-13")


def expected(value, kind, zone):
    """A value of JSON as a cell has it; amounts as decimals."""
    if value is None or value == "":
        return None
    if kind == "instant":
        instant = datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
        return instant.astimezone(zone).replace(tzinfo=None)
    if kind == "day":
        return datetime.datetime.fromisoformat(value)
    if kind == "month":
        return datetime.datetime.fromisoformat(value + "-01")
    if kind in ("money", "price", "decimal", "seconds", "rate", "probability"):
        return decimal.Decimal(str(value))
    return value


def fits(found, wanted):
    if isinstance(wanted, decimal.Decimal):
        return near(found, wanted)
    if isinstance(wanted, datetime.datetime):
        return isinstance(found, datetime.datetime) and abs(found - wanted) <= datetime.timedelta(milliseconds=1)
    return found == wanted and type(found) is type(wanted)


def judge_cells(path, report):
    """Every cell of the first sheet is the value of the JSON, of its own type, and none is a link or a formula."""
    book = openpyxl.load_workbook(path)
    facts = {row[0].value: row[1].value for row in book["About"].iter_rows(max_col=2) if row[0].value}
    zone = zoneinfo.ZoneInfo(facts["time zone"])
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    kinds = {column["name"]: column["type"] for column in report["columns"]}
    if [name for name in names if name in kinds] != list(kinds):
        return complain(path, f"its columns are {names}")
    if sheet.freeze_panes != "A2" or not sheet.auto_filter.ref:
        complain(path, "its heading is not kept, or has no filter")
    for index, row in enumerate(report["rows"], start=2):
        for name, kind in kinds.items():
            cell = sheet.cell(index, names.index(name) + 1)
            if cell.data_type == "f" or cell.hyperlink:
                complain(path, f"{cell.coordinate} is more than a value")
            if not fits(cell.value, expected(row[name], kind, zone)):
                return complain(path, f"{cell.coordinate} is {cell.value!r}, and {row[name]!r} was meant")
            exact = f"{name}_exact"
            if kind in ("money", "price", "decimal") and sheet.cell(index, names.index(exact) + 1).value != row[name]:
                return complain(path, f"{exact} in row {index} is not {row[name]!r}")


def judge_totals(path, report, whose):
    """The formulas below the rows come to the totals of the JSON."""
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    names = [cell.value for cell in sheet[1]]
    lines = list(sheet.iter_rows(min_row=len(report["rows"]) + 3, values_only=True))
    for name, total in report["totals"].items():
        amounts = total if isinstance(total, dict) else {None: total}
        for currency, amount in amounts.items():
            line = next((line for line in lines if currency is None or currency in line), None)
            if line is None or not report["rows"]:
                if report["rows"]:
                    complain(path, f"{whose}: there is no total of {name}")
                continue
            found = line[names.index(name)]
            good = found == "–" if amount is None else near(found, decimal.Decimal(str(amount)))
            if not good:
                complain(path, f"{whose}: the total of {name} is {found!r}, not {amount!r}")


def convert(work, locale, files, *options):
    """Lets LibreOffice open files as someone of a country does, work everything out again, and save them."""
    profile, out = work / f"profile-{locale}", work / locale
    shutil.rmtree(out, ignore_errors=True)
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
        f'<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}'
        "</value></prop></item>\n"
        '<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0'
        "</value></prop></item>\n</oor:items>\n")
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless", *options, "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), *map(str, files)],
        capture_output=True, check=True, timeout=600)
    return out


def judge_import(runtally, demo, work):
    """A CSV for a country, opened there, adds up to the total."""
    for locale, options in (("en-US", []), ("de-DE", ["--decimal-comma"])):
        path = work / f"{locale}.csv"
        question = [runtally, "report", "monthly-cost", "--month", "2026-02", "--config", demo / "runtally.yaml", "--quiet"]
        subprocess.run([*question, *options, "--output", path], check=True)
        total = json.loads(subprocess.run([*question, "--format", "json"], capture_output=True, check=True).stdout)["totals"]
        delimiter = ";" if options else ","
        out = convert(work, locale, [path], f"--infilter=CSV:{ord(delimiter)},34,76,1,,{LOCALES[locale]},false,true")
        sheet = openpyxl.load_workbook(out / path.with_suffix(".xlsx").name).worksheets[0]
        names = [cell.value for cell in sheet[1]]
        for name in ("cost", "billed_seconds"):
            column = [row[names.index(name)] for row in sheet.iter_rows(min_row=2, values_only=True)]
            found = sum(value for value in column if isinstance(value, (int, float)))
            if not near(found, decimal.Decimal(str(total[name]))):
                complain(path, f"{name} adds up to {found!r}, not to {total[name]}")


def judge_schema(runtally, path, name):
    """The CSV is as its Table Schema says."""
    text = subprocess.run([runtally, "report", name, "--table-schema"], capture_output=True, check=True).stdout
    schema = frictionless.Schema.from_descriptor(json.loads(text))
    with frictionless.system.use_context(trusted=True):
        # A row for each field is looked at, however many there are.
        report = frictionless.validate(frictionless.Resource(path=str(path), schema=schema))
    for error in report.flatten(["rowNumber", "fieldName", "message"])[:3]:
        complain(path, f"frictionless: {error}")


def main(runtally, demo, work):
    demo, work = pathlib.Path(demo), pathlib.Path(work)
    work.mkdir(parents=True, exist_ok=True)
    runtally = str(pathlib.Path(runtally).resolve())
    decimal.getcontext().prec = 60
    reports = {}
    for path in sorted((demo / "reports").glob("*.xlsx")):
        reports[path] = json.loads(path.with_suffix(".json").read_text("utf-8"))
        judge_cells(path, reports[path])
        judge_totals(path, reports[path], "as written")
        judge_schema(runtally, path.with_suffix(".csv"), path.stem)
    for locale in LOCALES:
        out = convert(work, locale, reports)
        for path, report in reports.items():
            judge_totals(out / path.name, report, locale)
    judge_import(runtally, demo, work)
    for complaint in complaints:
        print(complaint)
    print(f"{len(reports)} spreadsheets in {len(LOCALES)} locales, {len(complaints)} complaints")
    return 1 if complaints or not reports else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
