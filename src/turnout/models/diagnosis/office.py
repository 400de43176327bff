"""What the kind of office and the trend do to a forecast (docs/model.md, section 3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.areas import past_turnout
from turnout.arrays import Floats, Ints
from turnout.levels import USUAL, tails
from turnout.models.tree.batch import floored
from turnout.models.tree.kernels import TERMS
from turnout.models.tree.predictive import Predictive, draws_at_once
from turnout.models.tree.root import SOURCES
from turnout.models.tree.sampling import draw_root
from turnout.models.tree.streams import Streams

_TYPICAL = [
    *(term.name for term in TERMS if term.source == "type"),
    *(name for name, source in SOURCES.items() if source == "type"),
]


def office_and_trend(
    predictive: Predictive, rng: np.random.Generator, count: int = 1000
) -> pd.DataFrame:
    """Return what the coming type draws beside another one, and the trend of the level.

    What is typical of a type is all that neither fades nor belongs to one day: the lasting terms
    of the root and the kind of office.

    Parameters
    ----------
    predictive
        The coming election.
    rng
        Source of randomness.
    count
        Number of draws.

    Returns
    -------
    pandas.DataFrame
        A row for the ``trend``: against (the year of the first contest), mean, lower and upper
        (90% interval) of how far the random walk has gone by the coming election; and, where the
        past has another type, one for the ``type``: against (the type seen most often of those
        whose office is another, else of all others), mean, lower and upper of how much more the
        coming one draws, prior and prior_sd (by the kind of office alone), data (difference of
        the mean past turnouts; NaN where the type was never seen), contests and contests_against
        (past ones). Figures are logits.
    """
    root = _Root.of(predictive, rng, count)
    contests, now = predictive.panel.contests, predictive.contest
    unit = np.eye(len(contests))
    walk = root.drawn(["walk"], unit[now])
    table = [{"of": "trend", "against": str(contests["date"].min().year), **_told(walk)}]
    past = _past_logits(predictive)
    other = _other_type(predictive, past)
    if other is not None:
        then = int(np.flatnonzero(contests["election_type"] == other)[-1])
        contrast = unit[now] - unit[then]
        own, process = contests["election_type"].iloc[now], predictive.state.root
        logits = {kind: past.loc[past["election_type"] == kind, "logit"] for kind in (own, other)}
        prior = float(contrast @ process.mean)
        drawn = prior + root.drawn(_TYPICAL, contrast)
        office = {
            "prior": prior,
            "prior_sd": float(np.sqrt(contrast @ process.terms["kind"] @ contrast)),
            "data": float(logits[own].mean() - logits[other].mean()),
            "contests": len(logits[own]),
            "contests_against": len(logits[other]),
        }
        table.append({"of": "type", "against": other, **_told(drawn), **office})
    return pd.DataFrame(table)


@dataclass(frozen=True)
class _Root:
    """The root's values, drawn, and the covariances of what they are made of.

    Parameters
    ----------
    values
        (draws, contests) less their prior mean.
    which
        (draws,) parameter draw of every draw.
    terms
        By name, (parameter draws or 1, contests, contests).
    rng
        Source of randomness.
    """

    values: Floats
    which: Ints
    terms: dict[str, Floats]
    rng: np.random.Generator

    @classmethod
    def of(cls, predictive: Predictive, rng: np.random.Generator, count: int) -> _Root:
        state = predictive.state
        chosen = state.posterior.pick(count, rng)
        rows, which = np.unique(chosen, return_inverse=True)
        values = np.empty((count, len(state.tree.center)))
        for at in state.batches(chosen, draws_at_once(state.tree, count)):
            batch = state.draw(chosen[at], predictive.contest, rng)
            values[at] = draw_root(batch, Streams.of_one(rng, len(batch.tree.parent)))[0][0].T
        parts = state.kernel.components(state.by_level(state.posterior.draws[rows])[0])
        terms = {term.name: parts[:, number] for number, term in enumerate(TERMS)}
        terms |= {name: term[None] for name, term in state.root.terms.items()}
        return cls(values, which.astype(np.intp), terms, rng)

    def drawn(self, names: list[str], contrast: Floats) -> Floats:
        r"""Draw a contrast a of some terms, of covariance C, given the root's values f.

        It is normal with mean :math:`a'C K^{-1} f` and variance
        :math:`a'Ca - a'C K^{-1} C a`, K being the covariance of all terms.
        """
        whole = floored(np.asarray(sum(self.terms.values())))
        own = np.asarray(sum(self.terms[name] for name in names)) @ contrast
        own = np.broadcast_to(own, whole.shape[:-1])
        gain = np.linalg.solve(whole, own[..., None])[..., 0]
        variance = own @ contrast - (gain * own).sum(axis=-1)
        expected = (gain[self.which] * self.values).sum(axis=-1)
        noise = self.rng.standard_normal(len(self.which))
        return np.asarray(expected + np.sqrt(variance.clip(0))[self.which] * noise)


def _past_logits(predictive: Predictive) -> pd.DataFrame:
    """Return election_type and logit of the whole's past contests."""
    panel = predictive.panel
    coming = panel.contests["election"].iloc[predictive.contest]
    past = past_turnout(panel)
    past = past[(past["scale"] == panel.scales[0]) & (past["election"] != coming)]
    share = past["turnout"].clip(1e-4, 1 - 1e-4)
    return past[["election_type"]].assign(logit=np.log(share / (1 - share)))


def _other_type(predictive: Predictive, past: pd.DataFrame) -> str | None:
    """Return the past type to set the coming one beside; None where there is no other."""
    contests, score = predictive.panel.contests, predictive.state.kernel.kinds.score
    types = contests["election_type"]
    own = types.iloc[predictive.contest]
    seen = past["election_type"].value_counts(sort=False)
    others = [str(name) for name in seen.index if name != own]
    away = {name: abs(score[types == name][-1] - score[predictive.contest]) for name in others}
    return max(others, key=lambda name: (away[name] > 0, seen[name]), default=None)


def _told(drawn: Floats) -> dict[str, float]:
    lower, upper = np.quantile(drawn, tails(USUAL))
    return {"mean": float(drawn.mean()), "lower": float(lower), "upper": float(upper)}
