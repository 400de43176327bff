"""One run does each slow thing once: opening, drafting, integrating, laying figures out."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from matplotlib.layout_engine import ConstrainedLayoutEngine

from turnout.cli import files
from turnout.models.tree import model, posterior
from turnout.reading import draft_file
from turnout.reading.files import sheets

Run = Callable[..., int]

ROWS = [
    {"date": date, "type": kind, "city": "Kota", "area": area, "registered": 1000, "voters": voters}
    for date, kind, voters in (
        ("2015-12-09", "pilkada", 700),
        ("2019-04-17", "pemilu", 800),
        ("2020-12-09", "pilkada", 650),
    )
    for area in ("Kasang", "Murni")
]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count the calls of what is slow."""
    calls: Counter[str] = Counter()

    def spy(owner: Any, name: str, key: str) -> None:
        original = getattr(owner, name)

        def spied(*arguments: Any, **named: Any) -> Any:
            calls[key] += 1
            return original(*arguments, **named)

        monkeypatch.setattr(owner, name, spied)

    spy(sheets, "packed_grids", "opened")
    spy(draft_file, "find_sheets", "drafted")
    spy(model, "panel_of", "built")
    spy(posterior, "integrate", "integrated")
    spy(ConstrainedLayoutEngine, "execute", "laid out")
    return calls


@pytest.mark.slow
def test_a_run_does_each_slow_thing_once(command: Run, counted: Counter[str]) -> None:
    pd.DataFrame(ROWS).to_excel("hasil.xlsx", index=False)
    asked = ("--date", "2024-11-27", "--type", "pilkada", "--goal", "70%", "--draws", "200")
    assert command("run", "hasil.xlsx", *asked) == 0
    figures = {"total", "history", "goal", "districts", "areas", "heatmap", "multiples", "map"}
    assert counted == {
        "opened": 1,
        "drafted": 1,
        "built": 2,  # of the past, which the model is fitted to, and with the coming election
        "integrated": 1,
        "laid out": 2 * len(figures) + 1,  # and map-goal; on a phone all but areas
    }


def test_a_check_of_results_drafts_them_once(command: Run, counted: Counter[str]) -> None:
    pd.DataFrame(ROWS).to_csv("hasil.csv", index=False)
    assert command("check", "hasil.csv") == 0
    assert counted == {"drafted": 1}


@pytest.mark.parametrize(
    ("columns", "role"),
    [
        (["date", "type", "area", "registered", "voters"], "results"),
        (["date", "type", "area", "registered", "voters", "note"], "results"),
        (["area", "registered"], "roll"),
        (["new_area", "old_area", "weight"], "crosswalk"),
        (["date", "area", "kind", "reached"], "outreach"),
    ],
)
def test_headers_alone_name_results_only(columns: list[str], role: str) -> None:
    cells = {"date": "2015-12-09", "type": "pilkada", "weight": 1.0, "kind": "tatap muka"}
    table = pd.DataFrame([{name: cells.get(name, 10) for name in columns}])
    assert files.role_of(table) == role


ELECTIONS = {"Tanggal": ["27 Juni 2018"] * 2, "Kelurahan": ["A", "B"]}


@pytest.mark.parametrize("kind", ["Pilwako", "Pemilihan Gubernur"])
@pytest.mark.parametrize("counts", [("Pemilih", "Suara"), ("L", "P", "Jumlah")])
def test_a_table_of_elections_whose_counts_are_unclear_is_asked_about(
    kind: str, counts: tuple[str, ...]
) -> None:
    unclear = pd.DataFrame(ELECTIONS | {"Jenis": kind} | dict.fromkeys(counts, 10))
    assert files.role_of(unclear) == "results"
    readings = files.read_all(unclear)
    assert {one.rule for one in readings["results"].errors} >= {"ambiguous_header"}


def test_a_log_of_activities_for_an_election_stays_one() -> None:
    log = pd.DataFrame(ELECTIONS | {"Jenis": "Sosialisasi Pilkada", "Jumlah": 10})
    assert files.role_of(log) == "outreach"
