"""From a panel's counts to logits on the tree: what counts as an observation, and how much."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from turnout.areas import build_panel
from turnout.models.outliers import logit_of_counts
from turnout.models.tree.surrogate import Surrogate, surrogate

STATION_SD = 0.3


def row(
    election: str, district: str | None, area: str | None, *figures: float
) -> dict[str, object]:
    """Return a row of results; figures are registered, voters, stations counted and in all."""
    registered, voters, counted, stations = (*figures, np.nan, np.nan)[:4]
    return {
        "election": election,
        "date": {"one": "2010-06-27", "two": "2015-06-27", "three": "2018-06-27"}[election],
        "election_type": "pilkada",
        "city": "Kota",
        "district": district,
        "area": area,
        "registered": registered,
        "voters": voters,
        "stations_counted": counted,
        "stations_total": stations,
    }


def full(election: str) -> list[dict[str, object]]:
    """Return results of two districts with areas of 1,000, 3,000 and 2,000 registered."""
    return [
        row(election, "Utara", "Murni", 1000, 700),
        row(election, "Utara", "Legok", 3000, 1800),
        row(election, "Selatan", "Kasang", 2000, 1500),
        row(election, "Selatan", "Bakung", 2000, 1400),
    ]


def surrogate_of(rows: list[dict[str, object]], **options: object) -> Surrogate:
    panel = build_panel(pd.DataFrame(rows), **options)
    return surrogate(panel, (), STATION_SD, np.array(0.5))


def test_logits_of_all_none_and_too_many_voters_are_finite() -> None:
    z, v = logit_of_counts(np.array([0.0, 100.0, 120.0]), np.array([100.0, 100.0, 100.0]))
    # (0 + .5) / (100 + .5): logit -5.303; more voters than registered count as all.
    np.testing.assert_allclose(z, [-5.3033, 5.3033, 5.3033], atol=1e-4)
    np.testing.assert_allclose(v, 1 / 0.5 + 1 / 100.5)


def test_an_observation_weighs_by_its_voters_and_stands_at_its_leaf() -> None:
    data = surrogate_of(full("one"))
    seen = data.tree.weights > 0
    assert seen.sum() == 4
    np.testing.assert_array_equal(data.tree.level[np.nonzero(seen)[0]], 2)
    # Legok, 1,800 of 3,000: 1 / (1 / 1800.5 + 1 / 1200.5) = 720.3.
    np.testing.assert_allclose(data.tree.weights.max(), 720.3, atol=0.1)
    np.testing.assert_allclose(
        data.tree.values[data.tree.weights == data.tree.weights.max()],
        np.log(1800.5 / 1200.5) - 0.5,
    )


def totals_of(rows: list[dict[str, object]], **options: object) -> dict[tuple[str, str], float]:
    """Return the logits of the totals that are observed, by place and contest."""
    panel = build_panel(pd.DataFrame(rows), **options)
    found = surrogate(panel, (), STATION_SD, np.array(0.5)).tree.totals
    names = panel.nodes["district"].fillna("Kota")
    contests = panel.contests["election"].iloc[found.contests].tolist()
    return {
        (names.iloc[node], contests[column]): found.values[node, column]
        for node, column in np.argwhere(~np.isnan(found.values))
    }


def shares_of(rows: list[dict[str, object]], election: str) -> dict[str, float]:
    """Return what share every place has in what the total of its parent is of."""
    panel = build_panel(pd.DataFrame(rows))
    found = surrogate(panel, (), STATION_SD, np.array(0.5)).tree.totals
    contests = panel.contests["election"].iloc[found.contests].tolist()
    names = panel.nodes["area"].fillna(panel.nodes["district"]).fillna("Kota")
    return dict(zip(names, found.shares[:, contests.index(election)].round(6), strict=True))


def test_a_total_of_places_that_are_all_known_is_a_check_and_no_observation() -> None:
    totals = [
        row("one", None, None, 8000, 5400),
        row("one", "Utara", None, 4000, 2500),
        row("one", "Selatan", None, 4000, 2900),
    ]
    assert totals_of(full("one") + totals) == {}


def test_a_total_of_totals_is_a_check_too() -> None:
    """Districts are known as totals only: the city's total says nothing new."""
    totals = [
        row("two", None, None, 8000, 5400),
        row("two", "Utara", None, 4000, 2500),
        row("two", "Selatan", None, 4000, 2900),
    ]
    assert set(totals_of(full("one") + totals)) == {("Utara", "two"), ("Selatan", "two")}
    shares = shares_of(full("one") + totals, "two")
    assert shares["Utara"] == shares["Selatan"] == 0
    assert shares["Murni"] == 0.25


def test_a_total_whose_parts_are_unknown_is_an_observation() -> None:
    rows = [*full("one"), row("two", None, None, 8000, 5400)]
    assert totals_of(rows) == {("Kota", "two"): pytest.approx(np.log(5400.5 / 2600.5))}
    shares = shares_of(rows, "two")
    assert shares["Utara"] == shares["Selatan"] == shares["Kasang"] == shares["Bakung"] == 0.5
    assert shares["Murni"] == 0.25
    assert shares["Legok"] == 0.75


def test_a_total_with_some_parts_tells_of_the_rest() -> None:
    rows = [row("two", "Utara", "Murni", 1000, 800), row("two", None, None, 8000, 5400)]
    rows += full("one") + full("three")
    assert totals_of(rows) == {("Kota", "two"): pytest.approx(np.log(4600.5 / 2400.5))}
    shares = shares_of(rows, "two")
    assert shares["Murni"] == 0
    assert shares["Legok"] == 1
    np.testing.assert_allclose([shares["Utara"], shares["Selatan"]], [3 / 7, 4 / 7], atol=1e-5)


def test_a_total_with_a_known_district_tells_of_the_other() -> None:
    rows = [row("two", "Utara", None, 4000, 3000), row("two", None, None, 8000, 5400)]
    found = totals_of(full("one") + rows)
    assert found[("Utara", "two")] == pytest.approx(np.log(3000.5 / 1000.5))
    assert found[("Kota", "two")] == pytest.approx(np.log(2400.5 / 1600.5))
    shares = shares_of(full("one") + rows, "two")
    assert (shares["Utara"], shares["Selatan"], shares["Kasang"], shares["Murni"]) == (
        0,
        1,
        0.5,
        0.25,
    )


def test_a_total_of_much_more_than_the_known_places_is_hardly_of_them() -> None:
    """Eight million of whom eight thousand are known: their composition tells a thousandth."""
    rows = [*full("one"), row("two", None, None, 8_000_000, 5_400_000)]
    np.testing.assert_allclose(shares_of(rows, "two")["Utara"], 0.0005)


def test_jensens_term_knows_how_the_places_below_share_the_total() -> None:
    panel = build_panel(pd.DataFrame([*full("one"), row("two", None, None, 8000, 5400)]))
    found = surrogate(panel, (), STATION_SD, np.array(0.5)).tree.totals
    # Shares of the districts .5 and .5; of the areas 1/8, 3/8, 2/8, 2/8.
    np.testing.assert_allclose(found.spread[0, 0, 1:], [0.5, 18 / 64])


def test_a_partial_count_weighs_less_by_its_stations() -> None:
    whole = surrogate_of([*full("one"), row("two", "Utara", "Murni", 500, 350)])
    part = surrogate_of([*full("one"), row("two", "Utara", "Murni", 500, 350, 4, 8)])
    one = 1 / whole.tree.weights[:, 1][whole.tree.weights[:, 1] > 0]
    other = 1 / part.tree.weights[:, 1][part.tree.weights[:, 1] > 0]
    # (1 - m/M) s^2 / m = .5 x .09 / 4.
    np.testing.assert_allclose(other - one, 0.5 * STATION_SD**2 / 4)


def test_a_partial_total_weighs_less_by_its_stations() -> None:
    found = surrogate_of([*full("one"), row("two", None, None, 4000, 2700, 40, 80)]).tree
    binomial = 1 / 2700.5 + 1 / 1300.5
    np.testing.assert_allclose(found.totals.variances[0], binomial + 0.5 * 0.09 / 40)


def test_the_official_total_stands_beside_partial_counts() -> None:
    rows = [
        row("two", "Utara", "Murni", 500, 350, 4, 8),
        row("two", "Utara", "Legok", 1500, 900, 6, 12),
        row("two", "Utara", None, 4000, 2300),
    ]
    assert totals_of(full("one") + rows) == {
        ("Utara", "two"): pytest.approx(np.log(2300.5 / 1700.5))
    }
    # Its areas as they are, by the registered of all their stations.
    shares = shares_of(full("one") + rows, "two")
    assert (shares["Murni"], shares["Legok"]) == (0.25, 0.75)


def test_an_impossible_result_is_drawn_in_and_told() -> None:
    rng = np.random.default_rng(1)
    rows = []
    for election in ("one", "two", "three"):
        for number in range(12):
            voters = 700 + rng.integers(-30, 30)
            rows.append(row(election, "Utara", f"Area {number}", 1000, voters))
    usual = surrogate_of(rows)
    assert not len(usual.outlying)
    rows[5]["voters"] = 20
    odd = surrogate_of(rows)
    assert len(odd.outlying) == 1
    node, contest = odd.outlying[0]
    there = odd.tree.values[node, contest] + 0.5
    assert np.log(20.5 / 980.5) < there < np.log(650 / 350)


@pytest.mark.slow
def test_places_that_scatter_evenly_have_no_outliers() -> None:
    """With three observations each, one lies at its place's median and says nothing of spread."""
    rng = np.random.default_rng(8)
    elections, areas = ("one", "two", "three"), [f"Area {number}" for number in range(30)]
    rows = [row(one, "Utara", area, 100_000, 70_000) for one in elections for area in areas]
    panel = build_panel(pd.DataFrame(rows))
    assert len(panel.cells) == 90
    found = 0
    for _ in range(100):
        voters = (100_000 * expit(0.8 + rng.normal(0, 0.15, 90))).round()
        ranges = dict.fromkeys(("voters", "voters_low", "voters_high"), voters)
        drawn = replace(panel, cells=panel.cells.assign(**ranges))
        found += len(surrogate(drawn, (), STATION_SD, np.array(0.5)).outlying)
    assert found <= 1


def test_successors_share_the_information_of_their_parent() -> None:
    """Two areas that split from one lean on the same count: together it weighs once."""
    rows = [
        row("one", "Utara", "Lama", 4000, 2800),
        row("one", "Utara", "Legok", 3000, 1800),
        row("two", "Utara", "Baru Satu", 2000, 1500),
        row("two", "Utara", "Baru Dua", 2000, 1400),
        row("two", "Utara", "Legok", 3000, 1900),
    ]
    crosswalk = pd.DataFrame(
        {
            "new_id": None,
            "new_area": ["Baru Satu", "Baru Dua"],
            "old_id": None,
            "old_area": ["Lama", "Lama"],
            "weight": [1.0, 1.0],
        }
    )
    data = surrogate_of(rows, crosswalk=crosswalk)
    heirs = data.tree.weights[:, 0][data.tree.weights[:, 0] > 0]
    variance = np.sort(1 / heirs)
    own = data.scatter[data.tree.level.max()] ** 2
    # Precision of two copies about a leaf of variance K: 2 / (K + v') = 1 / (K + v).
    v = 1 / 2800 + 1 / 1200
    np.testing.assert_allclose(2 / (own + variance[1:]), 1 / (own + v), rtol=1e-3)
    assert variance[0] == pytest.approx(1 / 1800.5 + 1 / 1200.5)


def test_an_estimate_weighs_the_less_the_wider_its_range() -> None:
    rows = full("one")
    rows[0] |= {"voters_low": 600, "voters_high": 800}
    exact, ranged = surrogate_of(full("one")).tree, surrogate_of(rows).tree
    leaf = np.flatnonzero(exact.weights[:, 0] != ranged.weights[:, 0])
    assert len(leaf) == 1
    np.testing.assert_array_equal(exact.values, ranged.values)
    more = 1 / ranged.weights[leaf, 0] - 1 / exact.weights[leaf, 0]
    # logit(.8) - logit(.6) is .9808, and 90% of a normal lie within 2 x 1.6449 sd.
    np.testing.assert_allclose(more, (0.9808 / 3.2897) ** 2, rtol=3e-3)


def test_the_range_of_a_total_is_about_what_is_not_known_below_it() -> None:
    rows = [
        row("one", "Utara", "Murni", 1000, 700),
        *(row("two", "Utara", area, 1000, 700) for area in ("Murni", "Legok")),
        row("one", "Utara", None, 2000, 1400) | {"voters_low": 1300, "voters_high": 1500},
    ]
    told = surrogate_of(rows).tree.totals
    # 700 of the rest's 1,000 voted, between 600 and 800 of them.
    expected = 1 / 700.5 + 1 / 300.5 + (0.9808 / 3.2897) ** 2
    np.testing.assert_allclose(told.variances[~np.isnan(told.variances)], expected, rtol=3e-3)


def test_an_heir_has_the_range_of_its_parents() -> None:
    rows = [
        row("one", "Utara", "Murni", 1000, 700) | {"voters_low": 600, "voters_high": 800},
        row("one", "Utara", "Legok", 3000, 1800),
        *(row("two", "Utara", area, 2000, 1400) for area in ("Barat", "Timur")),
    ]
    crosswalk = pd.DataFrame(
        {
            "new_area": ["Barat", "Timur"],
            "old_area": ["Murni", "Legok"],
            "weight": [1.0, 1.0],
        }
    )
    panel = build_panel(pd.DataFrame(rows), crosswalk=crosswalk)
    first = panel.cells[panel.cells["contest"] == 0].sort_values("voters")
    assert first["voters_low"].tolist() == [600, 1800]
    assert first["voters_high"].tolist() == [800, 1800]


def with_a_pattern_of_its_own() -> pd.DataFrame:
    """Return 20 areas in five pemilu, all alike, and in a pilkada in which they are not."""
    rng = np.random.default_rng(1)
    rows = [
        {
            "election": f"{kind} {year}",
            "date": f"{year}-04-17",
            "election_type": kind,
            "area": f"Area {area}",
            "registered": 10_000,
            "voters": 7_000 + rng.integers(-100, 100) + (area % 3 - 1) * differ,
        }
        for year, kind, differ in [(year, "pemilu", 0) for year in range(2010, 2015)]
        + [(2016, "pilkada", 1_500)]
        for area in range(20)
    ]
    return pd.DataFrame(rows)


def outlying(rows: pd.DataFrame) -> list[str]:
    """Return election and area of the observations that are drawn in."""
    panel = build_panel(rows)
    found = surrogate(panel, (), STATION_SD, np.array(0.5)).outlying
    contest = panel.contests["election"].iloc[found[:, 1]]
    area = panel.nodes["area"].iloc[found[:, 0]]
    return [" ".join(pair) for pair in zip(contest, area, strict=True)]


def test_a_contest_in_which_most_places_differ_has_no_outliers_but_the_impossible() -> None:
    rows = with_a_pattern_of_its_own()
    assert outlying(rows) == []
    rows.loc[rows.index[-1], "voters"] = 20
    assert outlying(rows) == ["pilkada 2016 Area 19"]


def test_a_handful_of_places_cannot_excuse_themselves() -> None:
    """Of two places counted it is not known which one is odd: both are held to their past."""
    rows = with_a_pattern_of_its_own()
    few = rows["election"].ne("pilkada 2016") | rows["area"].isin(["Area 0", "Area 2"])
    assert outlying(rows[few]) == ["pilkada 2016 Area 0", "pilkada 2016 Area 2"]
