"""Histories at the edge of what there is: finite, ordered and sensible forecasts, or a refusal."""

import os
import subprocess
import sys
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from turnout import (
    BinomialGLM,
    Election,
    Forecast,
    HierarchicalModel,
    LastTurnout,
    TurnoutError,
    UniformSwing,
)
from turnout.models.base import Model

COMING = Election("2024-11-27", "pilkada")
MODEL = HierarchicalModel(integration=64)
USUAL = (("2014-07-09", "pilpres"), ("2015-12-09", "pilkada"), ("2019-04-17", "pilpres"))
MODELS = (MODEL, LastTurnout(), UniformSwing(), BinomialGLM())


def history(
    contests: Sequence[tuple[str, str]] = USUAL,
    sizes: Sequence[int] = (900, 1000, 1100, 1200),
    shares: Sequence[float] = (0.5, 0.6, 0.65, 0.7),
) -> pd.DataFrame:
    """Return results of places of some sizes that vote by their shares, contest by contest."""
    return pd.DataFrame(
        [
            {
                "election": f"{number} {kind}",
                "date": day,
                "election_type": kind,
                "district": f"District {place % 2}",
                "area": f"Area {place}",
                "registered": size,
                "voters": round(size * share),
            }
            for number, (day, kind) in enumerate(contests)
            for place, (size, share) in enumerate(zip(sizes, shares, strict=True))
        ]
    )


ONCE = history()
ONCE = ONCE[(ONCE["area"] != "Area 0") | (ONCE["date"] == "2014-07-09")]

# What the median of the whole may be: about what the places have always had.
CASES: dict[str, tuple[pd.DataFrame, float, float]] = {
    "one area": (history(sizes=[1000], shares=[0.6]), 0.5, 0.7),
    "one election": (history(USUAL[1:2]), 0.5, 0.7),
    "one area in one election": (history(USUAL[1:2], [1000], [0.6]), 0.5, 0.7),
    "all equal": (history(shares=[0.6] * 4), 0.55, 0.65),
    "nobody votes": (history(shares=[0.0] * 4), 0.0, 0.02),
    "all vote": (history(shares=[1.0] * 4), 0.98, 1.0),
    "nobody here, all there": (history(shares=[0.0, 1.0, 0.0, 1.0]), 0.4, 0.65),
    "one voter everywhere": (history(sizes=[1] * 4, shares=[1, 0, 1, 1]), 0.25, 1.0),
    "one voter beside ten million": (
        history(sizes=[1, 10_000_000, 900, 1], shares=[1, 0.62, 0.5, 0]),
        0.55,
        0.69,
    ),
    "ten million everywhere": (history(sizes=[10_000_000] * 4), 0.55, 0.68),
    "two of a day": (history([*USUAL[:2], ("2015-12-09", "pilgub")]), 0.5, 0.7),
    "a minute apart": (history([("2020-12-09 08:00", "a"), ("2020-12-09 08:01", "b")]), 0.45, 0.75),
    "a day apart": (history([("2024-11-25", "pilkada"), ("2024-11-26", "pilkada")]), 0.5, 0.7),
    "centuries apart": (history([("1824-11-27", "a"), ("1924-11-27", "pilkada")]), 0.45, 0.75),
    "an area observed once": (ONCE, 0.5, 0.7),
    "a type never seen": (history([USUAL[0], USUAL[2]]), 0.4, 0.75),
}


def sensible(forecast: Forecast, low: float, high: float) -> None:
    for scale in forecast.scales:
        view = forecast.at(scale)
        assert np.isfinite(view.draws).all()
        assert 0 <= view.draws.min() <= view.draws.max() <= 1
        ends = view.quantiles([0.05, 0.25, 0.5, 0.75, 0.95])
        assert (np.diff(ends, axis=0) >= 0).all()
    size = forecast.places["registered"].to_numpy()
    whole = forecast.at(forecast.top)
    np.testing.assert_allclose(
        whole.draws[:, 0], forecast.draws @ size / size.sum(), rtol=1e-5, atol=1e-6
    )
    assert low <= whole.quantiles([0.5])[0, 0] <= high


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
@pytest.mark.parametrize("case", CASES)
def test_forecasts_are_finite_ordered_and_sensible_or_refused(model: Model, case: str) -> None:
    results, low, high = CASES[case]
    days = results["date"].str[:10].nunique()
    if isinstance(model, BinomialGLM) and days == 1:
        with pytest.raises(TurnoutError, match="at least two polling days"):
            model.fit(results).forecast(COMING, draws=300, seed=1)
        return
    sensible(model.fit(results).forecast(COMING, draws=300, seed=1), low, high)


@pytest.mark.slow
def test_a_place_of_one_voter_is_0_or_100_percent_in_every_draw() -> None:
    results, *_ = CASES["one voter beside ten million"]
    forecast = MODEL.fit(results).forecast(COMING, draws=300, seed=1)
    alone = forecast.draws[:, forecast.places["registered"].to_numpy() == 1]
    assert set(np.unique(alone)) == {0.0, 1.0}


@pytest.mark.slow
def test_what_is_long_ago_says_less() -> None:
    """A contest of last year makes a narrower forecast than one of two centuries ago."""
    widths = []
    for year in (1824, 2023):
        results = history([(f"{year}-11-26", "pilkada")])
        low, high = (
            MODEL.fit(results)
            .forecast(COMING, draws=2000, seed=1)
            .at("total")
            .quantiles([0.05, 0.95])[:, 0]
        )
        widths.append(high - low)
    assert widths[0] > 1.2 * widths[1]


_PRINT_DIGEST = """
import hashlib
import pandas as pd
from turnout import Election, HierarchicalModel, load_jambi
data = load_jambi()
fitted = HierarchicalModel(integration=64).fit(data.results, crosswalk=data.crosswalk)
forecast = fitted.forecast(Election("2024-11-27", "pilkada"), roll=data.roll, draws=200, seed=1)
print(hashlib.sha256(forecast.draws.tobytes()).hexdigest())
"""


@pytest.mark.slow
def test_one_thread_and_two_give_the_same_bytes() -> None:
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", _PRINT_DIGEST],
            env={**os.environ, **dict.fromkeys(names, threads), "PYTHONWARNINGS": "ignore"},
            stdout=subprocess.PIPE,
            text=True,
        )
        for threads in ("1", "2")
    ]
    one, two = (run.communicate()[0] for run in runs)
    assert len(one.strip()) == 64
    assert one == two
