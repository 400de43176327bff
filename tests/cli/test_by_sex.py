"""A run on results that tell women and men, and what it writes of them."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from turnout import Forecast, LastTurnout, by_sex, read_results
from turnout.elections import Election
from turnout.report import Background, write_workbook
from turnout.report.document.content import document_of
from turnout.report.page.html import report_page

RESULTS = """date,election_type,city,area,registered,DPT L,DPT P,voters,voters_l,voters_p
2018-06-27,pilkada,Kota,Murni,2000,990,1010,1400,660,740
2018-06-27,pilkada,Kota,Legok,3000,1480,1520,2050,960,1090
2018-06-27,pilkada,Kota,Dusun,1005,1000,5,700,696,4
"""


@pytest.fixture
def results(tmp_path: Path) -> Path:
    path = tmp_path / "results.csv"
    path.write_text(RESULTS, encoding="utf-8")
    return path


def test_a_run_writes_by_sex(
    undrawn: Callable[..., int], results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--date", "2024-11-27", "--type", "pilkada", "--model", "last-turnout"]
    assert undrawn("run", str(results), *options, "--draws", "200", "--lang", "id") == 0
    table = pd.read_csv("forecast-out/by_sex.csv")
    assert table["scale"].unique().tolist() == ["city", "area"]
    assert table["group"].unique().tolist() == ["women", "men", "gap"]
    blank = table[table["suppressed"].notna()]
    assert set(blank["area"]) == {"Dusun", "Murni"}
    assert blank[["registered", "median", "lower", "upper"]].isna().all().all()
    whole = table[table["scale"] == "city"].set_index("group")
    assert whole.loc["women", "registered"] + whole.loc["men", "registered"] == 6005
    assert "selisih perempuan dan laki-laki" in " ".join(capsys.readouterr().out.split())
    outcome = RESULTS.replace("2018-06-27", "2024-11-27")
    outcome = outcome.replace("1400,660", "1401,661").replace("700,696", "701,697")
    Path("outcome.csv").write_text(outcome, encoding="utf-8")
    assert undrawn("score", "forecast-out", "outcome.csv") == 0
    scored = pd.read_csv("forecast-out/by_sex-scored.csv")
    assert set(scored["area"].dropna()) == {"Legok"}
    legok = scored[(scored["area"] == "Legok") & (scored["level"] == 0.9)].set_index("group")
    assert legok.loc["women", "actual"] == pytest.approx(1090 / 1520, abs=1e-6)
    assert "Kota, women less men:" in " ".join(capsys.readouterr().out.split())
    Path("forecast-out/by_sex.csv").write_text("scale\n", encoding="utf-8")
    assert undrawn("order", "forecast-out") == 2
    assert "by_sex.csv in forecast-out is not as" in " ".join(capsys.readouterr().err.split())


@pytest.mark.slow
def test_a_run_whose_sexes_do_not_add_up_says_so(
    undrawn: Callable[..., int], results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = RESULTS.replace(",660,", ",661,").replace(",960,", ",961,").replace(",696,", ",697,")
    results.write_text(wrong, encoding="utf-8")
    options = ["--date", "2024-11-27", "--type", "pilkada", "--model", "last-turnout"]
    assert undrawn("run", str(results), *options, "--draws", "200") == 0
    assert not Path("forecast-out/by_sex.csv").exists()
    assert "3 rows do not" in " ".join(capsys.readouterr().out.split())


@pytest.mark.slow
def test_of_very_many_places_fewer_draws_are_split(
    undrawn: Callable[..., int],
    results: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("turnout.cli.by_group.MOST_SPLIT", 240)
    options = ["--date", "2024-11-27", "--type", "pilkada", "--model", "last-turnout"]
    assert undrawn("run", str(results), *options, "--draws", "200") == 0
    assert "67 of the 200 draws" in " ".join(capsys.readouterr().out.split())
    assert Path("forecast-out/by_sex.csv").exists()


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "title"), [("en", "Women and men"), ("id", "Perempuan")])
def test_report_and_workbook_tell_women_and_men(
    tmp_path: Path, results: Path, lang: str, title: str
) -> None:
    table = read_results(results)
    election = Election("2024-11-27", "pilkada")
    forecast: Forecast = LastTurnout().fit(table).forecast(election, draws=200, seed=1)
    background = Background(sexes=by_sex(forecast, table))
    page = report_page(document_of(forecast, None, {}, lang=lang, background=background), {})
    assert page.count('id="sexes"') == 1
    assert 'href="#sexes"' in page
    path = write_workbook(forecast, None, tmp_path / "f.xlsx", lang=lang, background=background)
    book = CalamineWorkbook.from_path(path)
    sheet = next(name for name in book.sheet_names if name.startswith(title))
    rows = book.get_sheet_by_name(sheet).to_python()
    assert len(rows) == 5
    assert sum("10" in str(row[-1]) for row in rows[1:]) == 2
