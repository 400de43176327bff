"""forecast.xlsx: what its sheets hold, and that other programs open it."""

import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from turnout import check_goal
from turnout.backtesting import Backtest
from turnout.errors import Spot
from turnout.forecast import Forecast
from turnout.forecast.words import model_word
from turnout.language import LANGUAGES, Language
from turnout.report import Background, write_workbook
from turnout.report.workbook import write as writing


@pytest.fixture(scope="module", params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> Language:
    language: Language = request.param
    return language


@pytest.fixture(scope="module")
def path(
    forecast: Forecast,
    tested: Backtest,
    background: Background,
    lang: Language,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    target = tmp_path_factory.mktemp("workbook") / "forecast.xlsx"
    goals = ["86%", "75%"]
    return write_workbook(
        forecast, goals, target, lang=lang, backtest=tested, background=background
    )


SHEETS = {
    "en": [
        "Summary",
        "Chart",
        "City or county",
        "Districts",
        "Areas",
        "Goal",
        "Backtest",
        "Found in the files",
        "Columns",
    ],
    "id": [
        "Ringkasan",
        "Grafik",
        "Kabupaten-kota",
        "Kecamatan",
        "Kelurahan-desa",
        "Target",
        "Uji mundur",
        "Temuan pada berkas",
        "Keterangan kolom",
    ],
}


def test_it_has_a_sheet_for_each_thing(path: Path, lang: Language) -> None:
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == SHEETS[lang]
    for page in book.worksheets[1:]:
        assert page.freeze_panes is not None
        assert page.freeze_panes.endswith("2")
        assert all(cell.value for cell in page[1])


def test_places_are_the_forecasts(path: Path, lang: Language, forecast: Forecast) -> None:
    table = pd.read_excel(
        path, engine="calamine", sheet_name=SHEETS[lang][4], dtype={"Kode": "str", "Code": "str"}
    )
    median = next(name for name in table if name.startswith("Median"))
    np.testing.assert_allclose(table[median], forecast.quantiles([0.5])[0], atol=1e-6)
    code = table["Code" if lang == "en" else "Kode"]
    assert code.tolist() == forecast.places["area_id"].tolist()
    missing = table["Voters missing" if lang == "en" else "Kekurangan pemilih"]
    check = check_goal(forecast, 0.86)
    assert abs(missing.sum() - check.gap_voters) <= len(table)


def test_numbers_are_numbers_with_formats_and_bars(path: Path, lang: Language) -> None:
    page = openpyxl.load_workbook(path)[SHEETS[lang][3]]
    formats = {cell.value: page.cell(2, cell.column).number_format for cell in page[1]}
    assert formats["P(goal)" if lang == "en" else "Peluang tercapai"].startswith('[<0.01]"<1%";')
    assert formats["Registered voters" if lang == "en" else "Pemilih terdaftar"] == "#,##0"
    assert all(
        isinstance(page.cell(2, cell.column).value, (int, float))
        for cell in page[1]
        if formats[cell.value] != "@" and cell.value not in ("Roll estimated", "Daftar perkiraan")
    )
    kinds = [rule.type for rules in page.conditional_formatting for rule in rules.rules]
    assert kinds == ["dataBar"] * 3
    widths = [page.column_dimensions[cell.column_letter].width for cell in page[1]]
    assert min(widths) > 8


def test_every_column_is_explained(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    explained = {row[0].value: row[1].value for row in book.worksheets[-1].iter_rows(min_row=2)}
    for page in book.worksheets[1:-1]:
        for cell in page[1]:
            assert len(explained[cell.value]) > 3, (page.title, cell.value)


def test_problems_tell_row_and_remedy(path: Path, lang: Language, background: Background) -> None:
    table = pd.read_excel(path, engine="calamine", sheet_name=SHEETS[lang][7])
    assert len(table) == len(background.findings)
    first = background.findings[0]
    assert table.iloc[0, 1] == first.spot.file
    assert first.remedy.say(lang, **first.values) in table.iloc[0].tolist()


def test_sheets_without_content_are_left_out(forecast: Forecast, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_workbook(forecast, None, tmp_path / "a.xlsx"))
    assert book.sheetnames == [
        "Summary",
        "Chart",
        "City or county",
        "Districts",
        "Areas",
        "Columns",
    ]
    assert not any("goal" in str(cell.value).lower() for cell in book["Areas"][1])


def test_a_scale_of_very_many_places_is_left_to_the_csv(
    forecast: Forecast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MOST_ROWS", 20)
    book = openpyxl.load_workbook(write_workbook(forecast, 0.86, tmp_path / "a.xlsx"))
    assert "Areas" not in book.sheetnames
    told = [str(row[0].value) for row in book["Summary"].iter_rows()]
    assert "The 68 places of the scale area are in forecast.csv alone." in told


def test_the_same_forecast_gives_the_same_bytes(forecast: Forecast, tmp_path: Path) -> None:
    names = ("one.xlsx", "other.xlsx")
    one, other = (write_workbook(forecast, 0.86, tmp_path / name).read_bytes() for name in names)
    assert one == other


@pytest.mark.slow
def test_libreoffice_opens_it(path: Path, soffice: str, tmp_path: Path, lang: Language) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path)]
    done = subprocess.run(
        [*command, str(path)], capture_output=True, text=True, timeout=180, check=True
    )
    converted = tmp_path / "forecast.ods"
    assert converted.exists(), done.stderr
    before = pd.read_excel(path, engine="calamine", sheet_name=None, header=None)
    after = pd.read_excel(converted, sheet_name=None, header=None, engine="calamine")
    chart = SHEETS[lang][1]  # a sheet of cells to LibreOffice, none to calamine
    assert [name for name in after if name != chart] == list(before)
    for name, page in before.items():
        assert after[name].dropna(how="all").shape == page.dropna(how="all").shape, name


def test_a_sheet_is_a_chart_of_the_cells_themselves(
    path: Path, forecast: Forecast, lang: Language
) -> None:
    [chart] = openpyxl.load_workbook(path).chartsheets[0]._charts
    title = {"en": "Districts", "id": "Kecamatan"}[lang]
    page = openpyxl.load_workbook(path)[title]
    view = forecast.at("district")
    shown = zip(chart.series, view.quantiles([0.95, 0.05, 0.5]), strict=True)
    for series, values in shown:
        sheet, cells = series.val.numRef.f.split("!")
        assert sheet == title
        held = [row[0].value for row in page[cells.replace("$", "")]]
        np.testing.assert_allclose(held, values, atol=1e-6)


def test_sheets_print_on_a4_with_their_headers(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for number, page in enumerate(book.worksheets):
        assert page.page_setup.paperSize == 9
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
        assert number == 0 or page.print_title_rows == "$1:$1"
    wide = {page.title: page.page_setup.orientation for page in book.worksheets}
    title = "Areas" if "Areas" in wide else "Kelurahan-desa"
    assert wide[title] == "landscape"


def test_rows_of_files_are_whole_numbers_where_some_problems_have_none(
    forecast: Forecast, background: Background, tmp_path: Path
) -> None:
    [one, *_] = background.findings
    none, second = replace(one, spot=Spot("a.csv")), replace(one, spot=Spot("a.csv", row=2))
    more = replace(background, findings=(none, second))
    book = openpyxl.load_workbook(
        write_workbook(forecast, None, tmp_path / "a.xlsx", background=more)
    )
    headers, *rows = book["Found in the files"].iter_rows(values_only=True)
    assert [row[headers.index("Row")] for row in rows] == [None, "2"]


def test_the_stations_that_are_in_have_a_column_during_a_count(
    forecast: Forecast, tmp_path: Path
) -> None:
    share = np.linspace(0, 1, len(forecast.places))
    counting = replace(forecast, places=forecast.places.assign(counted_share=share))
    for made, told in ((forecast, False), (counting, True)):
        book = openpyxl.load_workbook(write_workbook(made, None, tmp_path / f"{told}.xlsx"))
        headers, *rows = book["Areas"].iter_rows(values_only=True)
        assert ("Stations in" in headers) == told
    assert [row[headers.index("Stations in")] for row in rows] == pytest.approx(share, abs=1e-6)


def test_models_have_their_plain_names(path: Path, lang: Language) -> None:
    sheet = openpyxl.load_workbook(path)[SHEETS[lang][6]]
    headers = [cell.value for cell in sheet[1]]
    models = {row[headers.index("Model")] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert models
    assert models <= {model_word(name, lang, first=True) for name in MODELS}
    assert not models & set(MODELS)


MODELS = ("HierarchicalModel", "LastTurnout", "LastOfType", "UniformSwing", "BinomialGLM")
