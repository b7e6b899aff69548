#!/usr/bin/env python3
"""Lets Chromium do a day's work on the pages of `runtally serve`, and schemathesis and promtool ask it as programs do.

  Tests/Judges/serve.py RUNTALLY DEMO [SCREENSHOTS]

From the overview it clicks through to the explanation of one run, changes the month, asks otherwise by the form, and
downloads every format of a report, which must be the bytes that the command writes. Every page is looked at on a phone,
a tablet and a desk, by day and by night. Fails on whatever the browser or axe complains of, on a page wider than its
window, on what cannot be reached with the keyboard, and on any answer that openapi.json does not promise. Chromium is the
system's, or $CHROMIUM; schemathesis and promtool are found on the PATH.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
import urllib.request

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

WINDOWS = {"phone": (390, 844), "tablet": (768, 1024), "desk": (1440, 900)}
PAGES = [
    "/", "/reports", "/runs?month=2026-03&limit=20", "/reports/monthly-cost?month=2026-03",
    "/reports/runs?month=2026-03&limit=20", "/check", "/status", "/log", "/reports/failure-trend?interval=day&last=30d", "/reports/no-such-report",
]


class Server:
    def __init__(self, runtally, folder):
        # Its log goes to a file: a pipe that nobody reads would be full one day.
        log = folder / "served.log"
        with log.open("w") as target:
            self.process = subprocess.Popen([runtally, "serve", "--port", "0"], cwd=folder, stderr=target)
        while not (found := re.search(r"at (http://\S+);", log.read_text())):
            assert self.process.poll() is None, log.read_text()
            time.sleep(0.05)
        self.url = found[1]

    def get(self, path):
        with urllib.request.urlopen(self.url + path) as answer:
            return answer.read()

    def stop(self):
        self.process.terminate()
        assert self.process.wait() == 0, self.process.returncode


def look(browser, server, screenshots):
    """Every page in every window."""
    for window, (width, height) in WINDOWS.items():
        for theme in ("light", "dark"):
            page = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme).new_page()
            said = []
            page.on("console", lambda message: said.append(message.text))
            for path in PAGES:
                page.goto(server.url + path)
                name = re.sub(r"\W+", "-", path).strip("-") or "overview"
                found = [] if path.endswith("no-such-report") else list(said)
                said.clear()
                if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                    found.append("wider than its window")
                for violation in Axe().run(page).response["violations"]:
                    found.append(f"{violation['id']}: {violation['help']} {violation['nodes'][0]['html'][:120]}")
                assert not found, (window, theme, path, found)
                if screenshots:
                    page.screenshot(path=screenshots / f"{window}-{theme}-{name}.png", full_page=True)
            page.context.close()


def work(browser, server, runtally, demo):
    """A day's work, by clicks and by keys."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(server.url)
    page.click("nav.site >> text=Reports")
    page.click("ul.list >> text=Monthly cost")
    page.click("nav[aria-label=Months] >> text=previous month")
    assert "month=2026-02" in page.url, page.url
    page.click("nav[aria-label=Months] >> text=next month")
    assert "month=2026-03" in page.url, page.url
    page.click("table a:text-is('Search Index') >> nth=0")
    assert "/runs?runner=" in page.url and "month=2026-03" in page.url, page.url
    page.click("summary >> text=Ask it otherwise")
    page.select_option("select[name=outcome]", "failure")
    page.fill("input[name=limit]", "5")
    page.click("form.ask button")
    assert page.locator("table tbody tr").count() == 5
    run = page.locator("table tbody tr td a").first
    name = run.inner_text()
    run.click()
    assert page.locator("h1").inner_text() == f"Run {name}"
    explained = subprocess.run([runtally, "explain", name], cwd=demo, capture_output=True, text=True, check=True).stdout
    assert page.locator("pre").inner_text().strip() == explained.strip()
    page.goto(server.url + "/reports/runs?month=2026-03")
    for link in page.locator("nav[aria-label=Files] a").all():
        address = link.get_attribute("href")
        ending = re.search(r"/reports/runs\.([a-z0-9.-]+)\?", address)[1]
        written = demo / f"judged.{ending}"
        subprocess.run(
            [runtally, "report", "runs", "--month", "2026-03", "--output", written.name, "--quiet"], cwd=demo, check=True)
        assert server.get(address) == written.read_bytes(), address
        print(f"  {address} is the file")
    # With the keyboard alone: from the first link to the form, which a key opens, and to the rows.
    page.goto(server.url + "/reports/runs?month=2026-03&limit=3")
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.tagName + ' ' + (document.activeElement.name || '')"))
        if reached[-1].startswith("SUMMARY") and "SELECT outcome" not in reached:
            page.keyboard.press("Enter")
    for wanted in ("A ", "SUMMARY ", "INPUT month", "SELECT outcome", "BUTTON ", "DIV "):
        assert wanted in reached, (wanted, reached)
    assert not said, said
    context.close()


def main():
    runtally, demo = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
    screenshots = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None
    if screenshots:
        screenshots.mkdir(parents=True, exist_ok=True)
    server = Server(runtally, demo)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=["--no-sandbox"])
            work(browser, server, runtally, demo)
            look(browser, server, screenshots)
            browser.close()
        gauges = server.get("/metrics")
        assert gauges.endswith(b"# EOF\n")
        subprocess.run(["promtool", "check", "metrics"], input=gauges, check=True)
        # Whether the ledger knows a source or a run no schema can tell, so what a schema allows may still be refused.
        subprocess.run(
            [
                "schemathesis", "run", server.url + "/openapi.json", "--checks", "all", "--exclude-checks",
                "positive_data_acceptance", "--max-examples", "10", "--generation-deterministic",
            ], check=True, stdout=subprocess.DEVNULL)
    finally:
        server.stop()
    print(f"  {len(PAGES)} pages in {2 * len(WINDOWS)} windows, a day's work, and what programs ask")


main()
