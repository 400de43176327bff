"""One election whose figures stand beside other places' names."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from turnout.reading.results import load_results

PLACES, DAYS = 16, ("2015-12-09", "2018-06-27", "2020-12-09")
FIGURES = ["registered", "voters"]


def elections(order: str = "", at: int = 1) -> pd.DataFrame:
    """Return three elections; the figures of one are put into another order of the places."""
    rng = np.random.default_rng(12)
    names = [f"Desa {word}" for word in rng.permutation([*"QWERTYUIOPASDFGH"])]
    size = rng.integers(700, 3500, PLACES)
    tables = []
    for number, day in enumerate(DAYS):
        registered = (size * (1 + 0.03 * number) * rng.normal(1, 0.01, PLACES)).astype(int)
        voters = (registered * rng.uniform(0.65, 0.8, PLACES)).astype(int)
        table = pd.DataFrame({"registered": registered, "voters": voters})
        by = {
            "name": np.argsort(names),
            "size": np.argsort(-registered),
            "any": rng.permutation(PLACES),
        }
        if order and number == at:
            table = table.iloc[by[order]].reset_index(drop=True)
        table = table.assign(area=names, district="Utara", date=day, election_type="pilkada")
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


@pytest.mark.parametrize(
    ("order", "at"), [("name", 1), ("name", 2), ("name", 0), ("size", 1), ("size", 2), ("any", 1)]
)
def test_an_election_that_was_sorted_without_the_names_is_told_once(order: str, at: int) -> None:
    [found] = load_results(elections(order, at)).findings
    assert (found.rule, found.severity) == ("figures_reordered", "warning")
    assert found.values["all"] == PLACES
    assert DAYS[at][:4] in found.say("en") or at != 1  # of two that differ either may be it


def test_places_that_changed_and_sorted_rows_stay_quiet() -> None:
    def rules(table: pd.DataFrame) -> set[str]:
        return {one.rule for one in load_results(table).findings}

    table = elections()
    assert rules(table) == set()
    # Rows that were sorted with their names, and villages that were all drawn anew for good.
    assert rules(table.sort_values(["date", "registered"], ignore_index=True)) == set()
    later = table["date"] > DAYS[0]
    anew = elections("any", 0)
    anew.loc[later, FIGURES] = table.loc[later, FIGURES]
    assert "figures_reordered" not in rules(anew)


def in_districts(order: str = "", at: int = 1, moved: str = "Utara") -> pd.DataFrame:
    """Return elections of three districts; the figures of one are put into another order once."""
    mixed, tables = elections(order, at), []
    for number, district in enumerate(("Utara", "Tengah", "Selatan")):
        table = (mixed if district == moved else elections()).copy()
        times = 1.3**number
        table["registered"] = (table["registered"] * times).astype(int)
        table["voters"] = (table["voters"] * times).astype(int)
        tables.append(table.assign(district=district, area=table["area"] + f" {number}"))
    return pd.concat(tables, ignore_index=True).sort_values("date", kind="stable")


@pytest.mark.parametrize("order", ["name", "size", "any"])
@pytest.mark.parametrize("moved", ["Utara", "Selatan"])
def test_one_district_that_was_sorted_without_the_names_is_told_once(
    order: str, moved: str
) -> None:
    [found] = load_results(in_districts(order, moved=moved)).findings
    assert (found.rule, found.severity) == ("figures_reordered", "warning")
    assert moved in found.say("en")
    assert moved in found.say("id")
    assert (found.values["all"], DAYS[1][:4] in found.say("en")) == (PLACES, True)


def test_districts_in_order_and_new_borders_stay_quiet() -> None:
    assert load_results(in_districts()).findings == ()
    # The villages of one district were drawn anew for good: later elections agree.
    anew, table = in_districts("any", 0), in_districts()
    later = table["date"] > DAYS[0]
    anew.loc[later, FIGURES] = table.loc[later, FIGURES]
    found = {one.rule for one in load_results(anew).findings}
    assert "figures_reordered" not in found
