"""Run models over past elections."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral
from typing import Any

import pandas as pd
from joblib import Parallel, delayed

from turnout.backtesting.comparison import COMPARISON_COLUMNS, SCORE_COLUMNS, compare, score_table
from turnout.backtesting.result import Backtest
from turnout.errors import HistoryError
from turnout.forecast import Forecast
from turnout.language import Text
from turnout.models.base import Model
from turnout.models.points.naive import LastOfType, LastTurnout
from turnout.output.terminal import notices
from turnout.rolling_origin import Fold, folds

_KEYS = ["panel", "election", "date", "election_type", "model"]


@dataclass(frozen=True)
class Settings:
    """How a backtest runs.

    Parameters
    ----------
    max_history
        Polling days of history that a forecast gets, the newest ones before its own.
    max_targets
        Contests that are forecast, the newest ones.
    draws
        Joint draws per forecast.
    seed
        The same seed gives the same forecasts.
    jobs
        Processes that work at the same time, -1 for one per core; by default those of joblib's
        active context, so that ``joblib.parallel_config(backend="dask")`` spreads the work.

    Raises
    ------
    ValueError
        If a number is none that a backtest can run with.
    """

    max_history: int = 8
    max_targets: int = 10
    draws: int = 1000
    seed: int = 1
    jobs: int | None = None

    def __post_init__(self) -> None:
        for name, least in (("max_history", 1), ("max_targets", 1), ("draws", 2), ("seed", 0)):
            _check_number(name, getattr(self, name), least)
        if self.jobs is not None and (not isinstance(self.jobs, Integral) or self.jobs == 0):
            raise ValueError(
                f"jobs must be a whole number other than 0, got {self.jobs}; for one per core pass "
                "jobs=-1."
            )


def _check_number(name: str, value: object, least: int) -> None:
    if not isinstance(value, Integral) or value < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, got {value}.")


@dataclass(frozen=True)
class _Outcome:
    """What one model made of one fold: a comparison, or the error that stopped it.

    `whole` is the scale of the comparison at which the whole was judged, if it could be.
    """

    model: str
    fold: Fold
    comparison: pd.DataFrame | None
    whole: str | None = None
    error: str = ""


def backtest(
    models: Mapping[str, Model] | Sequence[Model],
    results: pd.DataFrame,
    *,
    crosswalk: pd.DataFrame | None = None,
    min_history: int = 3,
    panel: str = "results",
    settings: Settings | None = None,
) -> Backtest:
    """Forecast past elections from what was known before them, and score the forecasts.

    Origins roll **by election**: each contest is forecast from the polling days before its own
    (contests of one day never inform each other), with the areas that had been observed before
    and the roll of its own day. The naive models run along.

    Parameters
    ----------
    models
        Models by name, or models whose own names tell them apart.
    results
        Results table.
    crosswalk
        New areas and the old ones whose voters they took.
    min_history
        Polling days that must lie before a contest for it to be forecast.
    panel
        Name of the data in the tables of scores.
    settings
        Length of history, number of contests, draws, seed and processes.

    Returns
    -------
    Backtest

    Raises
    ------
    HistoryError
        If there are too few polling days, or if no model could make any forecast.
    ValueError
        If `min_history` is not a whole number of at least 1, or two models have the same name.
    """
    _check_number("min_history", min_history, 1)
    settings = settings or Settings()
    named = _named(models)
    origins = list(
        folds(
            results,
            crosswalk=crosswalk,
            min_history=min_history,
            max_history=settings.max_history,
            max_targets=settings.max_targets,
        )
    )
    tasks = [(name, fold) for fold in origins for name in named]
    work = Parallel(n_jobs=settings.jobs, return_as="generator")(
        delayed(_run)(name, named[name], fold, crosswalk, settings) for name, fold in tasks
    )
    outcomes = list(_shown(work, len(tasks)))
    failed = [one for one in outcomes if one.comparison is None]
    if len(failed) == len(outcomes):
        reason = failed[0].error if failed else ""
        raise HistoryError(_NOTHING, n=len(origins), error=reason)
    return _collected(outcomes, panel, tuple(named))


def _named(models: Mapping[str, Model] | Sequence[Model]) -> dict[str, Model]:
    """Give every model a name and add the naive ones."""
    listed = list(models.values() if isinstance(models, Mapping) else _listed(models))
    for model in listed:
        if not hasattr(model, "fit"):
            raise TypeError(
                f"a model must be an object such as turnout.BinomialGLM(), got {model!r}."
            )
    if isinstance(models, Mapping):
        named = dict(models)
    else:
        named = {model.name: model for model in listed}
        if len(named) < len(listed):
            raise ValueError(
                "two models have the same name; pass a mapping from names of your own to models."
            )
    naive: dict[str, Model] = {"LastOfType": LastOfType(), "LastTurnout": LastTurnout()}
    return {**named, **{name: model for name, model in naive.items() if name not in named}}


def _listed(models: Sequence[Model]) -> Sequence[Model]:
    """Refuse what is no list; a single model is a slip that a user should hear of in words."""
    if isinstance(models, str) or not isinstance(models, Sequence):
        raise TypeError(f"models must be a list or a mapping, got {models!r}; write [model].")
    return models


def _run(
    name: str, model: Model, fold: Fold, crosswalk: pd.DataFrame | None, settings: Settings
) -> _Outcome:
    """Forecast one fold with one model; what goes wrong is told, not raised."""
    try:
        fitted = model.fit(fold.history, crosswalk=crosswalk)
        forecast = fitted.forecast(
            fold.election, roll=fold.roll, draws=settings.draws, seed=settings.seed
        )
        compared = compare(forecast, fold.outcome, seed=settings.seed)
        return _Outcome(name, fold, compared, _scale_of_whole(forecast, compared))
    except Exception as error:  # one model's failure must not lose the others' forecasts
        return _Outcome(name, fold, None, error=f"{type(error).__name__}: {error}")


def _scale_of_whole(forecast: Forecast, comparison: pd.DataFrame) -> str | None:
    """Return the coarsest scale with a result among those that have a single place.

    A single city and its province are the same whole; districts are never one.
    """
    single = forecast.scales[forecast.scales.index(forecast.top) :]
    known = [scale for scale in single if scale in set(comparison["scale"])]
    return known[-1] if known else None


def _shown(work: Iterable[_Outcome], total: int) -> Iterable[_Outcome]:
    """Show a progress bar on a terminal."""
    from rich.progress import track

    console = notices()
    hidden = not (console.is_terminal and sys.stderr.isatty())
    return track(work, _PROGRESS, total, console=console, transient=True, disable=hidden)


def _collected(outcomes: Sequence[_Outcome], panel: str, models: tuple[str, ...]) -> Backtest:
    scored, compared, failures = [], [], []
    for one in outcomes:
        election = one.fold.election
        keys: dict[str, Any] = dict(
            zip(
                _KEYS,
                (
                    panel,
                    election.name,
                    pd.Timestamp(election.date),
                    election.election_type,
                    one.model,
                ),
                strict=True,
            )
        )
        if one.comparison is None:
            failures.append({**keys, "error": one.error})
            continue
        scores = score_table(one.comparison)
        scored.append(scores.assign(**keys, is_top=scores["scale"] == one.whole))
        is_top = one.comparison["scale"] == one.whole
        compared.append(one.comparison.assign(**keys, is_top=is_top))
    score_columns = ["panel", "election", "scale", "model", *SCORE_COLUMNS, "is_top"]
    return Backtest(
        scores=pd.concat(scored, ignore_index=True)[score_columns],
        forecasts=pd.concat(compared, ignore_index=True)[[*_KEYS, *COMPARISON_COLUMNS, "is_top"]],
        failures=pd.DataFrame(failures, columns=[*_KEYS, "error"]),
        asked=models,
    )


_PROGRESS = "Backtest / uji mundur"

_NOTHING = Text(
    en="None of the {n:count:past election:past elections} could be forecast. {error}",
    id="Tidak satu pun dari {n:count} pemilihan yang lalu dapat diprakirakan. {error}",
)
