"""The shock of a past day again: exact against dense normal algebra, and of the right size."""

import numpy as np
import pandas as pd
import pytest

from turnout import Election, HierarchicalModel, TurnoutError
from turnout.models.tree.shocks import moved_by, past_contest

TIMES = np.array([0.0, 3.0, 3.0, 7.0])
DRIFT = 0.3 + 0.2 * np.exp(-np.abs(TIMES[:, None] - TIMES) / 5)
SHOCK = 0.15 * (0.9 * (TIMES[:, None] == TIMES) + 0.1 * np.eye(4))


@pytest.mark.parametrize("past", [0, 1])
def test_the_coming_value_has_the_law_of_its_rest_and_the_past_shock(past: int) -> None:
    """f = r + s with r, s independent; f'(coming) = r(coming) + s(past), by hand."""
    rng = np.random.default_rng(1)
    n, coming = 200_000, 3
    root = rng.multivariate_normal(np.zeros(4), DRIFT + SHOCK, n)
    matrices = (DRIFT + SHOCK)[None], SHOCK[None]
    moved = moved_by(root, *matrices, np.zeros(n, dtype=int), (past, coming), rng)
    found = root.copy()
    found[:, coming] += moved
    expected = DRIFT + SHOCK
    expected[coming] = expected[:, coming] = DRIFT[coming] + SHOCK[past]
    expected[coming, coming] = DRIFT[coming, coming] + SHOCK[past, past]
    np.testing.assert_allclose(np.cov(found.T), expected, atol=0.008)
    np.testing.assert_allclose(found.mean(axis=0), 0, atol=0.01)


def table(low: float) -> pd.DataFrame:
    """Ten contests of one type about 70%, one of them with a day of its own."""
    years = range(2005, 2025, 2)
    return pd.DataFrame(
        [
            {
                "date": f"{year}-06-01",
                "election_type": "pilkada",
                "election": f"Pilkada {year}",
                "city": "Kota",
                "area": area,
                "registered": size,
                "voters": round(size * (low if year == 2015 else 0.70 + 0.01 * (year % 3 - 1))),
            }
            for year in years
            for area, size in (("Murni", 4000), ("Legok", 6000))
        ]
    )


@pytest.mark.slow
def test_an_odd_day_comes_again_everywhere() -> None:
    fitted = HierarchicalModel(integration=64).fit(table(0.50))
    election = Election("2026-06-01", "pilkada")
    usual = fitted.forecast(election, draws=1000, seed=1)
    odd = fitted.like("Pilkada 2015").forecast(election, draws=1000, seed=1)
    same = fitted.like("2019").forecast(election, draws=1000, seed=1)
    medians = [np.median(one.at("city").draws) for one in (usual, odd, same)]
    assert 0.67 < medians[0] < 0.73
    assert 0.47 < medians[1] < 0.58  # most of the 20 points were the day's
    np.testing.assert_allclose(medians[2], medians[0], atol=0.03)
    # the shock is known now, so less is open than before
    assert odd.at("city").draws.std() < usual.at("city").draws.std()
    areas = np.median(odd.draws, axis=0) - np.median(usual.draws, axis=0)
    np.testing.assert_allclose(areas, medians[1] - medians[0], atol=0.03)
    assert odd.about.say_what_if() == (
        "WHAT IF the day's shock is that of Pilkada 2015 (no forecast)"
    )
    assert usual.about.say_what_if() == ""


CONTESTS = pd.DataFrame(
    {
        "election": ["a", "b", "c", "d", "coming"],
        "date": pd.to_datetime(
            ["2015-12-09", "2020-12-09", "2024-02-14", "2024-06-01", "2024-11-27"]
        ),
        "election_type": ["pilkada", "pilkada", "pemilu", "pilkades", "pilkada"],
    }
)


def test_a_past_contest_is_found_by_label_and_by_year() -> None:
    assert past_contest(CONTESTS, 4, "c") == 2
    assert past_contest(CONTESTS, 4, "2020") == 1


@pytest.mark.parametrize("said", ["2024", "coming", "1999"])
def test_what_names_no_single_past_day_is_refused(said: str) -> None:
    with pytest.raises(TurnoutError, match="Name one of: a, b, c, d"):
        past_contest(CONTESTS, 4, said)
