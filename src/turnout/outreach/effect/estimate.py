"""What outreach has done: `estimate_outreach` and what it finds."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd
from scipy.stats import norm

from turnout.areas import Panel, build_panel
from turnout.arrays import Floats
from turnout.doses import (
    BIAS_SD,
    PLACES_ONLY_SD,
    Dose,
    EffectPrior,
    counted_activities,
    dose_columns,
    is_compared,
    mean_dose,
    place_log,
    prior_of,
    saturating,
)
from turnout.errors import DataError, Finding
from turnout.language import Language
from turnout.models.tree.model import HierarchicalModel
from turnout.outreach.effect.estimators import (
    Estimate,
    cross_section,
    mundlak,
    placebo,
    two_way_within,
)
from turnout.outreach.effect.likelihood import DataEstimate, in_likelihood
from turnout.outreach.effect.observations import Observations, observations
from turnout.outreach.effect.posterior import EffectPosterior, combine
from turnout.outreach.effect.sensitivity import sensitivity
from turnout.outreach.effect.words import NO_ACTIVITY, effect_table_to_read, say_effect

Assignment = Literal["staff", "lot"]
"""Who chose the places of activities."""

SHARE_REACHED = 0.1
"""Effects are told for this share of an area's voters reached."""

# 5% two-sided with 80% power.
_SEEN = float(norm.ppf(0.975) + norm.ppf(0.8))
_HALF_90 = float(norm.ppf(0.95))
# A standard error beyond this means that the data say nothing.
_SILENT = 20.0


@dataclass(frozen=True)
class OutreachEffect:
    """Prior, data and posterior of every kind of activity, and the estimators side by side.

    Parameters
    ----------
    table
        One row per kind and estimate (prior, data, posterior; then likelihood, within, mundlak,
        cross_section, placebo): kind, estimate, effect and sd (logit per unit of dose), lower and
        upper (90%), and the same as points: turnout's change, a difference of shares, when a
        tenth of an area's voters is reached. `data` is the estimate in the likelihood with the
        bias of chosen places added to its error.
    kinds
        One row per kind: activities and reached (people) in the 180 days before a contest,
        treated (areas and contests with a dose), mean_dose, compared (whether some place can be
        compared with itself), smallest and smallest_with_bias (the smallest effects this panel
        could have seen, in the unit of `points`), differ (estimators more than a standard error
        apart), contradicts (the data are out of reach of the prior), chosen (the placebo tells
        that staff chose by the last turnout).
    data
        What the data alone say, as `table` has it under `likelihood`.
    posterior
        The effects for forecasts and plans.
    findings
        Activities that were left out, and what was assumed.
    simulated
        Whether the activity log is simulated.
    assignment
        How places were chosen.
    """

    table: pd.DataFrame
    kinds: pd.DataFrame
    data: DataEstimate
    posterior: EffectPosterior
    findings: tuple[Finding, ...] = ()
    simulated: bool = False
    assignment: Assignment = "staff"

    @property
    def text(self) -> str:
        """The effect in words, in English."""
        return self.say("en")

    def say(self, lang: Language = "en") -> str:
        """Return the effect in words, one statement per line."""
        return say_effect(
            self.table,
            self.kinds,
            self.findings,
            lang,
            simulated=self.simulated,
            by_lot=self.assignment == "lot",
        )

    def sensitivity(self) -> pd.DataFrame:
        """Return the posterior under other priors and other biases.

        Returns
        -------
        pandas.DataFrame
            One row per kind, `prior_scale` (of the prior's mean: half, as documented, twice) and
            `bias_sd` (logit at the mean dose: 0, .04, .1): effect and sd (logit per unit of
            dose), points (as in `table`).
        """
        return sensitivity(self.table, self.kinds, self.data)

    def _repr_html_(self) -> str:
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in self.text.splitlines())
        return lines + effect_table_to_read(self.table, "en").to_html(index=False)


def estimate_outreach(
    results: pd.DataFrame,
    outreach: pd.DataFrame,
    *,
    crosswalk: pd.DataFrame | None = None,
    model: HierarchicalModel | None = None,
    assignment: Assignment = "staff",
    bias_sd: float = BIAS_SD,
) -> OutreachEffect:
    """Estimate what past activities changed, and show how little a panel can tell of it.

    Parameters
    ----------
    results
        Results table.
    outreach
        Activity log, in the columns of `schema.OUTREACH_COLUMNS`.
    crosswalk
        New areas and the old ones whose voters they took.
    model
        Settings of the model; the defaults when not given.
    assignment
        How places were chosen: by ``staff``, or by ``lot`` among all of them, which needs no
        allowance for bias. For a lot drawn by `design_rollout`, `estimate_rollout` is sharper: it
        compares within the lot's blocks.
    bias_sd
        Standard deviation, in logit at the treated areas' mean dose, of what staff's choice of
        places adds to any estimate.

    Returns
    -------
    OutreachEffect

    Raises
    ------
    ValueError
        If `assignment` is neither ``staff`` nor ``lot``, or `bias_sd` is negative.
    DataError
        If no activity falls in the 180 days before a contest and into a place of the results.

    Examples
    --------
    >>> from turnout.synthetic import simulate_panel
    >>> panel = simulate_panel("chronically_low", np.random.default_rng(1))
    >>> effect = estimate_outreach(panel.results, panel.outreach)
    >>> effect.table.set_index("estimate")["points"][["posterior", "cross_section"]].round(3)
    estimate
    posterior        0.001
    cross_section   -0.017
    Name: points, dtype: float64
    """
    if assignment not in get_args(Assignment):
        raise ValueError(f"assignment must be staff or lot, got {assignment!r}.")
    if not bias_sd >= 0:
        raise ValueError(f"bias_sd must not be negative, got {bias_sd!r}.")
    panel = build_panel(results, crosswalk=crosswalk)
    placed = place_log(panel, outreach)
    doses = dose_columns(panel, outreach)
    if not doses:
        raise DataError(NO_ACTIVITY, placed.findings, n=len(outreach))
    counted = placed.table.loc[np.flatnonzero(counted_activities(placed.table, panel).any(axis=1))]
    data = observations(panel, doses)
    fitted = (model or HierarchicalModel()).fit(results, crosswalk=crosswalk)
    found = in_likelihood(panel, doses, fitted)
    priors = [dose.prior for dose in doses]
    by_staff = assignment == "staff"
    bias = np.array([bias_of(panel, dose, bias_sd) if by_staff else 0.0 for dose in doses])
    names = tuple(dose.kind for dose in doses)
    posterior = combine(
        names,
        (np.array([one.mean for one in priors]), np.array([one.sd for one in priors])),
        (found.mean, found.covariance),
        bias,
    )
    estimates = _side_by_side(found, bias, priors, posterior, data)
    per_point = float(saturating(SHARE_REACHED)) * slope_of(data)
    table = _table(names, estimates, per_point)
    return OutreachEffect(
        table=table,
        kinds=_kinds(panel, doses, counted, estimates, per_point),
        data=found,
        posterior=posterior,
        findings=placed.findings,
        simulated=is_simulated(outreach),
        assignment=assignment,
    )


def bias_of(panel: Panel, dose: Dose, bias_sd: float) -> float:
    """Return the standard deviation of the bias of a kind's estimate, logit per unit of dose."""
    usual = mean_dose(dose.values[panel.is_leaf])
    return (bias_sd if is_compared(panel, dose.values) else PLACES_ONLY_SD) / usual


def slope_of(data: Observations) -> float:
    """Return turnout's change per logit in the places with activities: mean of p(1 - p)."""
    turnout = data.turnout[data.treated] if data.treated.any() else data.turnout
    return float(np.mean(turnout * (1 - turnout)))


def is_simulated(outreach: pd.DataFrame) -> bool:
    """Return whether a log says of any row that it is simulated."""
    if "simulated" not in outreach:
        return False
    told = outreach["simulated"].dropna().astype("str").str.casefold()
    return bool(told.isin(["true", "1", "yes", "ya"]).any())


def prior_effect(kinds: Sequence[str]) -> EffectPosterior:
    """Return what is known of kinds of activity without any log: their priors.

    >>> prior_effect(["tatap muka"]).mean.tolist()
    [0.08]
    """
    priors = [prior_of(kind) for kind in kinds]
    return EffectPosterior(
        tuple(kinds),
        np.array([one.mean for one in priors]),
        np.diag([one.sd**2 for one in priors]),
    )


def _side_by_side(
    found: DataEstimate,
    bias: Floats,
    priors: Sequence[EffectPrior],
    posterior: EffectPosterior,
    data: Observations,
) -> dict[str, Estimate]:
    silent = found.sd > _SILENT
    likelihood = Estimate(np.where(silent, np.nan, found.mean), np.where(silent, np.nan, found.sd))
    return {
        "prior": Estimate(
            np.array([one.mean for one in priors]), np.array([one.sd for one in priors])
        ),
        "data": Estimate(likelihood.mean, np.hypot(likelihood.sd, bias)),
        "posterior": Estimate(posterior.mean, posterior.sd),
        "likelihood": likelihood,
        "within": two_way_within(data),
        "mundlak": mundlak(data),
        "cross_section": cross_section(data),
        "placebo": placebo(data),
    }


def _table(names: Sequence[str], estimates: dict[str, Estimate], per_point: float) -> pd.DataFrame:
    rows = [
        (kind, name, one.mean[number], one.sd[number])
        for number, kind in enumerate(names)
        for name, one in estimates.items()
    ]
    table = pd.DataFrame(rows, columns=["kind", "estimate", "effect", "sd"])
    table["lower"] = table["effect"] - _HALF_90 * table["sd"]
    table["upper"] = table["effect"] + _HALF_90 * table["sd"]
    table["points"] = per_point * table["effect"]
    table["points_lower"] = per_point * table["lower"]
    table["points_upper"] = per_point * table["upper"]
    return table


def _kinds(
    panel: Panel,
    doses: Sequence[Dose],
    log: pd.DataFrame,
    estimates: dict[str, Estimate],
    per_point: float,
) -> pd.DataFrame:
    """Return what is known of every kind's activities, and of what the panel can tell."""
    likelihood, within = estimates["likelihood"], estimates["within"]
    smaller = np.fmin(likelihood.sd, within.sd)
    sham = estimates["placebo"]
    with np.errstate(invalid="ignore"):
        differ = np.abs(likelihood.mean - within.mean) > smaller
        chosen = np.abs(sham.mean) > _HALF_90 * sham.sd
        away = np.abs(estimates["data"].mean - estimates["prior"].mean)
        contradicts = away > _HALF_90 * np.hypot(estimates["data"].sd, estimates["prior"].sd)
    by_kind = log.groupby("kind")["reached"].agg(["size", "sum"])
    names = [dose.kind for dose in doses]
    return pd.DataFrame(
        {
            "kind": names,
            "activities": by_kind["size"].reindex(names).to_numpy(),
            "reached": by_kind["sum"].reindex(names).to_numpy(),
            "treated": [int((dose.values[panel.is_leaf] > 0).sum()) for dose in doses],
            "mean_dose": [mean_dose(dose.values[panel.is_leaf]) for dose in doses],
            "compared": [is_compared(panel, dose.values) for dose in doses],
            "smallest": per_point * _SEEN * likelihood.sd,
            "smallest_with_bias": per_point * _SEEN * estimates["data"].sd,
            "differ": differ,
            "contradicts": contradicts,
            "chosen": chosen,
        }
    )
