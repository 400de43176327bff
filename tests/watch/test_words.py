"""A night in words: while stations are out, and when all are in."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from turnout.language import Language
from turnout.quick_count import SampleEstimate
from turnout.watch.night import Standing
from turnout.watch.update import Update, Whole
from turnout.watch.words import say_standing


def told(
    lang: Language,
    lower: float,
    upper: float,
    share: float,
    sample: SampleEstimate | None = None,
    count: pd.DataFrame | None = None,
) -> list[str]:
    """Return what is said of a city of 1,000 voters with a goal of 65%."""
    ends = (lower,) * 3, (upper,) * 3
    whole = Whole(1000.0, 0.629, 0.629, *ends, 0.0, share, 1000.0, 629.0, sample)
    at = dt.datetime(2024, 11, 28, 2, 56, tzinfo=dt.UTC)
    empty = pd.DataFrame()
    rows = empty if count is None else count
    place = {"en": "Jambi", "id": "Jambi"}
    update = Update(at, "x", "a", at, whole, empty, empty, rows, (), 0.629, 0.65, place)
    return say_standing(Standing(update), lang)


def test_a_whole_count_is_told_as_one() -> None:
    assert told("en", 0.629, 0.629, 1.0) == [
        "Jambi: turnout of 62.9%; all stations are in.",
        "The goal of 65% is missed.",
        "All stations are in: this is the count, not a forecast. "
        "As of 28 November 2024, 02:56 UTC.",
    ]
    assert told("id", 0.629, 0.629, 1.0)[:2] == [
        "Jambi: partisipasi 62,9%; semua TPS sudah masuk.",
        "Target 65% tidak tercapai.",
    ]


@pytest.mark.parametrize(("lower", "upper", "share"), [(0.61, 0.64, 0.9), (0.0, 1.0, 1.0)])
def test_what_is_open_or_in_doubt_is_no_whole_count(
    lower: float, upper: float, share: float
) -> None:
    said = " ".join(told("en", lower, upper, share))
    assert f"turnout forecast 62.9%, {share:.1%} of stations in; between" in said
    assert "with a probability of 90%" in said
    assert "All stations" not in said


def test_a_sample_stands_beside_the_forecast_and_beside_the_count() -> None:
    sample = SampleEstimate(0.64, 0.01, 30, 1_000)
    alone = "Sampel saja (30 dari 1.000 TPS): 64,0%, galat baku 1,0 poin, rentang 90% 62,3% s.d."
    beside = [line for line in told("id", 0.61, 0.64, 0.5, sample) if alone in line]
    assert len(beside) == 1
    assert beside[0].endswith("hasil hitung: 62,9%, 61,0% s.d. 64,0%.")
    whole = [line for line in told("id", 0.629, 0.629, 1.0, sample) if alone in line]
    assert len(whole) == 1
    assert "Prakiraan" not in whole[0]
    assert not any("Sampel" in line for line in told("id", 0.61, 0.64, 0.5))


@pytest.mark.parametrize("stations", [{}, {"stations_total": [3.0, None]}])
def test_a_count_without_word_of_stations_is_not_said_to_be_all_of_them(stations) -> None:
    rows = pd.DataFrame({"area": ["A", "B"], **stations})
    headline, _, counted = told("en", 0.629, 0.629, 1.0, count=rows)
    assert headline == "Jambi: turnout of 62.9%; read as whole counts, no stations told."
    assert "if only some stations are in, it is wrong" in counted
    told_all = rows.assign(stations_total=3.0)
    assert "all stations are in" in told("en", 0.629, 0.629, 1.0, count=told_all)[0]


@pytest.mark.parametrize("lang", ["en", "id"])
def test_an_interval_whose_ends_are_not_known_is_not_told(lang: Language) -> None:
    [few] = [line for line in told(lang, 0.0, 1.0, 0.4) if "--draws 4000" in line]
    assert "100" not in few
    assert "65%" in few
    assert not any("--draws" in line for line in told(lang, 0.6, 0.67, 0.4))


@pytest.mark.parametrize(
    ("doubt", "reason", "alasan"),
    [("doubtful", "are in doubt", "diragukan"), ("on_top", "not clear yet", "belum jelas")],
)
def test_a_count_in_doubt_is_open_for_its_doubt_and_not_for_its_draws(
    doubt: str, reason: str, alasan: str
) -> None:
    whole = Whole(
        1000.0, 0.629, 0.629, (0.629, 0.629, 0.0), (0.629, 0.629, 1.0), 0.0, 1.0, 1e3, 629
    )
    empty, at = pd.DataFrame(), dt.datetime(2024, 11, 28, 2, 56, tzinfo=dt.UTC)
    place = {"en": "Jambi", "id": "Jambi"}
    update = Update(at, "x", "a", at, whole, empty, empty, empty, (), 0.629, 0.65, place)
    doubted = replace(update, whole=replace(whole, **{doubt: True}))
    headline, goal, *_ = say_standing(Standing(doubted), "en")
    assert headline.startswith("Jambi: turnout of 62.9% ")
    assert "not clear yet" in goal
    assert reason in headline
    assert {"doubtful": "are in doubt", "on_top": "postal"}[doubt] in goal
    assert "--draws" not in goal
    headline, goal, *_ = say_standing(Standing(doubted), "id")
    assert alasan in headline
    assert {"doubtful": "diragukan", "on_top": "suara pos"}[doubt] in goal
    assert "--draws" in say_standing(Standing(update), "en")[1]
