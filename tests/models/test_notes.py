"""Where no roll is given, areas that the newest contest lacks are told, not lost in silence."""

import pandas as pd

from turnout.areas import build_panel
from turnout.elections import Election
from turnout.models.notes import history_notes

COMING = Election("2030-11-27", "pilkada")
ROWS = pd.DataFrame(
    {
        "date": ["2024-11-27"] * 3 + ["2025-04-19"],
        "election_type": "pilkada",
        "area": ["Aman", "Baru", "Cempaka", "Aman"],
        "registered": [1000, 3000, 2000, 400],
        "voters": [700, 1800, 1500, 220],
    }
)
TOLD = (
    "Not in the newest contest, and so not forecast: 2 areas of past contests with 5,000 "
    "registered voters. The total covers the other 1."
)


def said(results: pd.DataFrame, roll: pd.DataFrame | None = None) -> list[str]:
    panel = build_panel(results, roll=roll, election=COMING)
    notes = [note.say("en") for note in history_notes(panel, panel.contest_of(COMING))]
    return [note for note in notes if note.startswith("Not in the newest")]


def test_areas_that_a_repeat_poll_lacks_are_told() -> None:
    (note,) = said(ROWS)
    assert note.startswith(TOLD)


def test_a_roll_says_itself_who_votes() -> None:
    roll = pd.DataFrame({"area": ["Aman", "Baru"], "registered": [1000, 3000]})
    assert said(ROWS, roll) == []


def test_nothing_is_said_where_the_newest_contest_has_all() -> None:
    assert said(ROWS.iloc[:3]) == []


def test_an_area_whose_voters_went_to_others_is_not_missing() -> None:
    crosswalk = pd.DataFrame({"new_area": ["Elok"], "old_area": ["Damai"], "weight": [1.0]})
    split = ROWS.iloc[:3].assign(
        date=["2020-12-09", "2024-11-27", "2024-11-27"], area=["Damai", "Elok", "Baru"]
    )
    panel = build_panel(split, crosswalk=crosswalk, election=COMING)
    told = [note.say("en") for note in history_notes(panel, panel.contest_of(COMING))]
    assert not [note for note in told if note.startswith("Not in the newest")]
