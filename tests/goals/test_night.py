"""Where a count stands: the call, what is needed of those still out, and what districts say."""

import dataclasses
import datetime as dt

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from turnout.areas.doubts import Doubts
from turnout.elections import Election
from turnout.errors import TurnoutError
from turnout.forecast import Forecast
from turnout.forecast.counted import Counted
from turnout.goals import check_goal
from turnout.goals import night_words as words
from turnout.goals.night import Standing, deciding_interval, standing
from turnout.goals.words import table_to_read
from turnout.schema import PLACE_COLUMNS

SIZE = np.array([1000.0, 1000.0, 2000.0, 1000.0])


def night(spread: float = 0.05, counted: tuple[float, ...] = (1000, 500, 0, 0)) -> Forecast:
    """Return a count of four places in three districts; 60 and 80% of what is in voted."""
    places = pd.DataFrame({"district": list("NNSX"), "area": list("abcd"), "registered": SIZE})
    registered = np.array(counted, dtype=float)
    voters = registered * np.array([0.6, 0.8, 0.7, 0.7])
    rows = places.reindex(columns=[*PLACE_COLUMNS]).assign(
        area_id=None,
        registered=registered,
        voters=voters,
        stations_counted=np.nan,
        stations_total=np.nan,
        counted_share=registered / SIZE,
        complete=registered == SIZE,
    )
    rows.insert(0, "scale", "area")
    whole = rows.iloc[[0]].assign(
        scale="total",
        area=None,
        district=None,
        registered=registered.sum(),
        voters=voters.sum(),
        counted_share=registered.sum() / SIZE.sum(),
        complete=False,
    )
    rows = pd.concat([whole, rows], ignore_index=True).assign(
        doubtful=False, lacks_votes=False, in_doubt=0.0
    )
    out = SIZE - registered
    rest = 0.7 + spread * np.linspace(-1, 1, 1001)[:, None]
    draws = (voters + out * rest) / SIZE
    election = Election("2030-05-01", "local")
    return Forecast(election, places, draws, "area", counted=Counted(rows))


def test_what_is_needed_of_the_voters_still_out_and_what_districts_say() -> None:
    found = standing(night(), "70%")
    # 1,000 of 1,500 in voted; of 5,000 in all 3,500 would be 70%
    np.testing.assert_allclose(found.counted, 1000 / 1500)
    np.testing.assert_allclose(found.needed, 2500 / 3500)
    np.testing.assert_allclose(found.expected, 0.7, atol=1e-6)
    # the place in N as its district's 2/3, those of S and X as the whole's 2/3
    np.testing.assert_allclose(found.as_district, 2 / 3)
    two = standing(night(counted=(1000, 0, 1000, 0)), "70%")
    # N .6, S .7, X .65
    np.testing.assert_allclose(two.as_district, (600 + 600 + 1400 + 650) / 5000)


@pytest.mark.parametrize(("goal", "call"), [(0.6, "reached"), (0.69, "open"), (0.75, "missed")])
def test_a_count_is_called_when_the_interval_lies_on_one_side(goal: float, call: str) -> None:
    assert standing(night(), goal).call == call


def test_a_call_needs_the_level_that_was_asked_for() -> None:
    edge = float(np.quantile(night().at("total").draws, 0.02))
    assert standing(night(), edge, level=0.9).call == "reached"
    assert standing(night(), edge).call == "open"


def test_what_cannot_change_any_more_is_said() -> None:
    assert "are enough" in standing(night(), 0.15).text
    assert "Even if all" in standing(night(), 0.95).text
    done = standing(night(counted=tuple(SIZE)), 0.7)
    assert np.isnan(done.needed)
    assert done.text.count("\n") == 0


def test_the_first_voter_counts_and_the_last_is_waited_for() -> None:
    np.testing.assert_allclose(standing(night(counted=(1, 0, 0, 0)), 0.7).counted, 0.6)
    assert np.isnan(standing(night(counted=(0, 0, 0, 0)), 0.7).counted)
    last = standing(night(counted=(1000, 1000, 2000, 999)), 0.7)
    # .6, .8, .7 and .7 of those who are in
    np.testing.assert_allclose(last.needed, 3500 - 3499.3)
    assert "still out" in last.say("en")


@pytest.mark.parametrize("draws", [1001, 100])
def test_a_complete_count_is_the_interval_itself(draws: int) -> None:
    full = night(counted=tuple(SIZE))
    done = dataclasses.replace(full, draws=full.draws[:draws])
    found = standing(done, 0.65)
    assert (found.call, standing(done, 0.75).call) == ("reached", "missed")
    assert found.say("id") == "Semua hasil hitung sudah masuk: 70,0%. Target 65,0% tercapai."
    assert found.say("en") == "All counts are in: 70.0%. The goal of 65.0% is reached."
    np.testing.assert_allclose([found.lower, found.upper], 3500 / 5000, rtol=1e-6)


def test_a_stamp_tells_the_year_and_whether_all_is_in() -> None:
    at = dt.datetime(2024, 11, 27, 21, 30)
    part, done = night().counted, night(counted=tuple(SIZE)).counted
    assert part is not None
    assert done is not None
    assert (
        dataclasses.replace(part, until=at)
        .stamp()
        .endswith("are in, as of 27 November 2024, 21:30")
    )
    told = dataclasses.replace(done, until=at)
    said = "dibaca sebagai hasil lengkap, tanpa keterangan TPS, data sampai 27 November 2024"
    assert told.stamp("id") == f"{said}, pukul 21.30"
    assert told.say("en").startswith("Read as whole counts: 4 places tell no stations.")
    assert "in progress" in part.say("en")


@pytest.mark.parametrize("goal", [0.15, 0.5, 0.6, 0.69, 0.75, 0.95])
@pytest.mark.parametrize("step", [1, 10])
def test_a_call_never_contradicts_its_interval(goal: float, step: int) -> None:
    full = night()
    found = standing(dataclasses.replace(full, draws=full.draws[::step]), goal)
    assert (found.call == "reached") == (found.lower >= goal)
    assert (found.call == "missed") == (found.upper < goal)
    if found.call != "open":
        assert "0.0% to 100.0%" not in found.say("en")


def test_few_draws_call_nothing_but_what_is_settled() -> None:
    full = night()
    few = dataclasses.replace(full, draws=full.draws[::10])
    assert standing(few, 0.6).call == "open"
    assert "so few draws" in standing(few, 0.6).say("en")
    assert standing(few, 0.15).call == "reached"
    assert standing(few, 0.95).call == "missed"


def test_nothing_is_called_while_it_is_in_doubt_whether_all_stations_are_in() -> None:
    full = night()
    assert full.counted is not None
    counted = dataclasses.replace(
        full.counted,
        places=full.counted.places.assign(doubtful=True),
        doubts=Doubts(far_below=("a (N)",)),
    )
    doubted = standing(dataclasses.replace(full, counted=counted), 0.75)
    assert doubted.call == "open"
    assert "in doubt" in doubted.say("en")
    # What the rest would have to bring rests on the figures in doubt, for any goal.
    for goal in (0.05, 0.75, 0.99):
        told = standing(dataclasses.replace(full, counted=counted), goal).say("en")
        assert not any(word in told for word in ("voters still out", "enough for"))
    assert "Are all stations in? 1 place without word of stations (a (N))" in counted.say("en")


def test_words_in_both_languages() -> None:
    found = standing(night(), 0.7)
    assert "Not decided: the total's 99% interval" in found.say("en")
    assert "71.4% of the voters still out must have voted; 70.0% are expected" in found.say("en")
    assert "Belum dapat dinyatakan" in found.say("id")
    assert "wrong in at most 1 of 200 counting nights" in standing(night(), 0.6).say("en")
    assert "pada 1 dari setiap 200 malam penghitungan" in standing(night(), 0.75).say("id")


def test_before_the_count_there_is_no_standing() -> None:
    forecast = night()
    before = Forecast(forecast.election, forecast.places, forecast.draws, "area")
    with pytest.raises(TurnoutError, match="no count"):
        standing(before, 0.7)


def test_many_looks_err_more_often() -> None:
    found = standing(night(), 0.6)
    np.testing.assert_allclose([found.wrong_at_most(), found.wrong_at_most(20)], [0.005, 0.1])
    with pytest.raises(ValueError, match="at least 1"):
        found.wrong_at_most(0)


def test_the_interval_that_decides_lies_outside_the_true_one() -> None:
    """Of 400 samples the ends lie outside the true quantiles in 95% or more."""
    rng = np.random.default_rng(3)
    true = stats.norm.ppf([0.005, 0.995], 0.6, 0.02)
    for draws in (600, 1_000, 4_000):
        ends = np.array([deciding_interval(rng.normal(0.6, 0.02, draws)) for _ in range(400)])
        outside = np.array([(ends[:, 0] <= true[0]).mean(), (ends[:, 1] >= true[1]).mean()])
        assert (outside > 0.92).all(), (draws, outside)
        assert np.ptp(ends, axis=1).mean() < 4 * np.ptp(true) / 3
    assert deciding_interval(rng.normal(0.6, 0.02, 500)) == (0, 1)


@pytest.mark.parametrize(
    ("needed", "told"),
    [(-0.1, "ENOUGH"), (0.0, "ENOUGH"), (0.01, "NEEDED"), (1.0, "NEEDED"), (1.01, "TOO_FEW")],
)
def test_what_is_needed_of_the_rest_lies_from_somebody_to_everybody(
    needed: float, told: str
) -> None:
    call = "reached" if needed <= 0 else "missed"
    night = Standing(0.7, call, 0.99, 0.6, 0.8, 0.7, 0.7, needed, 0.65, np.nan)
    texts = {name: getattr(words, name) for name in ("ENOUGH", "NEEDED", "TOO_FEW")}
    values = {"goal": 0.7, "needed": needed, "expected": 0.65}
    said = [name for name, text in texts.items() if text.say("en", **values) in night.lines("en")]
    assert said == [told]
    settled = words.SETTLED[call].say(
        "en", goal=0.7, level=0.99, lower=0.6, upper=0.8, wrong=round(1 / night.wrong_at_most())
    )
    assert (settled == night.lines("en")[0]) == (told != "NEEDED")


def test_all_that_is_told_of_a_doubted_count_says_that_it_is_not_clear() -> None:
    full = night()
    assert full.counted is not None
    one = full.counted.places["area"].isna() | (full.counted.places["area"] == "a")
    counted = dataclasses.replace(full.counted, places=full.counted.places.assign(doubtful=one))
    check = check_goal(dataclasses.replace(full, counted=counted), 0.75)
    areas = check.table[check.table["scale"] == "area"]
    assert (areas["verdict"] == "unclear").tolist() == [True, False, False, False]
    assert check.table["verdict"].iloc[0] == "unclear"
    assert "not clear yet" in check.say("en")
    assert "belum jelas" in check.say("id")
    assert "belum jelas" in table_to_read(check.table, "id")["Peluang"].iloc[0]
    # Nothing of it is said of a count without doubts.
    assert "not clear" not in check_goal(full, 0.75).say("en")
