"""Draw the first screen of the report on a phone, in both languages, from the present model.

python docs/phone.py        (needs Chromium)
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

import turnout

HERE = Path(__file__).resolve().parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Write report-phone.png and report-phone.id.png beside this file."""
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        sys.exit("report-phone.png was not drawn anew: Chromium is not installed.")
    jambi = turnout.load_jambi()
    fitted = turnout.HierarchicalModel().fit(jambi.results, crosswalk=jambi.crosswalk)
    election = turnout.Election("2024-11-27", "pilkada")
    forecast = fitted.forecast(election, roll=jambi.roll, seed=1)
    with tempfile.TemporaryDirectory() as folder:
        for lang, name in (("en", "report-phone.png"), ("id", "report-phone.id.png")):
            page = Path(folder, f"{lang}.html")
            turnout.write_report(forecast, "86%", page, lang=lang)
            shot = Image.open(io.BytesIO(first_screen(page, browser)))
            shot.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(HERE / name)


def first_screen(page: Path, browser: str) -> bytes:
    """Return what a phone shows of a page first."""
    with sync_playwright() as playwright:
        window = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        tab = window.new_page(viewport={"width": 390, "height": 844})
        tab.goto(page.as_uri())
        shot = tab.screenshot()
        window.close()
    return shot


if __name__ == "__main__":
    main()
