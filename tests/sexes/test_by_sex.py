"""Forecasts of women and men: what adds up, what is told, what is not shown."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from turnout import Election, LastTurnout, TurnoutError, by_sex
from turnout.errors import HistoryError

DATA = Path(__file__).parents[1] / "data" / "indonesia" / "pilkada_2015_by_sex.csv"

COMING = Election("2024-02-14", "pemilu")


def table(**columns: object) -> pd.DataFrame:
    """Return two areas of one contest; men and women are the total."""
    made = {
        "date": "2019-04-17",
        "election_type": "pemilu",
        "city": "Kota",
        "area": ["A", "B"],
        "registered": [2000, 3000],
        "registered_l": [1000, 1400],
        "registered_p": [1000, 1600],
        "voters": [1600, 2300],
        "voters_l": [780, 1000],
        "voters_p": [820, 1300],
    }
    return pd.DataFrame({**made, **columns})


def told_of(results: pd.DataFrame, **given: object):
    roll = given.get("roll")
    forecast = LastTurnout().fit(results).forecast(COMING, roll=roll, draws=200, seed=1)
    return by_sex(forecast, results, **given)


def adds_up(told) -> None:
    """Assert that men and women are all voters, in every draw at every scale."""
    finest = told.men + told.women
    for scale in told.scales:
        view = told.at(scale)
        everyone = view.men + view.women
        assert (everyone.sum(axis=1) == finest.sum(axis=1)).all()
        all_of_them = view.forecast.draws * view.forecast.places["registered"].to_numpy(float)
        np.testing.assert_allclose(everyone, all_of_them, rtol=1e-6, atol=1e-3)
        assert (view.men >= 0).all()
        assert (view.women >= 0).all()
        assert (view.men <= view.registered[0]).all()
        assert (view.women <= view.registered[1]).all()


def test_men_and_women_are_all_voters_on_real_regions() -> None:
    source = pd.read_csv(DATA).rename(columns={"region": "city"})
    good = (source["registered_l"] + source["registered_p"] == source["registered"]) & (
        source["voters_l"] + source["voters_p"] == source["voters"]
    )
    results = source.assign(date="2015-12-09", election_type="pilkada", nation="Indonesia")
    coming = Election("2020-12-09", "pilkada")
    told = by_sex(LastTurnout().fit(results).forecast(coming, draws=200, seed=1), results)
    adds_up(told)
    assert (len(source), int(good.sum())) == (28, 21)
    assert "7 rows by sex were not used" in told.text
    assert int(told.estimated.sum()) == 28


@pytest.mark.slow
def test_the_roll_by_sex_is_used_where_it_adds_up() -> None:
    roll = table(registered_l=[900, 1300], registered_p=[1100, 1600])
    roll = roll[["city", "area", "registered", "registered_l", "registered_p"]]
    told = told_of(table(), roll=roll)
    np.testing.assert_allclose(told.registered, [[900, 1400], [1100, 1600]])
    assert told.estimated.tolist() == [False, True]
    assert "not the total in 1 row of the roll" in told.text
    assert "In 1 of 2 places no roll tells men and women that add up to the total" in told.text
    assert "1 dari 2 wilayah, daftar pemilih tidak memuat L dan P yang berjumlah" in told.say("id")


def test_a_count_of_other_registered_says_nothing_against_the_roll() -> None:
    roll = table()[["city", "area", "registered", "registered_l", "registered_p"]]
    coming = {"date": COMING.date, "election_type": COMING.election_type}
    count = table(registered=[2012, 3004], voters=[1700, 2500])[["area", "registered", "voters"]]
    forecast = LastTurnout().fit(table()).forecast(COMING, roll=roll, draws=200, seed=1)
    told = by_sex(forecast, table(), roll=roll, counted=count.assign(city="Kota", **coming))
    assert not told.estimated.any()
    assert "of the roll" not in told.text
    np.testing.assert_allclose(told.registered, [[1000, 1400], [1000, 1600]])


@pytest.mark.slow
def test_rows_that_do_not_add_up_are_told_and_left_as_they_are() -> None:
    results = table(voters_p=[821, 1300])
    told = told_of(results)
    assert "1 row by sex was not used, as men and women are not the total" in told.text
    assert "A (pemilu 2019)" in told.text
    adds_up(told)
    results = table(voters_p=[821, 1301])
    with pytest.raises(HistoryError, match="2 rows do not"):
        told_of(results)
    with pytest.raises(HistoryError, match="registered_l"):
        told_of(results.drop(columns=["voters_l", "voters_p"]))


@pytest.mark.slow
def test_more_voters_than_registered_of_a_sex_are_no_observation() -> None:
    told = told_of(table(voters_l=[580, 1000], voters_p=[1020, 1300]))
    assert "1 row by sex was not used, as more men or women voted" in told.text
    assert "are not the total" not in told.text


@pytest.mark.slow
def test_the_gap_follows_the_past() -> None:
    wide = told_of(table(voters_l=[700, 850], voters_p=[900, 1450])).at("city")
    none = told_of(table(voters_l=[800, 1073], voters_p=[800, 1227])).at("city")
    assert np.median(wide.gap) > 0.2
    assert abs(np.median(none.gap)) < 0.02


@pytest.mark.slow
def test_a_total_by_sex_serves_where_its_areas_do_not_tell() -> None:
    blank = dict.fromkeys(("registered_l", "registered_p", "voters_l", "voters_p"), [np.nan] * 2)
    total = pd.DataFrame(
        {
            **table().iloc[0].to_dict(),
            "area": [None],
            "registered": 5000,
            "registered_l": 2400,
            "registered_p": 2600,
            "voters": 3900,
            "voters_l": 1600,
            "voters_p": 2300,
        }
    )
    told = told_of(pd.concat([table(**blank), total], ignore_index=True))
    adds_up(told)
    assert told.estimated.all()
    np.testing.assert_allclose(told.registered[1], [1040, 1560])
    assert np.median(told.at("city").gap) > 0.15


@pytest.mark.slow
def test_small_groups_and_what_gives_them_away_are_not_shown() -> None:
    results = pd.concat(
        [table(), table(area=["C", "D"], registered=[1009, 9000], registered_l=[1000, 4500],
                        registered_p=[9, 4500], voters=[806, 6000], voters_l=[800, 2900],
                        voters_p=[6, 3100])],
        ignore_index=True,
    )  # fmt: skip
    shown = told_of(results).intervals()
    hidden = shown[shown["suppressed"]]
    assert sorted(hidden["area"].unique()) == ["A", "C"]
    assert hidden[["registered", "mean", "median", "lower", "upper"]].isna().all().all()
    assert shown[~shown["suppressed"]]["median"].notna().all()


@pytest.mark.slow
def test_areas_that_were_merged_keep_their_sexes() -> None:
    crosswalk = pd.DataFrame(
        {"new_id": ["N", "N"], "new_area": ["N"] * 2, "old_id": ["1", "2"],
         "old_area": ["A", "B"], "weight": [0.4, 0.6]}
    )  # fmt: skip
    results = table(area_id=["1", "2"])
    roll = pd.DataFrame({"city": ["Kota"], "area": ["N"], "area_id": ["N"], "registered": [5000]})
    fitted = LastTurnout().fit(results, crosswalk=crosswalk)
    forecast = fitted.forecast(COMING, roll=roll, draws=200, seed=1)
    told = by_sex(forecast, results, roll=roll, crosswalk=crosswalk)
    adds_up(told)
    assert "not used" not in told.text
    np.testing.assert_allclose(told.registered[:, 0], [2400, 2600])


@pytest.mark.slow
def test_a_forecast_of_other_places_is_refused() -> None:
    results = table()
    forecast = LastTurnout().fit(results).forecast(COMING, draws=20, seed=1)
    with pytest.raises(TurnoutError, match="finest scale"):
        by_sex(forecast.at("city"), results)
    renamed = replace(forecast, places=forecast.places.assign(area=["A", "X"]))
    with pytest.raises(TurnoutError, match="finest scale"):
        by_sex(renamed, results)
    with pytest.raises(ValueError, match="between 0 and 1"):
        by_sex(forecast, results).intervals(level=90)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_draws() -> None:
    first, again = (told_of(table()) for _ in range(2))
    np.testing.assert_array_equal(first.women, again.women)
    assert repr(first).startswith("<BySex 2024-02-14-pemilu: Women ")
