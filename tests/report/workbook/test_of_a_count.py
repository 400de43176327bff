"""What forecast.xlsx and the report tell of a count first, and of places that are all in."""

import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from turnout import Election, HierarchicalModel, check_goal
from turnout.forecast import Forecast
from turnout.goals import standing
from turnout.report import write_workbook
from turnout.report.document.answer import answer_cards
from turnout.report.document.blocks import Bullets
from turnout.report.document.content import document_of

PAST = pd.DataFrame(
    [
        (day, district, area, 1000, voters + shift)
        for day, shift in (("2013-06-27", 5), ("2018-06-27", 0))
        for district, area, voters in (
            ("Utara", "A", 700),
            ("Utara", "B", 600),
            ("Selatan", "C", 650),
            ("Selatan", "D", 640),
        )
    ],
    columns=["date", "district", "area", "registered", "voters"],
).assign(election_type="pilkada", city="Kota")


def forecast(*areas: str) -> Forecast:
    count = PAST[(PAST["date"] == "2018-06-27") & PAST["area"].isin(areas)]
    count = count.drop(columns=["date", "election_type"])
    coming = Election("2024-11-27", "pilkada")
    return HierarchicalModel().fit(PAST).forecast(coming, counted=count, draws=400, seed=1)


def sheet(made: Forecast, path: Path, name: str) -> list[dict[str, object]]:
    page = openpyxl.load_workbook(write_workbook(made, "65%", path / "a.xlsx", lang="id"))[name]
    head, *rows = page.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_the_summary_begins_with_whether_it_can_be_called(tmp_path: Path) -> None:
    made = forecast("A")
    book = openpyxl.load_workbook(write_workbook(made, "65%", tmp_path / "a.xlsx", lang="id"))
    told = [str(row[0].value) for row in book["Ringkasan"].iter_rows()]
    said = standing(made, "65%").lines("id")
    assert told[1 : 1 + len(said)] == said


@pytest.mark.parametrize("areas", ["A", "ABCD"])
def test_so_does_the_report(areas: str) -> None:
    made = forecast(*areas)
    document = document_of(made, check_goal(made, "65%"), {}, lang="en")
    first = next(block for block in document.sections[0].blocks if isinstance(block, Bullets))
    said = standing(made, "65%").lines("en")
    assert list(first.lines[: len(said)]) == said


def test_the_card_says_that_nothing_can_be_called_yet() -> None:
    made = forecast("A")
    (card, *_) = answer_cards(made, check_goal(made, "65%"), "id")
    assert card.detail.startswith("belum dapat dinyatakan dari hasil hitung; peluang ")


def test_what_is_all_in_is_reached_or_missed(tmp_path: Path) -> None:
    words = {
        row["Kelurahan/desa"]: row["Keterangan"]
        for row in sheet(forecast("A", "B"), tmp_path, "Kelurahan-desa")
    }
    assert (words["A"], words["B"]) == ("tercapai", "tidak tercapai")
    assert not {words["C"], words["D"]} & {"tercapai", "tidak tercapai"}


def test_contests_are_named_in_words_and_stations_that_nobody_tells_are_left_out(
    tmp_path: Path,
) -> None:
    rows = sheet(forecast("A"), tmp_path, "Kelurahan-desa")
    assert {row["Pemilihan itu"] for row in rows} == {"Pilkada 2018"}
    assert "TPS lalu diketahui" not in rows[0]


def test_past_stations_that_lack_are_shown(tmp_path: Path) -> None:
    past = PAST.assign(stations_counted=3.0, stations_total=4.0)
    coming = Election("2024-11-27", "pilkada")
    made = HierarchicalModel().fit(past).forecast(coming, draws=400, seed=1)
    assert {row["TPS lalu diketahui"] for row in sheet(made, tmp_path, "Kelurahan-desa")} == {0.75}


def test_a_complete_count_has_turnout_and_no_medians_intervals_or_chances(tmp_path: Path) -> None:
    made = forecast(*"ABCD")
    book = openpyxl.load_workbook(write_workbook(made, "65%", tmp_path / "a.xlsx", lang="id"))
    assert "Grafik" not in book.sheetnames
    for page in book:
        heads = " ".join(str(cell.value) for cell in page[1])
        assert not re.search("Median|Rentang|Peluang|Tercapai [0-9]", heads), page.title
    [row, *_] = sheet(made, tmp_path, "Kelurahan-desa")
    assert (row["Tingkat partisipasi"], row["Keterangan"]) == (0.65, "tercapai")
    assert {"Median tingkat partisipasi", "Peluang tercapai"} <= set(
        sheet(forecast("A"), tmp_path, "Kelurahan-desa")[0]
    )
