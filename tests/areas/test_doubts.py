"""Places that are read as complete with fewer voters than the other places let expect."""

import numpy as np
import pandas as pd
import pytest

from turnout.areas import Panel, build_panel
from turnout.elections import Election

COMING = Election("2024-11-27", "pilkada")
USUAL = np.linspace(0.82, 0.7, 24)


def table(turnout: np.ndarray) -> pd.DataFrame:
    n = len(turnout)
    return pd.DataFrame(
        {
            "city": "Kota",
            "district": np.where(np.arange(n) < n // 2, "Utara", "Selatan"),
            "area": [f"A{one:02d}" for one in range(n)],
            "registered": 1000,
            "voters": (1000 * turnout).round().astype(int),
        }
    )


def held(turnout: np.ndarray, *, stations: bool = True) -> Panel:
    """Return the panel of a count with so much turnout, after a past of 60% and one of 80%."""
    n = len(turnout)
    past = [
        table(0.75 * USUAL[:n]).assign(date="2018-06-27", election_type="pilkada"),
        table(USUAL[:n]).assign(date="2019-04-17", election_type="pemilu"),
    ]
    count = table(turnout).assign(date="2024-11-27", election_type="pilkada")
    if stations:
        count = count.assign(stations_counted=4, stations_total=4)
    roll = table(turnout).drop(columns="voters")
    return build_panel(pd.concat(past), roll=roll, election=COMING, counted=count)


@pytest.mark.parametrize("stations", [True, False])
def test_places_far_below_what_the_others_show_are_doubted(stations: bool) -> None:
    # Every second place has three of its five stations: not less than ever, yet beside the others.
    half = np.where(np.arange(24) % 2 == 0, 1.0, 0.6)
    panel = held(USUAL * half, stations=stations)
    assert panel.count is not None
    doubts = panel.count.doubts
    told = doubts.below_past if stations else doubts.far_below
    assert sorted(name[:3] for name in told) == [f"A{one:02d}" for one in range(1, 24, 2)]
    assert panel.count.doubtful[0]
    areas = panel.nodes["area"].isin([f"A{one:02d}" for one in range(0, 24, 2)])
    assert not panel.count.doubtful[areas].any()


def test_a_fall_of_all_places_is_no_doubt_nor_is_one_of_a_few_points() -> None:
    common = held(0.78 * USUAL)  # as from 80% to 62%
    some = held(USUAL * np.where(np.arange(24) == 5, 0.75, 1.0))
    for panel in (common, some):
        assert panel.count is not None
        assert panel.count.doubts.below_past == ()
        assert not panel.count.doubtful.any()


def test_a_handful_of_places_says_nothing_of_the_others() -> None:
    panel = held(USUAL[:8] * np.where(np.arange(8) % 2 == 0, 1.0, 0.6))
    assert panel.count is not None
    assert panel.count.doubts.below_past == ()
