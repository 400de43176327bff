"""The crosswalk: new areas and the past of those whose voters they took."""

import numpy as np
import pandas as pd
import pytest

from turnout import Election, HierarchicalModel
from turnout.areas import Panel, build_panel


def results(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Return results; a row is year, area, registered, voters."""
    table = pd.DataFrame(rows, columns=["date", "area", "registered", "voters"])
    return table.assign(
        date=[f"{year}-06-27" for year in table["date"]],
        city="Kota",
        district="Utara",
        election_type="pilkada",
    )


def crosswalk(*rows: tuple[str, str, float]) -> pd.DataFrame:
    """Return links; a row is new area, old area, weight."""
    table = pd.DataFrame(rows, columns=["new_area", "old_area", "weight"])
    return table.assign(new_id=None, old_id=None, note=None)


def past(panel: Panel, area: str, column: str) -> list[float]:
    """Return a column of an area's observations by contest, NaN where there is none."""
    node = panel.nodes.index[panel.nodes["area"] == area]
    return panel.grid(column)[node[0]].tolist()


SPLIT = results(
    (2010, "Lama", 4000, 3000),
    (2015, "Lama", 4200, 2940),
    (2020, "Satu", 3000, 2100),
    (2020, "Dua", 1500, 900),
)
SPLIT_LINKS = crosswalk(("Satu", "Lama", 1.0), ("Dua", "Lama", 1.0))


def test_a_split_shares_out_the_voters_and_keeps_the_turnout() -> None:
    panel = build_panel(SPLIT, crosswalk=SPLIT_LINKS)
    assert "Lama" not in set(panel.nodes["area"])
    # By the newest size, two thirds and one third.
    np.testing.assert_allclose(past(panel, "Satu", "registered"), [8000 / 3, 2800, 3000])
    np.testing.assert_allclose(past(panel, "Dua", "registered"), [4000 / 3, 1400, 1500])
    np.testing.assert_allclose(past(panel, "Satu", "voters")[:2], [2000, 1960])
    np.testing.assert_allclose(np.nansum(panel.grid("voters"), axis=0), [3000, 2940, 3000])


def test_copies_tell_how_many_lean_on_one_observation() -> None:
    panel = build_panel(SPLIT, crosswalk=SPLIT_LINKS)
    # Effective number of shares 2/3 and 1/3: 1 / (4/9 + 1/9) = 1.8.
    np.testing.assert_allclose(past(panel, "Dua", "copies"), [1.8, 1.8, 1.0])


def test_a_merger_adds_up_and_mixes_by_weight() -> None:
    merged = results(
        (2015, "Satu", 3000, 2400),
        (2015, "Dua", 1000, 500),
        (2020, "Baru", 4100, 2900),
    )
    links = crosswalk(("Baru", "Satu", 0.75), ("Baru", "Dua", 0.25))
    panel = build_panel(merged, crosswalk=links)
    assert set(panel.nodes["area"].dropna()) == {"Baru"}
    np.testing.assert_allclose(past(panel, "Baru", "registered"), [4000, 4100])
    # .75 x .8 + .25 x .5 = .725 of 4,000.
    np.testing.assert_allclose(past(panel, "Baru", "voters"), [2900, 2900])
    np.testing.assert_allclose(past(panel, "Baru", "copies"), [1, 1])


def test_an_area_that_lost_voters_keeps_its_past() -> None:
    """A new area took some; the old one goes on under its name."""
    lost = results(
        (2015, "Lama", 5000, 4000),
        (2020, "Lama", 4000, 3100),
        (2020, "Baru", 1000, 700),
    )
    links = crosswalk(("Lama", "Lama", 1.0), ("Baru", "Lama", 1.0))
    panel = build_panel(lost, crosswalk=links)
    np.testing.assert_allclose(past(panel, "Lama", "registered"), [4000, 4000])
    np.testing.assert_allclose(past(panel, "Baru", "registered"), [1000, 1000])
    np.testing.assert_allclose(np.nansum(panel.grid("voters")[:, 0]), 4000)


def test_voters_are_conserved_through_a_redrawing_of_borders() -> None:
    """Three areas became three others, each from two of the old."""
    drawn = results(
        (2015, "A", 3000, 2100),
        (2015, "B", 2000, 1500),
        (2015, "C", 1000, 600),
        (2020, "X", 2500, 1750),
        (2020, "Y", 2500, 1750),
        (2020, "Z", 1000, 700),
    )
    links = crosswalk(
        ("X", "A", 0.8), ("X", "B", 0.2), ("Y", "A", 0.5), ("Y", "B", 0.5), ("Z", "C", 0.9),
        ("Z", "B", 0.1),
    )  # fmt: skip
    panel = build_panel(drawn, crosswalk=links)
    registered = np.nansum(panel.grid("registered"), axis=0)
    np.testing.assert_allclose(registered, [6000, 6000])
    turnout = panel.grid("voters")[:, 0] / panel.grid("registered")[:, 0]
    assert 0.6 < np.nanmin(turnout) < np.nanmax(turnout) < 0.75


def test_a_contest_after_the_split_is_not_shared_out() -> None:
    """The old area's name in a contest that has its successors too is the area that is left."""
    both = pd.concat([SPLIT, results((2020, "Lama", 500, 300))])
    panel = build_panel(both, crosswalk=SPLIT_LINKS)
    assert past(panel, "Lama", "registered")[2] == 500
    np.testing.assert_allclose(past(panel, "Satu", "registered")[2], 3000)


COMING = Election("2024-11-27", "pilkada")
# A new area took some of an old one's voters, which goes on under its name.
LOST_SOME = results(
    (2015, "Lama", 4200, 2940), (2020, "Lama", 3000, 2100), (2020, "Baru", 1500, 900)
)
LOST_LINKS = crosswalk(("Lama", "Lama", 1.0), ("Baru", "Lama", 1.0))


@pytest.mark.parametrize("with_roll", [False, True])
def test_what_is_counted_of_an_area_is_its_own_before_its_successor_is_in(with_roll: bool) -> None:
    """During the count, a part of it went over to the new area and was counted there, too."""
    roll = results((2024, "Lama", 3100, 0), (2024, "Baru", 1600, 0)).drop(columns="voters")
    counted = results((2024, "Lama", 3100, 2000))
    panel = build_panel(
        LOST_SOME,
        crosswalk=LOST_LINKS,
        roll=roll if with_roll else None,
        election=COMING,
        counted=counted.drop(columns=["date", "election_type"]),
    )
    np.testing.assert_allclose(past(panel, "Lama", "registered")[2], 3100)
    np.testing.assert_allclose(past(panel, "Lama", "voters")[2], 2000)
    assert np.isnan(past(panel, "Baru", "voters")[2])
    assert past(panel, "Baru", "voters")[0] > 0  # the past is passed on as before


def test_what_is_counted_under_a_name_that_is_no_more_goes_to_its_successor() -> None:
    roll = results((2024, "Satu", 3000, 0), (2024, "Dua", 1500, 0)).drop(columns="voters")
    counted = results((2024, "Lama", 4500, 3150)).drop(columns=["date", "election_type"])
    panel = build_panel(SPLIT, crosswalk=SPLIT_LINKS, roll=roll, election=COMING, counted=counted)
    np.testing.assert_allclose(past(panel, "Satu", "voters")[3], 2100)
    np.testing.assert_allclose(past(panel, "Dua", "voters")[3], 1050)


def test_codes_go_before_names() -> None:
    coded = SPLIT.assign(area_id=["7", "7", "8", "9"])
    links = SPLIT_LINKS.assign(
        new_id=["8", "9"], old_id="7", new_area=None, old_area="another spelling"
    )
    panel = build_panel(coded, crosswalk=links)
    np.testing.assert_allclose(past(panel, "Dua", "registered"), [4000 / 3, 1400, 1500])


def test_links_of_unknown_areas_change_nothing() -> None:
    links = crosswalk(("Nirgends", "Nirwana", 1.0))
    with_links, without = build_panel(SPLIT, crosswalk=links), build_panel(SPLIT)
    pd.testing.assert_frame_equal(with_links.cells, without.cells)


@pytest.mark.slow
@pytest.mark.parametrize("weight", [0.0, 1.0])
def test_a_new_area_starts_from_its_parents(weight: float) -> None:
    """Its forecast is near that of the parent whose voters it took."""
    rows = []
    for year in (2010, 2013, 2016, 2019):
        rows += [(year, "Rajin", 4000, 3600), (year, "Malas", 4000, 2000)]
        rows += [(year, f"Lain {one}", 4000, 2800) for one in range(4)]
    links = crosswalk(("Baru", "Rajin", weight), ("Baru", "Malas", 1 - weight))
    links = pd.concat(
        [links, crosswalk(("Rajin", "Rajin", 1.0), ("Malas", "Malas", 1.0))], ignore_index=True
    )
    roll = results(*[(2024, name, 3000, 0) for name in ("Baru", "Rajin", "Malas")])
    fitted = HierarchicalModel(integration=256).fit(results(*rows), crosswalk=links)
    forecast = fitted.forecast(
        Election("2024-11-27", "pilkada"), roll=roll.drop(columns="date"), draws=1000, seed=1
    )
    median = forecast.intervals().set_index("area")["median"]
    like = "Rajin" if weight else "Malas"
    assert abs(median["Baru"] - median[like]) < 0.05
