"""A mixture of models: every draw comes whole from one of them.

A mixture of calibrated models is too wide: their disagreement comes on top of what each says of
its own error. Narrowing each around its own mean repairs that (the spread-adjusted linear pool of
Gneiting & Ranjan 2013, Electronic Journal of Statistics 7, 1747-1782).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from turnout.arrays import Floats, Singles
from turnout.elections import Election
from turnout.errors import HistoryError
from turnout.forecast import About, Forecast, Note
from turnout.forecast.room import Draws
from turnout.language import Text
from turnout.models.base import FittedModel, Model, WithCovariates, WithPrior
from turnout.models.mixture.stacking import Divergence, divergence, stack
from turnout.models.monte_carlo import check_draws, check_seed
from turnout.models.points.glm import BinomialGLM
from turnout.models.settings import check_positive, check_whole
from turnout.models.tree.model import HierarchicalModel
from turnout.models.tree.priors import TopPrior
from turnout.rolling_origin import folds

_LEARNING_DRAWS = 300


@dataclass(frozen=True)
class Mixture:
    """Several models, each of which says what some of the draws are.

    A whole draw comes from one model, so that what its areas share is kept. The models' errors
    differ, and the mixture is wider where they disagree: it is better than each of them.

    The models are narrowed a little, so that their disagreement is not counted on top of errors
    that it is already a part of. If two models are right about their own errors, and the squared
    distance of their means is d^2 per s^2 of their variance, the right factor is
    sqrt(1 - d^2 / (2 s^2)): on real panels 0.88. The default is the more cautious 0.92
    (docs/accuracy.md). Every draw moves towards its model's mean, which keeps the means and lets
    all scales stay sums of each other.

    Parameters
    ----------
    models
        The models that are mixed.
    past_elections
        On how many of the newest past contests, each forecast from the days before it, the weights
        are learned by the mixture's CRPS. With none, the default, all weights are equal: on real
        panels weights learned from up to nine past elections were worse than equal ones
        (docs/accuracy.md).
    equal_elections
        How many elections the equal weights count, which learned weights are drawn towards.
    spread
        Factor on every draw's distance from its model's mean, where models are mixed; 1 leaves
        them as they are.

    Raises
    ------
    ValueError
        If there is no model or one stands there twice, or `spread` does not lie above 0 and up to
        1.

    Examples
    --------
    >>> Mixture().name, len(Mixture().models)
    ('Mixture', 2)
    """

    models: tuple[Model, ...] = field(default_factory=lambda: (HierarchicalModel(), BinomialGLM()))
    past_elections: int = 0
    equal_elections: float = 10.0
    spread: float = 0.92

    def __post_init__(self) -> None:
        if not self.models:
            raise ValueError("a mixture needs at least one model: Mixture((HierarchicalModel(),)).")
        twice = [model for number, model in enumerate(self.models) if model in self.models[:number]]
        if twice:
            raise ValueError(
                f"{len(twice)} of the {len(self.models)} models of the mixture stand there twice "
                f"(first: {twice[0]!r}); list each model once."
            )
        for model in self.models:
            if isinstance(model, type) or not isinstance(model, Model):
                raise TypeError(
                    f"a mixture is made of models, such as BinomialGLM(), got {model!r}."
                )
        check_whole("past_elections", self.past_elections, 0)
        check_positive("equal_elections", self.equal_elections)
        if not 0 < self.spread <= 1:
            raise ValueError(
                f"spread must lie above 0 and up to 1, got {self.spread!r}; to leave the models as "
                "wide as they are, pass spread=1."
            )

    @property
    def name(self) -> str:
        """Name of the model as tables show it."""
        return type(self).__name__

    def with_prior(self, prior: TopPrior | str) -> Mixture:
        """Return the mixture with another prior in the models that have one."""
        return self._with(WithPrior, lambda model: model.with_prior(prior))

    def with_scale(self, factor: float) -> Mixture:
        """Return the mixture with the prior standard deviations of its models scaled."""
        return self._with(WithPrior, lambda model: model.with_scale(factor))

    def with_covariates(self, names: Sequence[str]) -> Mixture:
        """Return the mixture with these covariates in the models that read any."""
        return self._with(WithCovariates, lambda model: model.with_covariates(names))

    def _with(self, able: type, changed: Callable[[Any], Model]) -> Mixture:
        models = [changed(model) if isinstance(model, able) else model for model in self.models]
        return replace(self, models=tuple(models))

    def fit(
        self,
        results: pd.DataFrame,
        *,
        outreach: pd.DataFrame | None = None,
        crosswalk: pd.DataFrame | None = None,
    ) -> FittedMixture:
        """Fit every model, and learn the weights where that is asked for.

        Raises
        ------
        DataError
            If a needed column is missing.
        HistoryError
            If there are no results.
        """
        fitted = [
            model.fit(results, outreach=outreach, crosswalk=crosswalk) for model in self.models
        ]
        weights = np.full(len(fitted), 1 / len(fitted))
        if self.past_elections and len(fitted) > 1:
            past = _past_divergences(self, results, crosswalk)
            weights = stack(past, len(fitted), self.equal_elections)
        return FittedMixture(self, tuple(fitted), weights)


@dataclass(frozen=True)
class FittedMixture:
    """Fitted models and their weights."""

    model: Mixture
    fitted: tuple[FittedModel, ...]
    weights: Floats

    def forecast(
        self,
        election: Election,
        *,
        roll: pd.DataFrame | None = None,
        counted: pd.DataFrame | None = None,
        activities: pd.DataFrame | None = None,
        draws: int = 4000,
        seed: int | None = None,
    ) -> Forecast:
        """Return joint draws of the coming election; see `base.FittedModel.forecast`.

        A model that needs more history is left out, and the forecast says so.

        Raises
        ------
        UnusedInputError
            If one of the models cannot use a count in progress, or activities, that are given.
        HistoryError
            If no model can forecast.
        """
        check_draws(draws)
        check_seed(seed)
        seeds = np.random.SeedSequence(seed).generate_state(len(self.fitted) + 1)
        named = _told_apart([model.name for model in self.model.models])

        def ask(number: int) -> Forecast:
            return self.fitted[number].forecast(
                election,
                roll=roll,
                counted=counted,
                activities=activities,
                draws=draws,
                seed=int(seeds[number]),
            )

        forecasts, notes = _asked(ask, named)
        weights = self.weights[list(forecasts)]
        weights = weights / weights.sum()
        spread = self.model.spread if (weights > 0).sum() > 1 else 1.0
        drawn = [_narrowed(forecast.draws, spread) for forecast in forecasts.values()]
        mixed = _mixed(drawn, weights, np.random.default_rng(seeds[-1]))
        told = [note for forecast in forecasts.values() for note in forecast.about.notes]
        about = About(
            self.model.name,
            seed,
            _distinct([*told, *notes]),
            _diagnostics(forecasts, named, weights),
        )
        return replace(next(iter(forecasts.values())), draws=mixed, about=about)


def _told_apart(names: list[str]) -> list[str]:
    """Return the names of the models; those that several share are numbered."""
    return [
        f"{name}_{names[: place + 1].count(name)}" if names.count(name) > 1 else name
        for place, name in enumerate(names)
    ]


def _asked(
    ask: Callable[[int], Forecast], names: list[str]
) -> tuple[dict[int, Forecast], list[Note]]:
    """Ask every model; those that cannot answer are told in notes."""
    forecasts: dict[int, Forecast] = {}
    notes: list[Note] = []
    last: HistoryError | None = None
    for number, name in enumerate(names):
        try:
            forecasts[number] = ask(number)
        except HistoryError as error:
            notes.append(Note(_LEFT_OUT, {"model": name}))
            last = error
    if last is not None and not forecasts:
        raise last
    return forecasts, notes


def _narrowed(draws: Draws, spread: float) -> Singles:
    """Move every draw towards the mean of all; shares stay shares, and sums of places sums."""
    mean = draws.mean(axis=0, dtype=np.float64).astype(np.float32)
    away = draws.astype(np.float32, copy=False) - mean
    narrowed: Singles = mean + np.float32(spread) * away
    # Rounding must not push a full turnout above 1.
    return narrowed.clip(0, 1)


def _mixed(drawn: list[Singles], weights: Floats, rng: np.random.Generator) -> Singles:
    """Take whole draws of every model, as many as its weight says, in random order."""
    size = len(drawn[0])
    ends = np.round(np.cumsum(weights) * size).astype(int)
    parts, start = [], 0
    for draws, end in zip(drawn, ends, strict=True):
        if draws.shape != drawn[0].shape:
            raise ValueError("the models of a mixture must forecast the same places.")
        chosen = rng.permutation(size)[: end - start]
        parts.append(draws[chosen])
        start = end
    return np.concatenate(parts)[rng.permutation(size)]


def _diagnostics(
    forecasts: Mapping[int, Forecast], names: list[str], weights: Floats
) -> dict[str, float]:
    """Return the weights and what each model's fit says."""
    found = {
        f"weight_{names[number]}": round(float(weight), 4)
        for number, weight in zip(forecasts, weights, strict=True)
    }
    for forecast in forecasts.values():
        found.update(forecast.about.diagnostics)
    return found


def _distinct(notes: list[Note]) -> tuple[Note, ...]:
    """Return each note once."""
    kept: dict[str, Note] = {}
    for note in notes:
        kept.setdefault(note.say("en"), note)
    return tuple(kept.values())


def _past_divergences(
    mixture: Mixture, results: pd.DataFrame, crosswalk: pd.DataFrame | None
) -> list[Divergence]:
    """Forecast past contests with every model, and compare the forecasts with what happened."""
    try:
        origins = list(
            folds(
                results,
                crosswalk=crosswalk,
                min_history=2,
                max_targets=mixture.past_elections,
            )
        )
    except HistoryError:
        return []
    past = []
    for fold in origins:
        try:
            forecasts = [
                model.fit(fold.history, crosswalk=crosswalk).forecast(
                    fold.election, roll=fold.roll, draws=_LEARNING_DRAWS, seed=number
                )
                for number, model in enumerate(mixture.models)
            ]
        except HistoryError:
            continue
        past.append(divergence(forecasts, fold.outcome))
    return [one for one in past if len(one.from_actual)]


_LEFT_OUT = Text(
    en="{model} could not be used here and is left out of the mixture.",
    id="{model} tidak dapat dipakai di sini dan tidak diikutkan dalam campuran.",
)
