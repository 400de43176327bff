"""What is read off a forecast of the night, on a city of four areas."""

import numpy as np
import pandas as pd
import pytest

from turnout.watch.appraisal import needed, projected_turnout, still_out
from turnout.watch.update import Whole


def places(**columns: object) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "name": ["Kasang", "Murni", "Legok", "Selamat"],
            "parent": ["Utara", "Utara", "Selatan", "Selatan"],
            "registered": [1000.0, 1000.0, 2000.0, 1000.0],
            "counted_registered": [1000.0, 0.0, 0.0, 0.0],
            "counted_voters": [600.0, 0.0, 0.0, 0.0],
            "complete": [True, False, False, False],
            "mean": [0.6, 0.7, 0.65, 0.7],
            "before": [0.65, 0.7, 0.65, 0.7],
        }
    )
    return table.assign(**columns)


def whole(mean: float) -> Whole:
    return Whole(5000.0, mean, mean, (0.6,) * 3, (0.7,) * 3, 0.5, 0.2, 1000.0, 600.0)


def test_what_is_out_would_have_to_bring_what_lacks() -> None:
    # In 600 voters, expected 700 + 1300 + 700 of 4000; for 70% of 5000 they must be 2900.
    table = needed(places(), whole(3300 / 5000), 0.7)
    np.testing.assert_allclose(table["out"], [2000, 1000, 1000])
    np.testing.assert_allclose((table["out"] * table["needed"]).sum(), 2900, rtol=1e-6)
    odds = np.log(table["needed"] / (1 - table["needed"]))
    steps = odds - np.log(table["expected"] / (1 - table["expected"]))
    np.testing.assert_allclose(steps, steps.iloc[0], rtol=1e-6)


@pytest.mark.parametrize(("goal", "told"), [(0.1, 0.0), (0.95, np.nan)])
def test_a_goal_that_is_reached_or_out_of_reach_needs_nothing_of_them(
    goal: float, told: float
) -> None:
    np.testing.assert_allclose(needed(places(), whole(3300 / 5000), goal)["needed"], told)


def test_of_a_place_that_is_partly_in_only_the_rest_is_out() -> None:
    counted = [1000.0, 400.0, 0.0, 0.0]
    table = still_out(places(counted_registered=counted, counted_voters=[600.0, 200.0, 0.0, 0.0]))
    murni = table.set_index("name").loc["Murni"]
    np.testing.assert_allclose(murni[["out", "expected"]].astype(float), [600, 500 / 600])


def test_what_is_out_moves_as_its_kecamatan_has() -> None:
    def moved(share: float, came: float, due: float) -> float:
        odds = share / (1 - share) * (came / (1 - came)) / (due / (1 - due))
        return odds / (1 + odds)

    # Of Selatan nothing is in: it moves as the whole, which is Kasang alone.
    rest = 1000 * moved(0.7, 0.6, 0.65) + 2000 * moved(0.65, 0.6, 0.65)
    rest += 1000 * moved(0.7, 0.6, 0.65)
    np.testing.assert_allclose(projected_turnout(places()), (600 + rest) / 5000)
    # Selatan has come in at what was expected of it: it stays there.
    table = places(
        counted_registered=[1000.0, 0.0, 2000.0, 0.0], counted_voters=[600.0, 0.0, 1300.0, 0.0]
    )
    expected = 600 + 1300 + 1000 * moved(0.7, 0.6, 0.65) + 700
    np.testing.assert_allclose(projected_turnout(table), expected / 5000)


def test_before_the_count_nothing_is_projected() -> None:
    nothing = places(counted_registered=0.0, counted_voters=0.0, complete=False)
    assert projected_turnout(nothing) is None
