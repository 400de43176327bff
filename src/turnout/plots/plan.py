"""What more activities would gain: `plot_plan`."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from turnout.language import Language, Text, count, number
from turnout.outreach.effect.words import SIMULATED, signed_points
from turnout.outreach.plan import OutreachPlan
from turnout.outreach.plan.words import RULES
from turnout.plots.style import style

_RIVALS = {"equal": ("s", style.SERIES[1]), "largest": ("v", style.SERIES[2])}


@style.styled
def plot_plan(plan: OutreachPlan, *, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw the gain in turnout against the budget, with the plan and its rivals on it.

    Parameters
    ----------
    plan
        From `plan_outreach`.
    ax
        Axes to draw on; a new figure's when not given.
    lang
        Language.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> from turnout import Election, Forecast, plan_outreach
    >>> places = pd.DataFrame({"area": ["A", "B"], "registered": [4000.0, 8000.0]})
    >>> draws = np.random.default_rng(1).beta(70, 30, (500, 2))
    >>> forecast = Forecast(Election("2030-11-27", "pilkada"), places, draws, "area")
    >>> plot_plan(plan_outreach(forecast, 20)).get_xlabel()
    'Budget (activities)'
    """
    ax = style.axes_of(ax, 3.0)
    curve, spent = plan.curve, plan.budget.amount
    ax.fill_between(
        curve["budget"],
        curve["lower"],
        curve["upper"],
        color=style.INTERVAL_90,
        linewidth=0,
        label=_BAND.say(lang),
    )
    ax.plot(curve["budget"], curve["gain"], color=style.FORECAST, linewidth=1.6)
    ax.axhline(0, color=style.MUTED, linewidth=0.8)
    for rule, (mark, colour) in _RIVALS.items():
        ax.plot(
            spent,
            plan.rule(rule)["gain"],
            mark,
            color=colour,
            markersize=6,
            markeredgecolor="white",
            linestyle="none",
            label=RULES[rule].say(lang),
        )
    ax.plot(
        spent,
        plan.rule("plan")["gain"],
        "o",
        color=style.FORECAST,
        markersize=7,
        markeredgecolor="white",
        linestyle="none",
        label=RULES["plan"].say(lang),
    )
    ax.set_xlim(0, max(curve["budget"].max(), spent) * 1.02)
    ax.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: count(value, lang)))
    ax.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(100 * value, lang, 2)))
    ax.grid(axis="y", color=style.RULE, linewidth=0.5)
    ax.set_xlabel(_BUDGET.say(lang, unit=_UNITS[plan.budget.unit].say(lang)))
    ax.set_ylabel(_GAIN.say(lang))
    own = plan.rule("plan")
    headline = _HEADLINE.say(
        lang,
        n=own["activities"],
        gain=signed_points(own["gain"], lang),
        lower=signed_points(own["lower"], lang),
        upper=signed_points(own["upper"], lang),
    )
    style.title(ax, headline, _below(plan, lang))
    style.key_below(ax, 4)
    return ax


def _below(plan: OutreachPlan, lang: Language) -> str:
    lines = [SIMULATED.say(lang)] if plan.simulated else []
    if plan.figures.get("gap", 0.0) > 0:
        lines.append(_GAP.say(lang, gap=plan.figures["gap"], goal=plan.figures["goal"]))
    return "\n".join(lines)


_UNITS = {
    "activities": Text(en="activities", id="kegiatan"),
    "people": Text(en="people to meet", id="orang yang ditemui"),
    "money": Text(en="money", id="uang"),
}
_HEADLINE = Text(
    en="{n:count:activity:activities}: {gain} points (90%: {lower} to {upper})",
    id="{n:count} kegiatan: {gain} poin (90%: {lower} s.d. {upper})",
)
_GAP = Text(
    en="The goal of {goal:goal} lies {gap:points} points above the median forecast",
    id="Target {goal:goal} berada {gap:points} poin di atas median prakiraan",
)
_BUDGET = Text(en="Budget ({unit})", id="Anggaran ({unit})")
_GAIN = Text(en="Gain in turnout (points)", id="Tambahan partisipasi (poin)")
_BAND = Text(en="best plan of each budget, 90%", id="rencana terbaik tiap anggaran, 90%")
