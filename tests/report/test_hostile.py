"""Names that want to be code: in a browser, in a spreadsheet program, in figures."""

import io
import subprocess
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from turnout import Election, check_goal, write_report
from turnout.errors import DataWarning
from turnout.forecast import Forecast
from turnout.plots.figures import figures_of
from turnout.plots.rendering import rendered
from turnout.report import write_workbook

NAMES = [
    "<script>document.title='hacked'</script>",
    "<img src=http://127.0.0.1:9 onerror=document.title='hacked'>",
    "=1+1",
    "=cmd|' /C calc'!A0",
    "@SUM(1;1)",
    "+62-Murni",
    "{{ 7 * 7 }} ${7*7} $x_2$ \\frac",
    "]]>&lt;!-- --> \u202eevil",
    "مرني e\u0301",
]


def forecast_of(names: list[str], city: str = "Kota [/]") -> Forecast:
    places = pd.DataFrame(
        {
            "city": city,
            "district": [f"=d{number % 2}<b>" for number in range(len(names))],
            "area": names,
            "registered": np.arange(1, len(names) + 1) * 100.0,
        }
    )
    draws = np.random.default_rng(1).beta(60, 40, (300, len(names)))
    return Forecast(Election("2030-11-27", "=pil<i>kada"), places, draws, "area")


@pytest.mark.slow
def test_a_report_of_hostile_names_runs_and_loads_nothing(tmp_path: Path, chromium: str) -> None:
    from playwright.sync_api import sync_playwright

    page_file = write_report(forecast_of(NAMES), "70%", tmp_path / "report.html")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        asked: list[str] = []
        dialogs: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        page.goto(page_file.as_uri())
        page.wait_for_timeout(300)
        shown = page.evaluate("document.body.textContent")
        title = page.title()
        scripts = page.evaluate("document.scripts.length")
        images = page.evaluate("[...document.images].every(i => i.src.startsWith('data:'))")
        browser.close()
    own = [url for url in asked if not url.startswith("data:")]
    assert own == [page_file.as_uri()]
    assert dialogs == []
    assert "hacked" not in title
    plain = page_file.read_text(encoding="utf-8")
    assert scripts == plain.count("<script>")  # the page's own alone
    assert images
    for name in NAMES:
        assert name.replace("\u202e", "") in shown


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")
def test_a_workbook_of_hostile_names_has_no_formula(tmp_path: Path, soffice: str) -> None:
    path = write_workbook(forecast_of(NAMES), "70%", tmp_path / "forecast.xlsx")
    command = [soffice, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    convert = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, *convert, str(path)], check=True, capture_output=True, timeout=300)
    for book in (path, tmp_path / "out" / "forecast.xlsx"):
        cells = [
            cell
            for sheet in openpyxl.load_workbook(io.BytesIO(book.read_bytes()))
            for row in sheet.iter_rows()
            for cell in row
        ]
        assert not [cell for cell in cells if cell.data_type == "f"]
        values = {cell.value for cell in cells}
        assert {"=1+1", "=cmd|' /C calc'!A0", "@SUM(1;1)"} <= values


@pytest.mark.slow
@pytest.mark.parametrize("size", [5_000, 32_768])
def test_long_names_are_cut_in_every_figure_and_told(size: int) -> None:
    forecast = forecast_of([f"{number}{'x' * size}" for number in range(3)], "c" * size)
    names = ("map", "districts", "total")
    with pytest.warns(DataWarning, match="longer than 60 letters"):
        drawn = drawn_of(forecast, names)
    assert all(len(one) < 1_000_000 for one in drawn)


def drawn_of(forecast: Forecast, names: tuple[str, ...]) -> list[bytes]:
    figures = figures_of(forecast, check_goal(forecast, "70%"))
    return [rendered(figures[name](), ["svg"]).content["svg"] for name in names]
