"""Places that are read as complete with fewer voters than the other places let expect."""

import numpy as np
import pandas as pd
import pytest

from turnout.areas import Panel, build_panel
from turnout.elections import Election
from turnout.schema import COPIED, IN_EXCESS, LACKING

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


def held(
    turnout: np.ndarray,
    *,
    stations: bool = True,
    of: int = 4,
    past: list[pd.DataFrame] | None = None,
    **more: object,
) -> Panel:
    """Return the panel of a count with so much turnout, after a past of 60% and one of 80%."""
    n = len(turnout)
    past = past or [
        table(0.75 * USUAL[:n]).assign(date="2018-06-27", election_type="pilkada"),
        table(USUAL[:n]).assign(date="2019-04-17", election_type="pemilu"),
    ]
    count = table(turnout).assign(date="2024-11-27", election_type="pilkada")
    count = count.assign(**more)
    if stations:
        count = count.assign(stations_counted=4, stations_total=of)
    roll = table(turnout).drop(columns="voters")
    roll["registered"] *= of / 4
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


@pytest.mark.parametrize("of", [4, 8])
def test_a_count_far_below_the_lowest_ever_is_doubted_as_a_whole(of: int) -> None:
    half = held(0.5 * 0.75 * USUAL, of=of)  # men alone, say
    assert half.count is not None
    doubts = half.count.doubts
    assert doubts.all_low == pytest.approx((0.285, 0.57), abs=0.001)
    assert doubts.below_past == doubts.low_so_far == ()
    assert half.count.doubtful.all()
    assert half.count.in_doubt[0] == pytest.approx(0.5, abs=0.001)
    low = held(0.75 * 0.75 * USUAL, of=of)  # few voters, but they may have stayed at home
    assert low.count is not None
    assert low.count.doubts.all_low == ()


def after_low_ones() -> list[pd.DataFrame]:
    """Return a past of 29%, of the coming type, and one of 76%."""
    return [
        table(0.38 * USUAL).assign(date="2018-06-27", election_type="pilkada"),
        table(USUAL).assign(date="2019-04-17", election_type="pemilu"),
    ]


@pytest.mark.parametrize("of", [4, 8])
def test_a_count_far_above_all_of_its_type_is_doubted_as_a_whole(of: int) -> None:
    low = 0.4 * USUAL
    wrong = held(1 - low, of=of, past=after_low_ones()).count  # those who did not vote
    right = held(1.2 * low, of=of, past=after_low_ones()).count
    assert wrong is not None
    assert right is not None
    assert wrong.doubts.all_high == pytest.approx((0.696, 0.289), abs=0.001)
    assert wrong.doubts.far_above == ()
    assert wrong.doubtful.all()
    assert wrong.in_doubt[0] == pytest.approx(0.407, abs=0.001)
    assert right.doubts.all_high == ()
    assert not right.doubtful.any()


@pytest.mark.parametrize("of", [4, 8])
def test_a_place_far_above_what_the_others_show_is_doubted(of: int) -> None:
    # Less than at its highest, which lets a place that is partly in be; yet beside the others.
    slip = np.where(np.arange(24) == 7, 2.0, 1.0)
    wrong = held(0.4 * USUAL * slip, of=of, past=after_low_ones()).count
    right = held(0.4 * USUAL * slip.clip(max=1.3), of=of, past=after_low_ones()).count
    assert wrong is not None
    assert right is not None
    assert ([name[:3] for name in wrong.doubts.far_above] == ["A07"]) == (of == 4)
    assert wrong.doubtful[0] == (of == 4)
    assert right.doubts.far_above == ()
    assert not right.doubtful.any()


def test_voters_that_single_stations_lack_leave_their_place_and_little_of_the_whole_open() -> None:
    lacking = np.where(np.arange(24) == 5, 80.0, np.nan)
    for of in (4, 8):
        panel = held(USUAL, of=of, **{LACKING: lacking})
        assert panel.count is not None
        assert [name[:3] for name in panel.count.doubts.at_stations] == ["A05"]
        assert panel.nodes["area"][panel.count.doubtful].dropna().tolist() == ["A05"]
        assert panel.count.in_doubt[0] == pytest.approx(80 / (24_000 * of / 4))
    low = held(USUAL * np.where(np.arange(24) == 5, 0.5, 1.0), of=8, **{LACKING: lacking})
    assert low.count is not None
    assert low.count.doubts.low_so_far == ()  # told of its stations alone


def test_copied_stations_and_those_far_above_their_registered_leave_their_places_open() -> None:
    at = np.arange(24)
    marks = {COPIED: np.where(at == 3, 90.0, np.nan), IN_EXCESS: np.where(at == 7, 60.0, np.nan)}
    count = held(USUAL, of=8, **marks).count
    assert count is not None
    told = (count.doubts.at_stations, count.doubts.stations_copied, count.doubts.stations_above)
    assert [[name[:3] for name in names] for names in told] == [[], ["A03"], ["A07"]]
    assert count.doubts.low_so_far == ()
    assert count.in_doubt[0] == pytest.approx(150 / 48_000)


def test_low_turnout_in_stations_that_are_in_is_doubted_where_the_others_are_not_low() -> None:
    # The voters of a third of the places are those who did not vote.
    wrong = np.arange(24) % 3 == 0
    panel = held(np.where(wrong, 0.45, 1.0) * USUAL, of=8)
    assert panel.count is not None
    told = panel.count.doubts.low_so_far
    assert sorted(name[:3] for name in told) == [f"A{one:02d}" for one in np.flatnonzero(wrong)]
    assert panel.count.doubtful[0]
    everywhere = held(0.45 * USUAL, of=8)
    assert everywhere.count is not None
    assert everywhere.count.doubts.low_so_far == ()


def test_a_handful_of_places_says_nothing_of_the_others() -> None:
    panel = held(USUAL[:8] * np.where(np.arange(8) % 2 == 0, 1.0, 0.6))
    assert panel.count is not None
    assert panel.count.doubts.below_past == ()


SIZES = np.array([4013, 2917, 6203, 3811, 5107, 7309, 2203, 4409, 3307, 6203, 5501, 2711])


def copied(
    to: int,
    source: int,
    *,
    stations: bool = True,
    total: bool = False,
    n: int = 12,
    size: int = 1,
) -> Panel:
    """Return the panel of a count in which one place has the figures of another."""
    rng = np.random.default_rng(1)
    registered = SIZES[:n] // size
    past = table(USUAL[:n]).assign(
        registered=registered,
        voters=(0.71 * registered).round(),
        date="2018-06-27",
        election_type="pilkada",
    )
    shares = rng.uniform(0.63, 0.66, n)
    count = past.assign(date="2024-11-27", voters=(shares * registered).astype(int) // 10 * 10 + 1)
    if stations:
        count = count.assign(stations_counted=4, stations_total=4)
    figures = ["registered", "voters"]
    if to != source:
        count.loc[to, figures] = count.loc[source, figures]
    if total:
        summed = count.groupby(["city", "district"], as_index=False).sum(numeric_only=True)
        count = pd.concat([count, summed.assign(election_type="pilkada", date="2024-11-27")])
    roll = past.drop(columns=["voters", "date", "election_type"])
    return build_panel(past, roll=roll, election=COMING, counted=count)


@pytest.mark.parametrize("stations", [True, False])
@pytest.mark.parametrize(("to", "source"), [(4, 10), (10, 4), (0, 7), (7, 0), (9, 2)])
def test_of_two_places_with_the_same_figures_both_are_doubted(
    to: int, source: int, stations: bool
) -> None:
    panel = copied(to, source, stations=stations)
    assert panel.count is not None
    doubts, nodes = panel.count.doubts, panel.nodes
    both = [f"A{one:02d}" for one in sorted((to, source))]
    assert sorted(name[:3] for name in doubts.copied) == both
    # One cause, one doubt.
    assert doubts.short_of_roll == () == doubts.far_below == panel.count.above_roll
    # The one that is as large as on the roll counts, in doubt; of the other nothing does.
    assert [name[:3] for name in doubts.others_figures] == ([f"A{to:02d}"] if to != 9 else [])
    own = both if to == 9 else [f"A{source:02d}"]
    assert sorted(nodes["area"][panel.count.doubtful].dropna()) == own
    assert panel.count.doubtful[0]
    place = nodes["area"] == f"A{to:02d}"
    assert nodes["registered"][place].item() == SIZES[to]
    assert panel.count.complete[place].item() == (to == 9)


def test_a_total_with_the_figures_of_a_copy_does_not_count_either() -> None:
    panel = copied(10, 4, total=True)
    assert panel.count is not None
    nodes, complete = panel.nodes, panel.count.complete
    assert nodes["registered"][nodes["area"] == "A10"].item() == SIZES[10]
    assert complete[nodes["area"].isna() & (nodes["district"] == "Utara")].all()
    assert not complete[nodes["area"].isna() & (nodes["district"] == "Selatan")].any()


def test_figures_that_are_the_same_by_chance_are_no_doubt() -> None:
    own = copied(3, 3)
    small = copied(4, 10, size=100)
    for panel in (own, small):
        assert panel.count is not None
        assert panel.count.doubts.copied == ()
    assert own.count is not None
    assert not own.count.doubtful.any()


@pytest.mark.parametrize(
    ("share", "doubted"),
    [
        (1.2, True),
        (0.94, False),  # high, but not more than are registered
        (1.05, True),  # 1.05 where .73 is expected
    ],
)
def test_a_place_with_more_voters_than_registered_is_doubted(share: float, doubted: bool) -> None:
    turnout = 0.9 * USUAL
    turnout[20] = share
    count = held(turnout).count
    assert count is not None
    assert ([name[:3] for name in count.doubts.far_above] == ["A20"]) == doubted
    assert bool(count.doubtful[0]) == doubted


def test_a_place_with_more_voters_than_registered_as_ever_is_not_doubted() -> None:
    """A village with a prison has its added voters in every election."""
    turnout = 0.95 * USUAL
    turnout[20] = 1.06
    earlier = [USUAL.copy(), 0.9 * USUAL]
    for one in earlier:
        one[20] = 1.04
    past = [
        table(one).assign(date=day, election_type="pilkada")
        for one, day in zip(earlier, ("2015-12-09", "2020-12-09"), strict=True)
    ]
    count = held(turnout, past=past).count
    assert count is not None
    assert count.doubts.far_above == ()
