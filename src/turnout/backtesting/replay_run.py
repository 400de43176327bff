"""Play a past election as its count would have come in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout import scores
from turnout.areas.history import HISTORY_COLUMNS
from turnout.arrays import Bools, Floats, Ints
from turnout.backtesting.replay_orders import Order, check_order, counted_at, reporting_order
from turnout.backtesting.replay_peers import Sample, swing_draws
from turnout.backtesting.replay_result import RAW, REPLAY_COLUMNS, SWING, Replay
from turnout.errors import HistoryError
from turnout.forecast import Forecast
from turnout.forecast.room import Draws
from turnout.language import Text
from turnout.levels import USUAL
from turnout.models.base import FittedModel, Model, TakesCounts, refuse_counts
from turnout.outcomes import actual_counts
from turnout.rolling_origin import Fold, fold_of
from turnout.schema import PLACE_COLUMNS

STEPS = (0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90)
"""Shares of the registered voters at which a count is looked at."""

_FEWEST = 3
_USUAL_SPREAD = 0.05


@dataclass(frozen=True)
class ReplaySettings:
    """How a replay runs.

    Parameters
    ----------
    crosswalk
        New areas and the old ones whose voters they took.
    max_history
        Polling days of history, the newest ones before the election's own.
    draws
        Joint draws per step.
    seed
        Of the order and the draws: the same seed gives the same replay.
    level
        Level of the total's interval.
    """

    crosswalk: pd.DataFrame | None = None
    max_history: int = 8
    draws: int = 2000
    seed: int = 1
    level: float = USUAL


def replay(
    model: Model,
    results: pd.DataFrame,
    election: str,
    *,
    order: Order = "random",
    steps: Sequence[float] = STEPS,
    settings: ReplaySettings | None = None,
) -> Replay:
    """Play a past election as it would have come in, and score the forecast at every step.

    The model is fitted once to what was known before the polling day and conditioned on the count
    at every step; the uniform swing and the raw count run along.

    Parameters
    ----------
    model
        A model that can use a count (`HierarchicalModel`).
    results
        Results table, the election and at least one earlier polling day in it.
    election
        Label of the election, or its polling day.
    order
        The order in which its places come in: ``random``, ``district``, ``smallest``,
        ``largest`` or ``cities_last`` (`turnout.backtesting.replay_orders.Order`).
    steps
        Shares of the registered voters at which the count is looked at. Places come in whole;
        steps at which the same ones are in are told once.
    settings
        Crosswalk, length of history, draws, seed and level.

    Returns
    -------
    Replay

    Raises
    ------
    UnusedInputError
        If the model cannot use a count.
    HistoryError
        If there is no such election, nothing from before it, or fewer than three of its places
        have a result and a history.
    TurnoutError
        If there is no such order.
    ValueError
        If a step is not a share between 0 and 1.

    Examples
    --------
    >>> import turnout
    >>> results = turnout.load_jambi().results.query("district == 'Jelutung'")
    >>> played = replay(turnout.HierarchicalModel(), results,
    ...                 "2024-02-14", steps=[0.5], settings=ReplaySettings(draws=200))
    >>> played.table["model"].tolist()
    ['HierarchicalModel', 'HierarchicalModel', 'uniform swing', 'raw count']
    """
    chosen = check_order(order)
    wanted = sorted({float(step) for step in steps})
    if not wanted or not 0 < wanted[0] <= wanted[-1] < 1:
        raise ValueError(f"steps must be shares between 0 and 1, got {list(steps)}.")
    settings = settings or ReplaySettings()
    fold = fold_of(
        results, election, crosswalk=settings.crosswalk, max_history=settings.max_history
    )
    night = Night.of(able(model), fold, settings)
    return night.played(chosen, wanted)


def able(model: Model) -> Model:
    """Return a model that can use a count.

    Raises
    ------
    UnusedInputError
        If it cannot.
    """
    if not isinstance(model, TakesCounts):
        refuse_counts(model.name, pd.DataFrame())
    return model


@dataclass(frozen=True)
class Night:
    """A past election with a model fitted to what came before it: ready to be played.

    Parameters
    ----------
    model
        Name of the model.
    fitted
        The model, fitted once.
    fold
        The election and what was known before it.
    before
        The forecast before any count.
    registered, turnout
        (places,) what happened in the forecast's places: counts, and shares of at most 1.
    last
        (places,) their last turnout, of the same type where there is one.
    settings
        How the replay runs.
    """

    model: str
    fitted: FittedModel
    fold: Fold
    before: Forecast
    registered: Floats
    turnout: Floats
    last: Floats
    settings: ReplaySettings

    @classmethod
    def of(cls, model: Model, fold: Fold, settings: ReplaySettings | None = None) -> Night:
        """Fit a model and forecast the election before its count.

        Raises
        ------
        HistoryError
            If fewer than three places have a result and a history.
        """
        settings = settings or ReplaySettings()
        fold = _complete(fold)
        if len(fold.actual) < _FEWEST:
            raise HistoryError(_TOO_FEW, n=len(fold.actual), least=_FEWEST)
        fitted = model.fit(fold.history, crosswalk=settings.crosswalk)
        before = fitted.forecast(
            fold.election, roll=fold.roll, draws=settings.draws, seed=settings.seed
        )
        registered, voters = _counts(before, fold.actual)
        return cls(
            model.name,
            fitted,
            fold,
            before,
            registered,
            np.minimum(voters, registered) / registered,
            _last_turnout(before),
            settings,
        )

    def played(self, order: Order, steps: Sequence[float]) -> Replay:
        """Let the places come in in one order.

        Parameters
        ----------
        order
            The order.
        steps
            Shares of the registered voters, rising.
        """
        rng = np.random.default_rng(self.settings.seed)
        rows = list(self._rows(order, steps, rng))
        table = pd.DataFrame(rows).assign(
            election=self.fold.election.name, date=self.fold.election.date, order=order
        )
        return Replay(self.fold.election, order, self.model, table[list(REPLAY_COLUMNS)])

    def _rows(
        self, order: Order, steps: Sequence[float], rng: np.random.Generator
    ) -> Iterator[dict[str, object]]:
        actual = self.fold.actual
        turn = reporting_order(actual, order, rng)
        size = actual["registered"].to_numpy(float)
        nothing = np.zeros(len(self.registered), dtype=bool)
        yield {"step": 0.0, **self._score(self.model, self.before.draws, nothing)}
        done = 0
        for step in steps:
            rows = counted_at(size, turn, step)
            if len(rows) == done:
                continue
            done = len(rows)
            yield from ({"step": step, **row} for row in self._step(rows, rng))

    def _step(self, rows: Ints, rng: np.random.Generator) -> Iterator[dict[str, object]]:
        count = self.fold.actual.iloc[np.sort(rows)].reset_index(drop=True)
        forecast = self.fitted.forecast(
            self.fold.election,
            roll=self.fold.roll,
            counted=count,
            draws=self.settings.draws,
            seed=self.settings.seed,
        )
        counted = ~np.isnan(_counts(self.before, count)[0])
        yield self._score(self.model, forecast.draws, counted)
        flat = np.zeros(len(self.last))
        sample = Sample(self.turnout, self.registered, counted)
        for name, last in ((SWING, self.last), (RAW, flat)):
            spread = _spread(self.before, last)
            drawn = swing_draws(sample, last, spread, self.settings.draws, rng)
            yield self._score(name, drawn, counted)

    def _score(self, name: str, draws: Draws, counted: Bools) -> dict[str, object]:
        """Score the draws of all places against what happened."""
        weight, out = self.registered, ~counted
        total = (draws @ (weight / weight.sum()).astype(draws.dtype)).astype(float)[:, None]
        actual = float(np.average(self.turnout, weights=weight))
        level = self.settings.level
        median, lower, upper = scores.central_intervals(total, [level])
        truth, drawn, of = self.turnout[out], draws[:, out].astype(float), weight[out]
        middle, low, high = scores.central_intervals(drawn, [level])

        def mean(values: Floats) -> float:
            return 100 * float(np.average(values, weights=of))

        # Rounding of single precision is no miss.
        fuzz = 1e-6
        return {
            "model": name,
            "counted_share": float(weight[counted].sum() / weight.sum()),
            "places_counted": int(counted.sum()),
            "places_out": int(out.sum()),
            "actual": actual,
            "median": float(median[0]),
            "level": level,
            "lower": float(lower[0, 0]),
            "upper": float(upper[0, 0]),
            "held": bool(lower[0, 0] - fuzz <= actual <= upper[0, 0] + fuzz),
            "crps": 100 * float(scores.crps([actual], total)[0]),
            "wis": 100 * float(scores.wis([actual], total)[0]),
            "width": 100 * float(upper[0, 0] - lower[0, 0]),
            "out_mae": mean(np.abs(truth - middle)),
            "out_crps": mean(scores.crps(truth, drawn)),
            "out_wis": mean(scores.wis(truth, drawn)),
            "out_coverage": float(((truth >= low[0] - fuzz) & (truth <= high[0] + fuzz)).mean()),
        }


def _complete(fold: Fold) -> Fold:
    """Return the fold with the rows that have both figures, taken for all of their places.

    What is counted in the replay is what the results hold in the end.
    """
    told = (fold.actual["registered"] > 0) & fold.actual["voters"].notna()
    whole = fold.actual[told].assign(stations_counted=np.nan, stations_total=np.nan)
    return Fold(fold.election, fold.history, whole.reset_index(drop=True), fold.totals)


def _counts(forecast: Forecast, rows: pd.DataFrame) -> tuple[Floats, Floats]:
    return actual_counts(forecast.places, forecast.scale, forecast.places, rows)


def _last_turnout(forecast: Forecast) -> Floats:
    """Return the last turnout of every place, of the same type where there is one; else NaN."""
    history = forecast.history.reindex(columns=list(HISTORY_COLUMNS))
    own = history[(history["scale"] == forecast.scale) & history["turnout"].notna()]
    newest = own.sort_values("date", kind="stable")
    last = dict(zip(_keys(newest), newest["turnout"], strict=True))
    found = np.array([last.get(key, np.nan) for key in _keys(forecast.places)])
    same = forecast.places.reindex(columns=["last_same_type"])["last_same_type"].to_numpy(float)
    return np.asarray(np.where(np.isnan(same), found, same))


def _keys(places: pd.DataFrame) -> list[tuple[object, ...]]:
    names = places.reindex(columns=[*PLACE_COLUMNS, "area_id"]).astype("object")
    return list(names.where(names.notna(), None).itertuples(index=False, name=None))


def _spread(forecast: Forecast, last: Floats) -> float:
    """Return how much places are expected to differ in their distance from `last`."""
    away = np.median(forecast.draws, axis=0).astype(float) - last
    known = away[np.isfinite(away)]
    return float(np.std(known)) if len(known) > 1 and np.std(known) > 0 else _USUAL_SPREAD


_TOO_FEW = Text(
    en="Only {n:count:place:places} of this election have a result and a history; a replay needs "
    "at least {least:count}.",
    id="Hanya {n:count} wilayah pada pemilihan ini yang memiliki hasil dan riwayat; putar ulang "
    "membutuhkan sedikitnya {least:count}.",
)
