"""Turnout by an hour of polling day: exact where draws are normal, and calibrated."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, logit
from scipy.stats import norm

from turnout import Election, TurnoutError
from turnout.forecast import Counted, Forecast
from turnout.forecast.part_day import tail_of_reports
from turnout.part_day import PartDay, Relation, Report, read_clock
from turnout.reading.evidence import evidence_of, load_evidence

TEN = dt.time(10)
ELECTION = Election("2030-11-27", "pilkada")
NAMES = ["Kasang", "Murni", "Legok"]
PLACES = pd.DataFrame({"city": "Kota", "area": NAMES, "registered": [1000.0, 3000.0, 2000.0]})
MEAN = np.array([0.6, 0.8, 1.0])
COVARIANCE = 0.04 * (np.full((3, 3), 0.7) + np.diag([0.3, 0.5, 0.2]))
PAST = tuple(
    (str(day), float(expit(final - 1.2 + away)), float(expit(final)))
    for day, away, final in ((2010, 0.1, 0.7), (2015, -0.1, 0.9), (2018, 0.0, 0.8))
)


def forecast_of(logits: np.ndarray, counted: Counted | None = None) -> Forecast:
    return Forecast(ELECTION, PLACES, expit(logits), "area", counted=counted)


def prior(count: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).multivariate_normal(MEAN, COVARIANCE, count)


def reports(**turnout: float) -> tuple[Report, ...]:
    return tuple(Report(said, place) for place, said in turnout.items())


def test_it_is_what_a_normal_process_says_of_the_same_reports() -> None:
    part = PartDay(TEN, reports(Kasang=0.36, Legok=0.40), PAST)
    found = logit(forecast_of(prior(60_000)).given(part).draws)
    relation = part.relation()
    which = [0, 2]
    noise = relation.shared**2 + relation.own**2 * np.eye(2)
    gain = COVARIANCE[:, which] @ np.linalg.inv(COVARIANCE[np.ix_(which, which)] + noise)
    expected = MEAN + gain @ (logit([0.36, 0.40]) - MEAN[which] + relation.shift)
    np.testing.assert_allclose(found.mean(axis=0), expected, atol=0.005)
    covariance = COVARIANCE - gain @ COVARIANCE[which]
    np.testing.assert_allclose(np.cov(found.T), covariance, atol=0.0008)


@pytest.mark.slow
def test_intervals_hold_on_simulated_days() -> None:
    rng = np.random.default_rng(3)
    part = PartDay(TEN, reports(Kasang=0.3), PAST)
    relation, draws = part.relation(), prior(1_000)
    weights = PLACES["registered"] / PLACES["registered"].sum()
    held, width = 0, []
    for truth in prior(300, seed=2):
        day = relation.shared * rng.standard_normal() - relation.shift
        said = expit(truth + day + relation.own * rng.standard_normal(3))
        told = PartDay(TEN, reports(**dict(zip(NAMES, said, strict=True))), PAST)
        whole = forecast_of(draws).given(told).draws @ weights
        low, high = np.quantile(whole, [0.05, 0.95])
        held += low <= expit(truth) @ weights <= high
        width.append(high - low)
    assert 255 <= held <= 284  # 90% of 300, give or take 3 standard errors
    before = np.ptp(np.quantile(expit(draws) @ weights, [0.05, 0.95]))
    assert np.mean(width) < 0.95 * before


def test_many_places_of_one_past_day_are_one_day() -> None:
    one = PartDay(TEN, reports(Kasang=0.3), (("2018", 0.32, 0.68),)).relation()
    many = PartDay(TEN, reports(Kasang=0.3), (("2018", 0.32, 0.68),) * 100).relation()
    assert many.shared > 0.9 * one.shared
    assert many.own < one.own


def test_without_a_past_it_says_hardly_anything_of_the_whole() -> None:
    draws = forecast_of(prior(4_000))
    told = draws.given(PartDay(TEN, reports(Kasang=0.40, Murni=0.30, Legok=0.45)))
    before, after = (one.at("city").draws.std() for one in (draws, told))
    assert after > 0.9 * before
    assert "little of the whole" in told.about.notes[0].say("en")
    relative = told.relative().set_index("area")["relative_median"]
    was = draws.relative().set_index("area")["relative_median"]
    assert relative["Murni"] < was["Murni"]


def test_more_past_days_make_it_sharper_and_the_shift_theirs() -> None:
    rng = np.random.default_rng(4)
    finals = rng.uniform(0.6, 0.8, 40)
    past = tuple((str(day), float(expit(logit(x) - 2.0)), float(x)) for day, x in enumerate(finals))
    few, many = (PartDay(TEN, reports(Kasang=0.3), past[:n]).relation() for n in (2, 40))
    np.testing.assert_allclose(many.shift, 2.0, atol=0.05)
    assert many.shared < few.shared < PartDay(TEN, reports(Kasang=0.3)).relation().shared


def test_who_had_voted_by_the_hour_has_voted() -> None:
    late = PartDay(dt.time(12), reports(Kasang=0.62), PAST)
    assert forecast_of(prior(4_000)).given(late).draws[:, 0].min() >= 0.62 - 1e-9


def test_what_is_counted_stays() -> None:
    draws = prior(2_000)
    draws[:, 1] = logit(0.7)
    told = PLACES[["city", "area"]].assign(
        scale="area", district=None, province=None, nation=None, area_id=None
    )
    told["registered"], told["voters"] = [np.nan, 3000, np.nan], [np.nan, 2100, np.nan]
    told["stations_counted"], told["stations_total"] = np.nan, np.nan
    told["counted_share"], told["complete"] = [0.0, 1.0, 0.0], [False, True, False]
    told["doubtful"] = False
    order = ["scale", "nation", "province", "city", "district", "area", "area_id"]
    counted = Counted(told[[*order, *told.columns.drop(order)]])
    found = forecast_of(draws, counted).given(PartDay(TEN, reports(Kasang=0.4, Murni=0.5), PAST))
    np.testing.assert_allclose(found.draws[:, 1], 0.7)
    assert "1 report," in found.about.notes[0].say("en")
    with pytest.raises(TurnoutError, match="are counted: it can add nothing"):
        forecast_of(draws, counted).given(PartDay(TEN, reports(Murni=0.5), PAST))


@pytest.mark.parametrize(
    ("time", "turnout", "said"),
    [
        (dt.time(14), 0.4, "polling is from 07:00 to 13:00"),
        (dt.time(7), 0.4, "polling is from 07:00 to 13:00"),
        (TEN, 0.0, "not between 0% and 100%"),
        (TEN, 0.02, "cannot both be right"),
    ],
)
def test_what_cannot_be_is_refused(time: dt.time, turnout: float, said: str) -> None:
    with pytest.raises(TurnoutError, match=said):
        forecast_of(prior(2_000)).given(PartDay(time, reports(Kasang=turnout), PAST))


def test_how_far_off_reports_are_is_that_of_their_mean() -> None:
    relation = Relation(shift=-1.2, shared=0.1, own=0.3)
    even = 0.8 + 0.02 * norm.ppf((np.arange(500) + 0.5) / 500)
    draws, weights = expit(np.column_stack([even, even])), np.eye(2)
    sd = np.hypot(0.02, np.hypot(0.1, 0.3 / np.sqrt(2)))
    for away in (-2.0, 1.5):
        said = np.full(2, expit(0.8 + 1.2 + away * sd))
        tail = tail_of_reports(draws, weights, said, relation)
        np.testing.assert_allclose(tail, 2 * norm.sf(abs(away)), rtol=0.01)


def test_reports_that_surprise_are_told() -> None:
    draws, part = forecast_of(prior(400)), PartDay(TEN, reports(Kasang=0.5), PAST)
    found = [n.say() for n in draws.given(part).about.notes]
    assert not any("is surprising" in said for said in found)
    part = PartDay(TEN, reports(Kasang=0.14), PAST)
    assert any(
        "The turnout by 10:00 is surprising" in n.say() for n in draws.given(part).about.notes
    )


def test_more_reports_than_draws_can_tell_apart_are_refused() -> None:
    with pytest.raises(TurnoutError, match="need at least 60 draws"):
        forecast_of(prior(50)).given(PartDay(TEN, reports(Kasang=0.3, Murni=0.3, Legok=0.3)))


def test_a_file_tells_hours_places_and_past_days() -> None:
    table = pd.DataFrame(
        {
            "jam": ["10.00", "12:00", "10:00", "10:00", None],
            "wilayah": ["Murni", "", "Murni", "Legok", ""],
            "partisipasi": ["31%", "0,55", "0.33", "0.28", "70%"],
            "galat": [None, None, None, None, "4%"],
            "pemilihan": ["", "", "2018", "2018", ""],
            "hasil": ["", "", "71%", "64%", ""],
        }
    )
    reading = load_evidence(table)
    assert reading.errors == ()
    ten, noon, other = evidence_of(reading.table)
    assert isinstance(ten, PartDay)
    assert isinstance(noon, PartDay)
    assert ten.reports == (Report(0.31, "Murni"),)
    assert ten.past == (("2018", 0.33, 0.71), ("2018", 0.28, 0.64))
    assert ten.days == 1
    assert (noon.time, noon.reports, noon.past) == (dt.time(12), (Report(0.55),), ())
    assert not isinstance(other, PartDay)


def test_an_hour_that_is_none_is_named() -> None:
    with pytest.raises(TurnoutError, match="'morning' is not a time of day"):
        read_clock("morning")


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([("09:00", "48%", None, None), ("11:00", "150%", None, None)], "evidence_no_share"),
        ([("09:00", "150", None, None)], "evidence_no_share"),
        ([("09:00", "50%", None, None), ("11:00", "25%", None, None)], "falling_turnout"),
        ([("11:00", "25%", None, None), ("9.00", "0,5", None, None)], "falling_turnout"),
        ([("11:00", "60%", "2020", "50%"), ("11:00", "40%", None, None)], "evidence_above_outcome"),
        ([("09:00", "100%", None, None)], "evidence_no_share"),
        ([("09:00", "0%", None, None)], "evidence_no_share"),
        ([("07:30", "1.5", None, None), ("11:00", "48", None, None)], None),
        ([("09:00", "50%", "2020", "70%"), ("11:00", "25%", None, None)], None),
        ([("09:00", "50%", None, None), ("11:00", "50%", None, None)], None),
    ],
)
def test_turnout_that_cannot_be_is_refused_with_its_row(rows, rule):
    table = pd.DataFrame(rows, columns=["jam", "partisipasi", "pemilihan", "hasil"])
    assert {one.rule for one in load_evidence(table).findings} == {rule} - {None}


def test_turnout_by_the_hour_falls_within_a_place_alone():
    rows = [("09:00", "Kasang", "50%"), ("11:00", "Murni", "25%"), ("12:00", "Kasang", "40%")]
    found = load_evidence(pd.DataFrame(rows, columns=["jam", "wilayah", "partisipasi"])).findings
    assert [(one.rule, one.spot.row) for one in found] == [("falling_turnout", 2)]
