#!/usr/bin/env python3
"""Lets Chromium look at every HTML page of a folder, on a phone and on a desk, by day and by night.

  python3 -m venv .build-judges/pages
  .build-judges/pages/bin/pip install playwright==1.65.2 axe-playwright-python==0.1.8
  .build-judges/pages/bin/python Tests/Judges/pages.py demo/reports [SCREENSHOTS]

Fails on anything that the browser or axe complains of, on a page wider than its window, on text that is cut off or
written over other text, on ids given twice, on pictures and tables without a name, on headings that leave out a level,
on references that lead nowhere, on requests for anything but the page, and on a number that is broken over two lines on
paper. Chromium is the system's, or $CHROMIUM; pdftotext is Debian's poppler-utils.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

WINDOWS = {"phone": (390, 844), "narrow": (320, 640), "tablet": (768, 1024), "desk": (1280, 900)}

LOOK = r"""
() => {
  const found = [];
  const words = node => (node.textContent || '').trim().slice(0, 60);
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push(`page ${root.scrollWidth} wide in ${root.clientWidth}`);
  const ids = new Map();
  for (const node of document.querySelectorAll('[id]')) ids.set(node.id, (ids.get(node.id) || 0) + 1);
  for (const [id, count] of ids) if (count > 1) found.push(`id ${id} ${count} times`);
  for (const attribute of ['aria-labelledby', 'aria-describedby'])
    for (const node of document.querySelectorAll(`[${attribute}]`))
      for (const id of node.getAttribute(attribute).split(' '))
        if (!words(document.getElementById(id) || document.createElement('i'))) found.push(`${attribute} ${id} is nothing`);
  for (const link of document.querySelectorAll('a[href^="#"]'))
    if (!document.getElementById(link.getAttribute('href').slice(1))) found.push(`${link.href} leads nowhere`);
  for (const node of document.querySelectorAll('svg'))
    if (!node.parentElement.closest('svg') && node.getAttribute('aria-hidden') !== 'true'
        && !(node.getAttribute('role') === 'img' && node.getAttribute('aria-labelledby')))
      found.push('a picture without a name');
  for (const table of document.querySelectorAll('table')) {
    const box = table.parentElement;
    if (!box.matches('.scroll[tabindex="0"][role=region][aria-label]')) found.push('a table outside a named region');
    if (!table.querySelector('thead th[scope=col]')) found.push('a table without heads');
  }
  for (const name of ['header', 'main', 'footer', 'h1'])
    if (document.querySelectorAll(`body ${name}`).length !== 1) found.push(`not one ${name}`);
  let level = 0;
  for (const heading of document.querySelectorAll('h1,h2,h3,h4')) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) found.push(`${heading.tagName} after h${level}`);
    level = next;
  }
  for (const node of document.querySelectorAll('body *')) {
    if (node.closest('svg') || node.matches('.scroll') || !node.clientWidth) continue;
    if (node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== 'inline'
        && !node.querySelector('.scroll') && !node.closest('.scroll'))
      found.push(`${node.tagName} cuts off: ${words(node)}`);
  }
  for (const picture of document.querySelectorAll('svg[role=img]')) {
    const frame = picture.getBoundingClientRect();
    if (!frame.width) continue;
    const texts = [...picture.querySelectorAll('text')].map(node => [node, node.getBoundingClientRect()]).filter(([, box]) => box.width);
    for (const [node, box] of texts)
      if (box.left < frame.left - 1 || box.right > frame.right + 1) found.push(`text leaves its picture: ${words(node)}`);
    for (let i = 0; i < texts.length; i++)
      for (let j = i + 1; j < texts.length; j++) {
        const [a, b] = [texts[i][1], texts[j][1]];
        if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0
            && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4)
          found.push(`${words(texts[i][0])} is written over ${words(texts[j][0])}`);
      }
  }
  return found;
}
"""


# Whatever is longer is not worth the time of a browser.
MOST_ROWS = 400


def broken_numbers(page, pdf):
    """Numbers of the page's tables that no line of the printed page has in one piece."""
    numbers = page.evaluate(
        f"[...document.querySelectorAll('td.number')].filter(n => n.offsetParent).slice(0, {MOST_ROWS}).map(n => n.innerText)")
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    text = re.sub(r"[ \u00a0]+", " ", text)
    return [f"printed broken: {number}" for number in dict.fromkeys(numbers) if number.strip() not in text]


def axe_complaints(page):
    results = Axe().run(page).response["violations"]
    return [f"axe: {one['id']}, {len(one['nodes'])} times, as in {one['nodes'][0]['html'][:120]}" for one in results]


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    pages = sorted(pathlib.Path(sys.argv[1]).rglob("*.html"))
    if not pages:
        sys.exit(f"no HTML pages in {sys.argv[1]}")
    pictures = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ".build-judges/screenshots")
    pictures.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("no Chromium: apt-get install chromium, or name one in $CHROMIUM")
    complaints = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for path in pages:
            for window, (width, height) in WINDOWS.items():
                for theme in ["light", "dark"]:
                    context = browser.new_context(
                        viewport={"width": width, "height": height}, color_scheme=theme, device_scale_factor=1)
                    page = context.new_page()
                    found = []
                    page.on("console", lambda message: found.append(f"console: {message.text}"))
                    page.on("pageerror", lambda error: found.append(f"error: {error}"))
                    page.on("request", lambda request: request.url.startswith("file:") or found.append(request.url))
                    page.goto(path.resolve().as_uri())
                    name = f"{path.stem}-{window}-{theme}.png"
                    if window != "narrow":
                        page.screenshot(path=pictures / name, full_page=page.evaluate("document.body.scrollHeight") < 12000)
                    found += page.evaluate(LOOK)
                    page.evaluate("for (const node of document.querySelectorAll('details')) node.open = true")
                    found += [f"unfolded: {complaint}" for complaint in page.evaluate(LOOK)]
                    rows = page.evaluate("document.querySelectorAll('tr').length")
                    if window in ["phone", "desk"] and rows < MOST_ROWS: found += axe_complaints(page)
                    for complaint in dict.fromkeys(found):
                        print(f"{path.name}, {window}, {theme}: {complaint}")
                    complaints += len(found)
                    context.close()
            page = browser.new_page()
            page.goto(path.resolve().as_uri())
            if path.stat().st_size < 1_000_000:
                pdf = pictures / f"{path.stem}.pdf"
                page.pdf(path=pdf, prefer_css_page_size=True)
                broken = broken_numbers(page, pdf)
                for complaint in broken: print(f"{path.name}: {complaint}")
                complaints += len(broken)
            page.close()
        browser.close()
    print(f"{len(pages)} pages, {complaints} complaints; pictures in {pictures}")
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main()
