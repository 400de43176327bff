"""Votes of a total that none of its places holds are told, whichever total holds them."""

import pandas as pd
import pytest

from turnout.areas import build_panel
from turnout.elections import Election
from turnout.models.notes import history_notes
from turnout.models.unplaced import unplaced_notes

COMING = Election("2024-11-27", "pilkada")
AREAS = [
    ("Utara", "Murni", 1000, 700),
    ("Utara", "Legok", 3000, 1800),
    ("Selatan", "K", 2000, 1500),
]


def said(*more: tuple[str | None, str | None, int, int]) -> list[str]:
    columns = ["district", "area", "registered", "voters"]
    results = pd.DataFrame([*AREAS, *more], columns=columns)
    results = results.assign(city="Kota", election_type="pilkada", date="2020-12-09")
    panel = build_panel(results, election=COMING)
    notes = unplaced_notes(panel, panel.contest_of(COMING))
    assert all(note in history_notes(panel, panel.contest_of(COMING)) for note in notes)
    return [note.say("en") for note in notes]


@pytest.mark.parametrize(
    ("total", "told"),
    [
        (("Utara", None, 4000, 2900), "10.0 points of turnout (Utara, pilkada 2020)"),
        ((None, None, 6000, 4600), "10.0 points of turnout (Kota, pilkada 2020)"),
    ],
)
def test_a_total_with_more_voters_than_its_places_is_told(total, told):
    (note,) = said(total)
    assert note.startswith("1 past total holds more voters")
    assert told in note


@pytest.mark.parametrize(
    "total",
    [
        ("Utara", None, 4000, 2500),  # all of them
        ("Utara", None, 4000, 2510),  # a quarter of a point
        ("Utara", None, 4000, 2400),  # fewer
        ("Utara", None, 9000, 6000),  # of places that are not known
    ],
)
def test_a_total_that_its_places_explain_is_not_told(total):
    assert said(total) == []


def of_one_county(*more: tuple[str | None, int, int]) -> list[str]:
    """Areas right under a whole that no column names."""
    rows = [("P1", 1000, 400), ("P2", 900, 380), *more]
    results = pd.DataFrame(rows, columns=["area", "registered", "voters"])
    results = results.assign(election_type="pilkada", date="2020-12-09")
    panel = build_panel(results, election=COMING)
    notes = unplaced_notes(panel, panel.contest_of(COMING))
    return [note.say(lang) for note in notes for lang in ("en", "id")]


def test_a_whole_without_a_name_is_told_as_the_whole():
    en, local = of_one_county((None, 1900, 1080))
    assert "15.8 points of turnout (the whole, pilkada 2020)" in en
    assert "15,8 poin partisipasi (keseluruhan, Pilkada 2020)" in local


def test_a_whole_without_a_name_that_its_places_explain_is_not_told():
    assert of_one_county((None, 1900, 780)) == []
