"""Where the next activities should go: `plan_outreach` and what it advises."""

from __future__ import annotations

import html
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from turnout.arrays import Floats
from turnout.errors import TurnoutError
from turnout.forecast import Forecast
from turnout.goals import Goal, parse_goal
from turnout.language import Language, Text
from turnout.outreach import EffectPosterior, OutreachEffect, prior_effect
from turnout.outreach.plan.allocation import (
    Allocation,
    Rules,
    allocate,
    best,
    counts_of,
    equal_order,
    largest_order,
    taken,
)
from turnout.outreach.plan.field import field_of, rules_of
from turnout.outreach.plan.gains import Gain, comparison, curve, gain_of
from turnout.outreach.plan.means import Budget, Means
from turnout.outreach.plan.steps import Field, Steps, steps_of
from turnout.outreach.plan.uplift import required_uplift
from turnout.outreach.plan.words import comparison_to_read, say_plan
from turnout.schema import PLACE_COLUMNS

# The curve goes on to this many times the budget.
_BEYOND = 4.0


@dataclass(frozen=True)
class OutreachPlan:
    """Activities per area, what they gain, and what any plan could gain.

    Parameters
    ----------
    table
        One row per area, as staff work from it: the place columns, area_id, registered, median
        (share), activities, one column per option (``activities_...``), people, money,
        gain_voters, and with a goal the uplift it would take (see `uplift.required_uplift`).
    comparison
        The plan against an equal split, against the largest areas first, and against meeting
        every voter once with every option (`everyone`): see `gains.comparison`.
    curve
        Gain against budget: see `gains.curve`.
    budget, means
        What was asked for.
    figures
        ``registered``; ``better`` and ``better_sd`` (mean and sd of the plan's gain less the
        equal split's, shares); ``exact`` (1 where no plan is better by .01%); ``estimated`` (0
        where only priors speak of the effects); and with a goal ``goal``, ``median``, ``gap``
        (shares) and ``prob_before``.
    simulated
        Whether the effect was estimated from a simulated log.
    """

    table: pd.DataFrame
    comparison: pd.DataFrame
    curve: pd.DataFrame
    budget: Budget
    means: Means
    figures: dict[str, float]
    simulated: bool = False

    @property
    def out_of_reach(self) -> bool:
        """Whether the goal lies above what meeting every voter gains, at its upper end (95%)."""
        return self.figures.get("gap", -np.inf) > self.rule("everyone")["upper"]

    @property
    def like_equal(self) -> bool:
        """Whether the plan's advantage over an equal split is lost in the doubt about its gain."""
        plan = self.rule("plan")
        return self.figures["better"] < (plan["upper"] - plan["lower"]) / (2 * 1.645)

    def rule(self, name: str) -> dict[str, float]:
        """Return the figures of one row of the comparison."""
        row = self.comparison[self.comparison["rule"] == name].drop(columns="rule").iloc[0]
        return {str(key): float(value) for key, value in row.to_dict().items()}

    @property
    def text(self) -> str:
        """The plan in words, in English."""
        return self.say("en")

    def say(self, lang: Language = "en") -> str:
        """Return the plan in words, one statement per line."""
        return say_plan(self, lang)

    def _repr_html_(self) -> str:
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in self.text.splitlines())
        return lines + comparison_to_read(self, "en").to_html(index=False)


def plan_outreach(
    forecast: Forecast,
    budget: Budget | float,
    *,
    means: Means | None = None,
    effect: OutreachEffect | EffectPosterior | None = None,
    goal: Goal | None = None,
    seed: int = 1,
) -> OutreachPlan:
    r"""Find where activities gain most voters, and say how little or much that is.

    The expected gain of activities :math:`a_{ik}` of option k in area i,

    .. math:: \sum_i N_i \, \overline{p_i (1 - p_i)} \sum_k \theta_k
              [h(x_{ik} + a_{ik} r_k / N_i) - h(x_{ik})],

    has diminishing steps; see `allocation.allocate` for how the best ones are found. What is told
    of the plan is then evaluated on every draw of turnout and of the effects.

    Parameters
    ----------
    forecast
        Joint draws of turnout by area, without the planned activities.
    budget
        What may be spent; a number is a number of activities.
    means
        Kinds of activity, limits and floors, and what was done already; one kind, a meeting of
        100 people, when not given.
    effect
        From `estimate_outreach` or an experiment; the documented priors when not given, and for
        kinds that it does not know.
    goal
        Goal for the whole, as `check_goal` reads it.
    seed
        Seed of the draws of the effects.

    Returns
    -------
    OutreachPlan

    Raises
    ------
    TurnoutError
        If the limits cannot be met within the budget, a floor is by no scale of the forecast, a
        cost is not known, the budget and the
        limits leave no activity at all, or it is more than meeting every voter by every kind takes.

    References
    ----------
    .. [1] Imai & Strauss (2011), Political Analysis 19(1), on planning under uncertain effects.

    Examples
    --------
    >>> from turnout.elections import Election
    >>> places = pd.DataFrame({"area": ["A", "B"], "registered": [4000.0, 8000.0]})
    >>> draws = np.random.default_rng(1).beta(70, 30, (500, 2))
    >>> forecast = Forecast(Election("2030-11-27", "pilkada"), places, draws, "area")
    >>> plan_outreach(forecast, 6).table["activities"].tolist()
    [2, 4]
    """
    budget = budget if isinstance(budget, Budget) else Budget(float(budget))
    means = means or Means()
    known = _effect_of(effect, means)
    field, rules = field_of(forecast, budget, means, known), rules_of(forecast, budget, means)
    _check_possible(budget, field)
    steps = steps_of(field, budget.amount)
    optimal = allocate(field, steps, rules)
    if not optimal.counts.any():
        least = min(option.price(budget.unit) for option in means.options)
        raise TurnoutError(_NOTHING, amount=f"{budget.amount:g}", least=f"{least:g}")
    rivals = {
        "equal": _by(equal_order(field, steps), field, steps, rules),
        "largest": _by(largest_order(field, steps), field, steps, rules),
    }
    allocations = {
        "plan": best(field, [optimal, *rivals.values()]),
        **rivals,
        "everyone": Allocation(field.most(), exact=True),
    }
    effects = known.draw(len(forecast.draws), np.random.default_rng(seed))
    gains = {
        rule: gain_of(forecast, field, one.counts, effects) for rule, one in allocations.items()
    }
    share = None if goal is None else parse_goal(goal)
    costs = [option.cost for option in means.options]
    return OutreachPlan(
        table=_table(forecast, means, gains["plan"], share),
        comparison=comparison(gains, field, costs, share),
        curve=_curve(field, rules, effects),
        budget=budget,
        means=means,
        figures={
            **_figures(forecast, gains, share),
            "exact": float(optimal.exact),
            "estimated": float(effect is not None),
        },
        simulated=isinstance(effect, OutreachEffect) and effect.simulated,
    )


def _check_possible(budget: Budget, field: Field) -> None:
    """Refuse more activities or people than there can be; of money some may be left."""
    most = float((field.most() @ field.price).sum())
    if budget.unit != "money" and budget.amount > most > 0:
        told = _TOO_MANY_ACTIVITIES if budget.unit == "activities" else _TOO_MANY_PEOPLE
        raise TurnoutError(told, amount=budget.amount, most=most)


def _effect_of(effect: OutreachEffect | EffectPosterior | None, means: Means) -> EffectPosterior:
    """Return the effect of every option, in their order: the prior where none is given."""
    kinds = [option.kind for option in means.options]
    known = effect.posterior if isinstance(effect, OutreachEffect) else effect
    distinct = list(dict.fromkeys(kinds))
    if known is None:
        joint = prior_effect(distinct)
    else:
        missing = [kind for kind in distinct if kind not in known.kinds]
        joint = known.joined(prior_effect(missing)) if missing else known
    return joint.of(kinds)


def _by(order: NDArray[np.intp], field: Field, steps: Steps, rules: Rules) -> Allocation:
    return Allocation(counts_of(field, steps, taken(steps, order, rules)), exact=False)


def _curve(field: Field, rules: Rules, effects: Floats) -> pd.DataFrame:
    """Return gain against budget, to some times the budget, by marginal gain."""
    steps = steps_of(field, _BEYOND * rules.budget)
    wider = replace(rules, budget=_BEYOND * rules.budget)
    order = taken(steps, steps.by_gain, wider)
    return curve(field, steps, order, effects)


def _table(forecast: Forecast, means: Means, plan: Gain, goal: float | None) -> pd.DataFrame:
    places = forecast.places.reset_index(drop=True)
    table = places.reindex(columns=[*PLACE_COLUMNS, "area_id", "registered"])
    table["median"] = np.median(forecast.draws, axis=0)
    table["activities"] = plan.counts.sum(axis=1)
    for column, option in enumerate(means.options):
        table[f"activities_{option.name}"] = plan.counts[:, column]
    table["people"] = plan.counts @ np.array([option.reach for option in means.options])
    costs = np.array([option.cost for option in means.options])
    if np.isfinite(costs).all():
        table["money"] = plan.counts @ costs
    table["gain_voters"] = plan.by_place
    if goal is not None:
        table = pd.concat([table, required_uplift(forecast, goal)], axis=1)
    return table


def _figures(forecast: Forecast, gains: dict[str, Gain], goal: float | None) -> dict[str, float]:
    registered = float(forecast.places["registered"].sum())
    better = (gains["plan"].voters - gains["equal"].voters) / registered
    figures = {
        "registered": registered,
        "better": float(better.mean()),
        "better_sd": float(better.std()),
    }
    if goal is None:
        return figures
    whole = forecast.at(forecast.top).draws[:, 0]
    median = float(np.median(whole))
    before = float((whole >= np.float32(goal)).mean())
    told = {"goal": goal, "median": median, "gap": goal - median, "prob_before": before}
    return {**figures, **told, "draws": len(whole)}


_TOO_MANY_ACTIVITIES = Text(
    en="A budget of {amount:count} activities is impossible: meeting every voter once by every "
    "kind takes {most:count}. If it is money, say so: --unit money (in Python "
    "Budget(amount, 'money')), and give the cost of every kind.",
    id="Anggaran {amount:count} kegiatan tidak mungkin: menemui setiap pemilih sekali per jenis "
    "kegiatan hanya memerlukan {most:count} kegiatan. Bila yang dimaksud uang, tambahkan --unit "
    "money (di Python Budget(jumlah, 'money')), dan isi biaya setiap jenis kegiatan.",
)
_TOO_MANY_PEOPLE = Text(
    en="A budget of {amount:count} people is impossible: every voter met once by every kind makes "
    "{most:count}. If it is money, say so: --unit money (in Python Budget(amount, 'money')), and "
    "give the cost of every kind.",
    id="Anggaran {amount:count} orang tidak mungkin: bila setiap pemilih ditemui sekali per jenis "
    "kegiatan, jumlahnya {most:count}. Bila yang dimaksud uang, tambahkan --unit money (di Python "
    "Budget(jumlah, 'money')), dan isi biaya setiap jenis kegiatan.",
)
_NOTHING = Text(
    en="No activity can be planned: the budget is {amount} and the cheapest activity takes "
    "{least}, or the limits leave no area. Raise the budget, or loosen the limits.",
    id="Tidak ada kegiatan yang dapat direncanakan: anggarannya {amount} sedangkan kegiatan "
    "termurah memerlukan {least}, atau batasannya tidak menyisakan wilayah. Naikkan anggaran atau "
    "longgarkan batasannya.",
)
