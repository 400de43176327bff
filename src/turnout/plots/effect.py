"""What outreach has done: `plot_effect`."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from turnout.language import Language, Text, number
from turnout.outreach import OutreachEffect
from turnout.outreach.effect.words import ESTIMATES, SIMULATED, decimals_for, signed_points
from turnout.outreach_kinds import label_of
from turnout.plots.style import style

MOST_KINDS = 3
"""Up to this many kinds, every estimate is drawn; with more, only prior, data and posterior."""

_MAIN = ("prior", "data", "posterior")
_COLOURS = {
    "prior": style.INTERVAL_80,
    "data": style.INTERVAL_50,
    "posterior": style.FORECAST,
    "cross_section": style.SHORT,
}
_MARKS = {"posterior": "o", "prior": "o", "data": "o", "cross_section": "X", "placebo": "D"}


@style.styled
def plot_effect(effect: OutreachEffect, *, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw prior, data and posterior of every kind of activity, and the estimators side by side.

    Points are turnout's change when a tenth of an area's voters is met, lines are 90% intervals.
    The axis shows what prior and posterior allow; an interval that goes on beyond it ends in an
    arrow.

    Parameters
    ----------
    effect
        From `estimate_outreach`.
    ax
        Axes to draw on; a new figure's when not given.
    lang
        Language.

    Examples
    --------
    >>> import numpy as np
    >>> from turnout import estimate_outreach
    >>> from turnout.synthetic import simulate_panel
    >>> panel = simulate_panel("random", np.random.default_rng(1))
    >>> ax = plot_effect(estimate_outreach(panel.results, panel.outreach))
    >>> ax.get_yticklabels()[2].get_text()
    'posterior (both)'
    """
    table = _rows(effect)
    ax = style.axes_of(ax, 1.3 + 0.17 * (len(table) + table["kind"].nunique()))
    heights = _heights(table)
    limit = _limit(table)
    for height, (_, row) in zip(heights, table.iterrows(), strict=True):
        _draw_row(ax, height, row, limit)
    ax.axvline(0, color=style.MUTED, linewidth=0.8, zorder=0)
    ax.set_yticks(heights, [ESTIMATES[name].say(lang) for name in table["estimate"]])
    ax.set_ylim(max(heights) + 0.8, -1.4)
    ax.set_xlim(-1.04 * limit, 1.04 * limit)  # no arrow reaches the names
    for first in np.flatnonzero(~table["kind"].duplicated()):
        ax.annotate(
            label_of(table["kind"][first], lang),
            (0, heights[first] - 0.75),
            xycoords=ax.get_yaxis_transform(),
            fontweight="bold",
            va="center",
            fontsize=style.SMALL,
        )
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x", color=style.RULE, linewidth=0.5)
    ax.xaxis.set_major_locator(MaxNLocator(7, steps=[1, 2, 2.5, 5, 10]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(100 * value, lang, 1)))
    ax.set_xlabel(_AXIS.say(lang))
    style.title(ax, _headline(effect, lang), SIMULATED.say(lang) if effect.simulated else "")
    return ax


def _rows(effect: OutreachEffect) -> pd.DataFrame:
    table = effect.table
    if table["kind"].nunique() > MOST_KINDS:
        table = table[table["estimate"].isin(_MAIN)]
    return table.reset_index(drop=True)


def _heights(table: pd.DataFrame) -> list[float]:
    """Return the height of every row, with room for the name of its kind."""
    number_of_kind = pd.factorize(table["kind"])[0]
    return [float(row + 1.5 * kind) for row, kind in enumerate(number_of_kind)]


def _limit(table: pd.DataFrame) -> float:
    told = table[table["estimate"].isin(["prior", "posterior"])]
    ends = np.abs(told[["points_lower", "points_upper"]].to_numpy())
    others = np.abs(table[["points_lower", "points_upper"]].to_numpy())
    return float(min(np.nanmax(others) * 1.08, 5 * np.nanmax(ends)))


def _draw_row(ax: Axes, height: float, row: pd.Series, limit: float) -> None:
    if np.isnan(row["points"]):
        return
    name = row["estimate"]
    colour = _COLOURS.get(name, style.MUTED)
    width = 3.2 if name in _MAIN else 1.4
    low, high = np.clip([row["points_lower"], row["points_upper"]], -limit, limit)
    ax.hlines(height, low, high, color=colour, linewidth=width)
    if abs(row["points"]) <= limit:
        mark = _MARKS.get(name, "s")
        ax.plot(row["points"], height, mark, color=colour, markeredgecolor="white", markersize=5.5)
    if row["points_lower"] < -limit:
        ax.plot(-limit, height, "<", color=colour, markersize=4, clip_on=False)
    if row["points_upper"] > limit:
        ax.plot(limit, height, ">", color=colour, markersize=4, clip_on=False)


def _headline(effect: OutreachEffect, lang: Language) -> str:
    rows = effect.table[effect.table["estimate"] == "posterior"]
    if len(rows) > 1:
        return _MANY.say(lang)
    row = rows.iloc[0]
    decimals = decimals_for(row["points_upper"] - row["points_lower"])
    return _ONE.say(lang, points=signed_points(row["points"], lang, decimals))


_ONE = Text(
    en="A tenth of the voters met: {points} points",
    id="Sepersepuluh pemilih ditemui: {points} poin",
)
_MANY = Text(en="Effect of outreach by kind", id="Dampak sosialisasi per jenis")
_AXIS = Text(
    en="Points of turnout when a tenth of an area's voters is met, 90% intervals",
    id="Poin partisipasi bila sepersepuluh pemilih wilayah ditemui, rentang 90%",
)
