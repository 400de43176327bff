"""A run on results that tell disabled voters and age groups, and what it writes of them."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from turnout import LastTurnout, by_group, read_results
from turnout.elections import Election
from turnout.report import Background, write_workbook
from turnout.report.document.content import document_of
from turnout.report.page.html import report_page

HEADERS = (
    "date,election_type,city,area,registered,voters,Pemilih disabilitas,Pengguna disabilitas,"
    "DPT usia 17-25 tahun,Pengguna usia 17-25 tahun,DPT usia 26 tahun ke atas,"
    "Pengguna usia 26 tahun ke atas"
)
RESULTS = f"""{HEADERS}
2018-06-27,pilkada,Kota,Murni,2000,1400,40,18,500,300,1500,1100
2018-06-27,pilkada,Kota,Legok,3000,2050,60,22,700,430,2300,1620
2018-06-27,pilkada,Kota,Dusun,1005,700,5,2,205,120,800,580
"""
OPTIONS = ["--date", "2024-11-27", "--type", "pilkada", "--model", "last-turnout"]


@pytest.fixture
def results(tmp_path: Path) -> Path:
    path = tmp_path / "results.csv"
    path.write_text(RESULTS, encoding="utf-8")
    return path


def test_a_run_writes_by_group_and_score_scores_it(
    undrawn: Callable[..., int], results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert undrawn("run", str(results), *OPTIONS, "--draws", "200", "--lang", "id") == 0
    table = pd.read_csv("forecast-out/by_group.csv")
    assert table["partition"].unique().tolist() == ["disability", "age"]
    blank = table[table["suppressed"].notna()]
    assert set(zip(blank["partition"], blank["area"], strict=True)) == {
        ("disability", "Dusun"),
        ("disability", "Murni"),
    }
    assert blank[["registered", "median", "lower", "upper"]].isna().all().all()
    said = " ".join(capsys.readouterr().out.split())
    assert "Pemilih usia 17–25 tahun: " in said
    outcome = RESULTS.replace("2018-06-27", "2024-11-27").replace(
        "Murni,2000,1400", "Murni,2000,1401"
    )
    outcome = outcome.replace("1500,1100", "1500,1101").replace("1005,700", "1005,701")
    outcome = outcome.replace("800,580", "800,581")
    Path("outcome.csv").write_text(outcome, encoding="utf-8")
    target = ["--target", "age_17_25=60%"]
    assert undrawn("score", "forecast-out", "outcome.csv", *target, "--lang", "id") == 0
    scored = pd.read_csv("forecast-out/by_group-scored.csv")
    young = scored[(scored["group"] == "age_17_25") & (scored["figure"] == "turnout")]
    legok = young[(young["area"] == "Legok") & (young["level"] == 0.9)]
    assert legok["actual"].item() == pytest.approx(430 / 700, abs=1e-6)
    lkj = pd.read_csv("forecast-out/lkj.csv").set_index("Indikator kinerja")
    row = lkj.loc["Tingkat partisipasi pemilih usia 17–25 tahun"]
    assert row["Realisasi %"] == pytest.approx(100 * 850 / 1405, abs=0.005)
    assert row["Target %"] == 60
    whole = pd.read_csv("forecast-out/participation.csv").iloc[0]
    assert (whole["voters_disabled"], whole["registered_age_26_up"]) == (42, 4600)


@pytest.mark.slow
def test_a_run_whose_groups_do_not_add_up_says_so(
    undrawn: Callable[..., int], results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = RESULTS.replace(",1100\n", ",1101\n").replace(",1620\n", ",1621\n")
    results.write_text(wrong.replace(",580\n", ",581\n"), encoding="utf-8")
    assert undrawn("run", str(results), *OPTIONS, "--draws", "200") == 0
    table = pd.read_csv("forecast-out/by_group.csv")
    assert table["partition"].unique().tolist() == ["disability"]
    assert "3 rows do not" in " ".join(capsys.readouterr().out.split())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "titles"),
    [
        ("en", ["Voters with disabilities", "Age groups"]),
        ("id", ["Pemilih penyandang disabilitas", "Kelompok usia"]),
    ],
)
def test_report_and_workbook_tell_the_groups(
    tmp_path: Path, results: Path, lang: str, titles: list[str]
) -> None:
    table = read_results(results)
    election = Election("2024-11-27", "pilkada")
    forecast = LastTurnout().fit(table).forecast(election, draws=200, seed=1)
    background = Background(groups=tuple(by_group(forecast, table).values()))
    page = report_page(document_of(forecast, None, {}, lang=lang, background=background), {})
    assert page.count('id="disability"') == page.count('id="age"') == 1
    path = write_workbook(forecast, None, tmp_path / "f.xlsx", lang=lang, background=background)
    book = CalamineWorkbook.from_path(path)
    assert set(titles) <= set(book.sheet_names)
    rows = book.get_sheet_by_name(titles[0]).to_python()
    assert len(rows) == 5
    assert sum("10" in str(row[-1]) for row in rows[1:]) == 2
