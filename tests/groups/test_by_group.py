"""Forecasts by disability and age: what adds up, what is told, what is not shown."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from turnout import Election, LastTurnout, TurnoutError, by_group
from turnout.errors import HistoryError
from turnout.groups import groups_told
from turnout.groups.suppression import suppressed

COMING = Election("2024-02-14", "pemilu")

AGES = {
    "registered_age_17_25": [500, 700],
    "registered_age_26_59": [1200, 1800],
    "registered_age_60_up": [300, 500],
    "voters_age_17_25": [350, 450],
    "voters_age_26_59": [1000, 1500],
    "voters_age_60_up": [250, 350],
}
DISABLED = {"registered_disabled": [40, 60], "voters_disabled": [14, 20]}


def table(**columns: object) -> pd.DataFrame:
    """Return two areas of one contest."""
    made = {
        "date": "2019-04-17",
        "election_type": "pemilu",
        "city": "Kota",
        "area": ["A", "B"],
        "registered": [2000, 3000],
        "voters": [1600, 2300],
    }
    return pd.DataFrame({**made, **columns})


def told_of(results: pd.DataFrame, **given: object):
    roll = given.get("roll")
    forecast = LastTurnout().fit(results).forecast(COMING, roll=roll, draws=200, seed=1)
    return by_group(forecast, results, **given)


@pytest.mark.slow
def test_groups_are_all_voters_in_every_draw_at_every_scale() -> None:
    told = told_of(table(**DISABLED, **AGES))
    assert list(told) == ["disability", "age"]
    for one in told.values():
        finest = sum(one.voters)
        for scale in one.scales:
            view = one.at(scale)
            everyone = sum(view.voters)
            assert (everyone.sum(axis=1) == finest.sum(axis=1)).all()
            registered = view.forecast.places["registered"].to_numpy(float)
            np.testing.assert_allclose(everyone, view.forecast.draws * registered, atol=1e-3)
            np.testing.assert_allclose(view.registered.sum(axis=0), registered)
            for voters, on_roll in zip(view.voters, view.registered, strict=True):
                assert (voters >= 0).all()
                assert (voters <= on_roll).all()


def test_voters_beyond_the_registered_are_of_all_groups() -> None:
    results = table(**AGES)
    forecast = LastTurnout().fit(results).forecast(COMING, draws=200, seed=1)
    forecast = replace(forecast, draws=forecast.draws * 0 + np.array([1.2, 0.8]))
    told = by_group(forecast, results)["age"]
    np.testing.assert_allclose(sum(told.voters)[0], [2_400, 2_400], atol=1e-3)
    of_groups = np.array(told.voters)[:, 0, 0] / told.registered[:, 0]
    np.testing.assert_allclose(of_groups, 1.2, rtol=1e-6)


def test_each_group_follows_its_past() -> None:
    told = told_of(table(**DISABLED, **AGES))
    disabled = told["disability"].intervals("city").set_index(["group", "figure"])["median"]
    assert disabled["disabled", "turnout"] < 0.55 < 0.75 < disabled["others", "turnout"]
    assert disabled["disabled", "gap"] < -0.2
    ages = told["age"].intervals("city").set_index(["group", "figure"])["median"]
    assert ages["age_17_25", "gap"] < 0 < ages["age_26_59", "gap"]
    lines = told["age"].say("id").splitlines()
    assert [line.split(":")[0] for line in lines[:2]] == [
        "Pemilih usia 17–25 tahun",
        "Pemilih usia 26–59 tahun",
    ]
    assert repr(told["disability"]).startswith("<ByGroup 2024-02-14-pemilu: Voters with disab")


@pytest.mark.slow
def test_a_single_age_group_is_set_beside_all_others() -> None:
    young = {name: AGES[name] for name in ("registered_age_17_25", "voters_age_17_25")}
    told = told_of(table(**young))["age"]
    assert told.intervals("city")["group"].tolist() == ["age_17_25", "others", "age_17_25"]


@pytest.mark.slow
def test_groups_that_contradict_are_told_and_left_as_they_are() -> None:
    more_than_registered = {**DISABLED, "voters_disabled": [14, 61]}
    told = told_of(table(**more_than_registered))["disability"]
    assert "1 row by group was not used" in told.text
    assert "B (pemilu 2019)" in told.text
    ages = {**AGES, "voters_age_17_25": [351, 451]}
    with pytest.raises(HistoryError, match=r"2 rows do not.*registered_age_17_25"):
        told_of(table(**ages))
    with pytest.raises(TurnoutError, match="tells groups of voters"):
        told_of(table())
    assert groups_told(table(registered_disabled=[1, 2])) == ()


@pytest.mark.slow
def test_the_roll_by_group_is_used_where_it_adds_up() -> None:
    roll = table(registered_disabled=[50, 3001])[
        ["city", "area", "registered", "registered_disabled"]
    ]
    told = told_of(table(**DISABLED), roll=roll)["disability"]
    np.testing.assert_allclose(told.registered[0], [50, 60])
    assert told.estimated.tolist() == [False, True]
    assert "1 row of the roll" in told.text


@pytest.mark.slow
def test_areas_that_were_merged_keep_their_groups() -> None:
    crosswalk = pd.DataFrame(
        {"new_id": ["N", "N"], "new_area": ["N"] * 2, "old_id": ["1", "2"],
         "old_area": ["A", "B"], "weight": [0.4, 0.6]}
    )  # fmt: skip
    results = table(area_id=["1", "2"], **DISABLED, **AGES)
    roll = pd.DataFrame({"city": ["Kota"], "area": ["N"], "area_id": ["N"], "registered": [5000]})
    fitted = LastTurnout().fit(results, crosswalk=crosswalk)
    forecast = fitted.forecast(COMING, roll=roll, draws=200, seed=1)
    told = by_group(forecast, results, roll=roll, crosswalk=crosswalk)
    np.testing.assert_allclose(told["disability"].registered[:, 0], [100, 4900])
    np.testing.assert_allclose(told["age"].registered[:, 0], [1200, 3000, 800])
    assert all("not used" not in one.text for one in told.values())


@pytest.mark.slow
def test_small_groups_cannot_be_recovered_by_subtraction() -> None:
    """City less its told districts, and a district less its told areas, leave 10 people or more."""
    names = [f"A{number}" for number in range(8)]
    disabled = [3, 4, 30, 40, 11, 12, 50, 60]
    results = pd.DataFrame(
        {
            "date": "2019-04-17",
            "election_type": "pemilu",
            "city": "Kota",
            "district": np.repeat(["D1", "D2", "D3", "D4"], 2),
            "area": names,
            "registered": 2000,
            "voters": 1500,
            "registered_disabled": disabled,
            "voters_disabled": np.array(disabled) // 2,
        }
    )
    told = told_of(results)["disability"]
    hidden = {
        scale: told.intervals(scale).query("suppressed and group == 'disabled'")
        for scale in ("area", "district", "city")
    }
    assert hidden["city"].empty
    assert set(hidden["district"]["district"]) == {"D1", "D3"}
    # All of D1; and of D3, which its areas would give away.
    assert set(hidden["area"]["area"]) == {"A0", "A1", "A4", "A5"}
    figures = ["registered", "mean", "median", "lower", "upper"]
    assert hidden["area"][figures].isna().all().all()
    assert "others" in set(told.intervals("area").query("suppressed")["group"])


@pytest.mark.parametrize("seed", range(20))
def test_what_is_hidden_beside_each_other_is_no_small_group(seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.integers(0, 40, (3, 24)).astype(float)
    above = np.sort(rng.integers(0, 6, 24))
    hidden = suppressed(counts, above, rng.random(6) < 0.3)
    assert hidden[(counts < 10).any(axis=0)].all()
    for number in np.unique(above[hidden]):
        inside = above == number
        concealed = inside & hidden
        alone = concealed.sum() < 2 or counts[:, concealed].sum(axis=1).min() < 10
        assert (concealed == inside).all() or not alone


@pytest.mark.slow
def test_the_same_seed_gives_the_same_draws() -> None:
    first, again = (told_of(table(**AGES))["age"] for _ in range(2))
    for one, other in zip(first.voters, again.voters, strict=True):
        np.testing.assert_array_equal(one, other)
