"""What a forecast rests on, for an analyst to read: variances, sources, misfits, warnings."""

from __future__ import annotations

import html
from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.elections import Election
from turnout.forecast import Note
from turnout.language import Language
from turnout.levels import USUAL, tails
from turnout.models.diagnosis.office import office_and_trend
from turnout.models.diagnosis.residuals import unusual_results
from turnout.models.diagnosis.variance_components import variance_components
from turnout.models.diagnosis.variance_decomposition import variance_sources
from turnout.models.diagnosis.words import say_diagnosis
from turnout.models.notes import sample_notes
from turnout.models.tree.predictive import Predictive
from turnout.threads import single_threaded


@dataclass(frozen=True)
class Diagnosis:
    """What the forecast of an election rests on.

    Parameters
    ----------
    election
        The coming election.
    table
        Variances of every level, see `variance_components.variance_components`.
    sources
        Shares of the forecast's variance, see
        `variance_decomposition.variance_sources`.
    office
        What the coming type draws beside another one, and the trend of the level, see
        `office.office_and_trend`.
    effects
        Linear effects: name, unit (what the figures are per, in units of the column), prior_mean,
        prior_sd, mean, sd, lower, upper (90% interval; logit), and of_turnout (False for offsets
        of how turnout was measured).
    results
        Past results by how unusual they are, see
        `turnout.models.diagnosis.residuals.unusual_results`.
    notes
        What the reader of the forecast has to know.
    effective_sample_size
        Of the draws of the integrated variances; under 200 is rough.
    """

    election: Election
    table: pd.DataFrame
    sources: pd.DataFrame
    office: pd.DataFrame
    effects: pd.DataFrame
    results: pd.DataFrame
    notes: tuple[Note, ...]
    effective_sample_size: float

    @property
    def text(self) -> str:
        """The diagnosis in words, in English."""
        return self.say("en")

    def say(self, lang: Language = "en") -> str:
        """Return the diagnosis in words, one statement per line."""
        return say_diagnosis(self, lang)

    def _repr_html_(self) -> str:
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in self.text.splitlines())
        return lines + self.table.round(3).to_html(index=False)


@single_threaded
def diagnose(predictive: Predictive, seed: int = 1) -> Diagnosis:
    """Return what the forecast of an election rests on.

    Parameters
    ----------
    predictive
        The coming election.
    seed
        Seed of the draws.
    """
    panel, state = predictive.panel, predictive.state
    rng = np.random.default_rng(seed)
    coming = panel.contests.iloc[predictive.contest]
    effective = state.posterior.effective
    return Diagnosis(
        election=Election(
            coming["date"], coming["election_type"], coming["type_group"], coming["election"]
        ),
        table=variance_components(predictive),
        sources=variance_sources(predictive, rng),
        office=office_and_trend(predictive, rng),
        effects=_effects(predictive, rng),
        results=unusual_results(predictive, rng),
        notes=(*predictive.notes, *sample_notes(effective)),
        effective_sample_size=round(effective, 1),
    )


def _effects(predictive: Predictive, rng: np.random.Generator, count: int = 2000) -> pd.DataFrame:
    """Return prior and posterior of the linear effects."""
    state = predictive.state
    chosen = state.posterior.pick(count, rng)
    parts = [
        state.draw(chosen[at], predictive.contest, rng).effects
        for at in state.batches(chosen, count)
    ]
    drawn = np.concatenate(parts)
    lower, upper = np.quantile(drawn, tails(USUAL), axis=0)
    return pd.DataFrame(
        {
            "name": [effect.name for effect in state.effects],
            "unit": [effect.unit for effect in state.effects],
            "prior_mean": [effect.mean for effect in state.effects],
            "prior_sd": [effect.sd for effect in state.effects],
            "mean": drawn.mean(axis=0),
            "sd": drawn.std(axis=0),
            "lower": lower,
            "upper": upper,
            "of_turnout": state.tree.of_turnout,
        }
    )
