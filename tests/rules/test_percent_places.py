"""Some places of an election have percentages, or shares, for voters, beside others with counts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from turnout.errors import DataError
from turnout.models.tree.model import HierarchicalModel
from turnout.reading.reading import Reading
from turnout.reading.results import load_counted, load_results

PLACES, INSIDE = 40, 8


def election(
    wrong: int = 0, apart: int = 1, size: tuple[int, int] = (700, 4000), decimals: int = 0
) -> pd.DataFrame:
    """Return an election of which some places, so many rows apart, have percentages.

    Of three decimals these are shares; of one or two the last place is a whole number by chance.
    """
    rng = np.random.default_rng(4)
    registered = rng.integers(*size, PLACES)
    turnout = 1 / (1 + np.exp(-rng.normal(0.9, 0.25, PLACES)))
    where = np.isin(np.arange(PLACES), apart * np.arange(wrong))
    figures = (100 * turnout if decimals < 3 else turnout).round(decimals)
    figures[where.nonzero()[0][1:][-1:]] = 74 if decimals < 3 else 0.74
    table = pd.DataFrame({"registered": registered, "voters": (turnout * registered).round()})
    table["voters"] = table["voters"].where(~where, figures)
    table["district"] = [f"Kecamatan {place // INSIDE}" for place in range(PLACES)]
    table["area"] = [f"Desa {place:02d}" for place in range(PLACES)]
    return table.assign(date="2020-12-09", election_type="pilkada")


@pytest.mark.parametrize("load", [load_results, load_counted])
@pytest.mark.parametrize(
    ("wrong", "apart", "decimals"),
    [
        *[(3, 1, 0), (8, 1, 0), (3, 10, 0), (30, 1, 0)],
        # What has decimals is no count: one is enough, and takes a whole one with it.
        *[(1, 1, 1), (2, 1, 2), (8, 1, 1), (3, 10, 1), (30, 1, 1), (1, 1, 3), (8, 1, 3)],
    ],
)
def test_they_are_told_once_and_nothing_else_is_said_of_them(
    load: Callable[[pd.DataFrame], Reading], wrong: int, apart: int, decimals: int
) -> None:
    table = election(wrong, apart, decimals=decimals)
    given = (100 * table["voters"] / table["registered"]).round(2)
    where = table["voters"] <= 100
    own = 100 * table["voters"] if decimals == 3 else table["voters"]
    beside = table.assign(partisipasi=given.where(~where, own + 0.3))
    rule = "shares_not_counts" if decimals == 3 else "percents_not_counts"
    for rows in (table, beside):
        findings = load(rows).findings
        assert [(one.rule, one.severity) for one in findings] == [(rule, "error")]
        assert [spot.row for spot in findings[0].spots] == [*table.index[where]]


def test_men_and_women_in_percent_are_told_with_all_voters() -> None:
    table = election(8, decimals=1)
    for sex in ("l", "p"):
        table[f"voters_{sex}"] = (table["voters"] / 2).round().where(table["voters"] > 100, 67.3)
    table["voters"] = (table["voters_l"] + table["voters_p"]).where(table["voters"] > 100, 67.3)
    assert [one.rule for one in load_results(table).findings] == ["percents_not_counts"]


def test_thousands_whose_mark_was_lost_and_a_fraction_elsewhere_are_no_percentages() -> None:
    large = election(8, size=(70_000, 90_000)).assign(
        voters=lambda t: t["voters"].where(
            t["voters"] > 100, (0.75 * t["registered"]).round() / 1000
        )
    )
    assert {one.rule for one in load_results(large).findings} == {"lost_thousands"}
    half = election().assign(voters=lambda t: t["voters"].where(t.index > 0, 950.5))
    assert [one.rule for one in load_results(half).findings] == ["fractional_count"]


@pytest.mark.parametrize(
    "table",
    [
        election(),
        # Two may be chance; and of a place of 60 or 90 a number below 100 is the voters.
        election(2),
        election(size=(30, 140)),
        pd.concat([election(), election(size=(30, 101)).assign(district="Pulau").tail(12)]),
        # A district where few vote, a digit that was lost, and other low turnout.
        election().assign(voters=lambda t: t["voters"].where(t.index >= INSIDE, t["voters"] // 10)),
        election().assign(voters=lambda t: t["voters"].where(t.index >= INSIDE, t["voters"] // 3)),
    ],
)
def test_true_counts_up_to_100_and_low_turnout_are_no_percentages(table: pd.DataFrame) -> None:
    told = load_results(table.reset_index(drop=True)).findings
    assert "percents_not_counts" not in {one.rule for one in told}


@pytest.mark.parametrize("of", [election(), election(8)], ids=["true", "of percentages"])
def test_no_total_is_blamed_for_them(of: pd.DataFrame) -> None:
    totals = of.groupby("district", as_index=False)[["registered", "voters"]].sum()
    named = totals.assign(date="2020-12-09", election_type="pilkada")
    [told] = load_results(pd.concat([election(8), named], ignore_index=True)).findings
    # The sum of percentages is wrong with them; the true one stays.
    assert len(told.rows) == 8 + (of["voters"].min() <= 100)


def test_a_model_refuses_them_in_a_table_made_by_hand() -> None:
    with pytest.raises(DataError, match="percentages"):
        HierarchicalModel().fit(election(8))


def test_counts_below_a_thousand_that_lost_their_mark_are_no_shares() -> None:
    table = election(12)
    counts = (0.7 * table["registered"]).round()
    some = table.index % 2 == 0
    assert (counts[some] < 1_000).any()
    assert (counts[some] > 1_000).any()
    lost = table.assign(voters=counts.where(~some, counts / 1_000))
    found = load_results(lost).findings
    assert {one.rule for one in found} == {"lost_thousands"}
    assert {spot.row for one in found for spot in one.spots} == {*table.index[some]}
