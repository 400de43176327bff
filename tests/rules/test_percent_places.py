"""Some places of an election have percentages for voters, beside others with counts."""

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


def election(wrong: int = 0, apart: int = 1, size: tuple[int, int] = (700, 4000)) -> pd.DataFrame:
    """Return an election of which some places, so many rows apart, have percentages."""
    rng = np.random.default_rng(4)
    registered = rng.integers(*size, PLACES)
    turnout = 1 / (1 + np.exp(-rng.normal(0.9, 0.25, PLACES)))
    where = np.isin(np.arange(PLACES), apart * np.arange(wrong))
    voters = np.where(where, 100 * turnout, turnout * registered).round()
    table = pd.DataFrame({"registered": registered, "voters": voters})
    table["district"] = [f"Kecamatan {place // INSIDE}" for place in range(PLACES)]
    table["area"] = [f"Desa {place:02d}" for place in range(PLACES)]
    return table.assign(date="2020-12-09", election_type="pilkada")


@pytest.mark.parametrize("load", [load_results, load_counted])
@pytest.mark.parametrize(("wrong", "apart"), [(3, 1), (8, 1), (3, 10), (30, 1)])
def test_they_are_told_once_and_nothing_else_is_said_of_them(
    load: Callable[[pd.DataFrame], Reading], wrong: int, apart: int
) -> None:
    table = election(wrong, apart)
    given = (100 * table["voters"] / table["registered"]).round(2)
    where = table["voters"] <= 100
    beside = table.assign(partisipasi=given.where(~where, table["voters"] + 0.3))
    for rows in (table, beside):
        findings = load(rows).findings
        assert [(one.rule, one.severity) for one in findings] == [("percents_not_counts", "error")]
        assert [spot.row for spot in findings[0].rows] == [*table.index[where]]


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
