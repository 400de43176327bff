"""Replays: the orders, the peers against hand-worked numbers, what is counted, and no leak."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pytest

from turnout.backtesting import ReplaySettings, join_replays, replay
from turnout.backtesting.replay_orders import ORDERS, counted_at, reporting_order
from turnout.backtesting.replay_peers import Sample, swing_draws
from turnout.backtesting.replay_result import RAW, REPLAY_COLUMNS, SWING
from turnout.errors import HistoryError, TurnoutError
from turnout.forecast import Forecast
from turnout.models.base import UnusedInputError
from turnout.models.points.naive import LastOfType
from turnout.plots.replay import plot_replay

FEW = ReplaySettings(draws=200)
SIZES = (100.0, 200.0, 300.0, 400.0)


def results(last=(0.5, 0.6, 0.7, 0.8)) -> pd.DataFrame:
    """Three elections of four areas in two districts; the last one's turnout is given."""
    shares = {"2010-05-01": (0.4, 0.5, 0.6, 0.7), "2014-05-01": (0.45, 0.55, 0.65, 0.75)}
    return pd.DataFrame(
        [
            {
                "election": f"vote {date[:4]}",
                "date": date,
                "election_type": "local",
                "district": "NNSS"[area],
                "area": f"area {area}",
                "registered": SIZES[area],
                "voters": round(SIZES[area] * share),
            }
            for date, row in {**shares, "2018-05-01": last}.items()
            for area, share in enumerate(row)
        ]
    )


@dataclass(frozen=True)
class Told:
    """A model that knows half of every place to vote, and what it is told; it keeps the calls."""

    calls: list = field(default_factory=list)
    takes_counts = True
    name: str = "Told"

    def fit(self, results, **_others):
        self.calls.append(("fit", results))
        return self

    def forecast(self, election, *, roll, counted=None, draws=10, **_others):
        self.calls.append(("forecast", counted))
        turnout = pd.Series(0.5, roll["area"])
        if counted is not None:
            turnout[counted["area"]] = (counted["voters"] / counted["registered"]).to_numpy()
        places = roll.reset_index(drop=True)
        spread = np.where(turnout == 0.5, 1.0, 0.0) * np.linspace(-0.1, 0.1, draws)[:, None]
        return Forecast(election, places, turnout.to_numpy() + spread, "area")


def test_a_model_is_fitted_once_and_hears_only_what_is_in():
    model = Told()
    played = replay(model, results(), "vote 2018", order="smallest", steps=[0.1, 0.3], settings=FEW)
    kinds = [kind for kind, _ in model.calls]
    assert kinds == ["fit", "forecast", "forecast", "forecast"]
    assert model.calls[0][1]["date"].max() == pd.Timestamp("2014-05-01")
    assert model.calls[1][1] is None
    assert [len(counted) for _, counted in model.calls[2:]] == [1, 2]
    assert model.calls[3][1]["area"].tolist() == ["area 0", "area 1"]
    assert played.own["places_counted"].tolist() == [0, 1, 2]
    assert (played.election.name, played.election.election_type) == ("vote 2018", "local")
    np.testing.assert_allclose(played.own["counted_share"], [0, 0.1, 0.3])


def test_what_happened_and_the_scores_are_of_the_places():
    played = replay(Told(), results(), "2018-05-01", order="largest", steps=[0.7], settings=FEW)
    row = played.own.iloc[1]
    assert tuple(played.table.columns) == REPLAY_COLUMNS
    assert played.table["model"].tolist() == ["Told", "Told", SWING, RAW]
    np.testing.assert_allclose(row["actual"], 0.7)  # 50 + 120 + 210 + 320 of 1000
    # 400 and 300 are in with 530 voters; the other 300 at one half
    np.testing.assert_allclose(row["median"], 0.68, atol=1e-6)
    np.testing.assert_allclose(row["out_mae"], 100 * (0.1 * 200) / 300, atol=1e-4)
    # ends of 90% of the even spread from -.1 to .1 over the 300 still out
    np.testing.assert_allclose([row["lower"], row["upper"]], [0.653, 0.707], atol=1e-6)
    assert row["held"]


def test_the_result_of_a_place_changes_nothing_before_it_is_in():
    one = replay(Told(), results(), "vote 2018", order="smallest", steps=[0.1], settings=FEW)
    other = results((0.5, 0.6, 0.7, 0.1))
    two = replay(Told(), other, "vote 2018", order="smallest", steps=[0.1], settings=FEW)
    said = ["model", "median", "lower", "upper", "width"]
    pd.testing.assert_frame_equal(one.table[said], two.table[said])


def test_orders():
    places = pd.DataFrame({"registered": [30.0, 10.0, 20.0, 40.0], "district": list("NSNS")})

    def turns(order):
        return [
            reporting_order(places, order, np.random.default_rng(seed)).tolist()
            for seed in range(20)
        ]

    assert {tuple(turn) for turn in turns("smallest")} == {(1, 2, 0, 3)}
    assert {tuple(turn) for turn in turns("largest")} == {(3, 0, 2, 1)}
    assert {turn[3] for turn in turns("cities_last")} == {3}
    assert len({tuple(turn) for turn in turns("random")}) > 5
    for turn in turns("district"):
        districts = places["district"].to_numpy()[turn]
        assert (districts[:2] == districts[0]).all()
        assert (districts[2:] == districts[2]).all()
    assert all(sorted(turn) == [0, 1, 2, 3] for order in ORDERS for turn in turns(order))


def test_places_come_in_whole():
    size, turn = np.array(SIZES), np.array([0, 1, 2, 3])
    assert [len(counted_at(size, turn, step)) for step in (0.01, 0.1, 0.11, 0.3, 0.99)] == [
        1, 1, 2, 2, 3,
    ]  # fmt: skip


def test_swing_moves_every_place_as_the_counted_ones_did():
    rng = np.random.default_rng(1)
    counted = np.array([True, True, False])
    last, turnout = np.array([0.5, 0.6, 0.7]), np.array([0.52, 0.66, 0.0])
    size = np.array([100.0, 300.0, 200.0])
    drawn = swing_draws(Sample(turnout, size, counted), last, 0.02, 40_000, rng)
    np.testing.assert_allclose(drawn[:, :2], np.tile(turnout[:2], (40_000, 1)))
    # moved by .02 and .06, weighted mean .05
    np.testing.assert_allclose(drawn[:, 2].mean(), 0.75, atol=1e-3)
    variance = ((0.03**2 + 0.01**2) + 2 * 0.02**2) / 3
    # of a Student t with 3 degrees of freedom the quartile is .765; one fair share and one's own
    quartile = 0.7649 * np.sqrt(variance * (1 + (1 + 9) / 16))
    np.testing.assert_allclose(
        np.quantile(drawn[:, 2], [0.25, 0.75]), 0.75 + quartile * np.array([-1, 1]), atol=1e-3
    )


def test_a_raw_count_is_a_swing_from_nothing():
    size, counted = np.array([100.0, 300.0, 200.0]), np.array([True, True, False])
    sample = Sample(np.array([0.5, 0.7, 0.0]), size, counted)
    drawn = swing_draws(sample, np.zeros(3), 0.02, 20_000, np.random.default_rng(1))
    np.testing.assert_allclose(np.median(drawn[:, 2]), 0.65, atol=3e-3)


@pytest.mark.parametrize(
    ("election", "order", "words"),
    [
        ("vote 2030", "random", "vote 2010, vote 2014, vote 2018"),
        ("vote 2010", "random", "nothing from before"),
        ("vote 2018", "by size", "random, district, smallest, largest, cities_last"),
    ],
)
def test_what_cannot_be_replayed_is_told(election, order, words):
    with pytest.raises(TurnoutError, match=words):
        replay(Told(), results(), election, order=order, settings=FEW)


def test_steps_are_shares():
    for steps in ([0.0], [1.0], [], [10]):
        with pytest.raises(ValueError, match="between 0 and 1"):
            replay(Told(), results(), "vote 2018", steps=steps)


def test_a_model_that_cannot_use_a_count_is_refused():
    with pytest.raises(UnusedInputError):
        replay(LastOfType(), results(), "vote 2018")


def test_districts_are_needed_to_come_in_by_district():
    with pytest.raises(HistoryError, match="district"):
        replay(Told(), results().drop(columns="district"), "vote 2018", order="district")


def test_new_places_alone_have_no_replay():
    table = results()
    table.loc[table["date"] == "2018-05-01", "area"] += " new"
    table["district"] = None
    with pytest.raises(HistoryError, match="observed in an earlier election"):
        replay(Told(), table, "vote 2018")


@pytest.mark.parametrize("lang", ["en", "id"])
def test_words_and_figure_tell_the_steps(lang, tmp_path):
    played = replay(
        Told(), results(), "vote 2018", order="smallest", steps=[0.1, 0.6], settings=FEW
    )
    words = {
        "en": ["smallest places first", "10.0% counted: ", "interval held at", "Raw count"],
        "id": [
            "mulai dari wilayah terkecil",
            "10,0% masuk: ",
            "Rentang 90%",
            "Hasil hitung mentah",
        ],
    }
    for word in words[lang]:
        assert word in played.say(lang)
    ax = plot_replay(played, lang=lang)
    assert "90%" in ax.get_title("left")
    assert len(ax.lines) == 4  # median, swing, raw count, result
    assert [path.name for path in played.save(tmp_path / "out")] == ["replay.csv"]
    assert len(join_replays([played, played])) == 2 * len(pd.read_csv(tmp_path / "out/replay.csv"))
