"""Ranked places: `plot_areas` and `plot_districts`."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from turnout.errors import TurnoutError
from turnout.forecast import Forecast
from turnout.goals import UNCLEAR, GoalCheck, chances_said
from turnout.language import Language, Text, count, percent, points
from turnout.levels import is_point
from turnout.plots.groups import grouped
from turnout.plots.ranking import PAGE_ROWS, Ranking, TextColumn, draw_ranking
from turnout.plots.style import style
from turnout.plots.words import BY_SCALE, goal_number
from turnout.tables import (
    GoalLike,
    check_of,
    ends_of,
    goals_of,
    ranked_places,
    scale_below_top,
)


@style.styled
def plot_areas(
    forecast: Forecast,
    goal: GoalLike = None,
    *,
    page: int | None = None,
    ax: Axes | None = None,
    lang: Language = "en",
) -> Axes:
    """Draw the finest places: those above the whole, those not told apart from it, those below.

    A place stands above or below the whole where it does with a probability of 95%, see
    `Forecast.relative`; these are ordered by their medians. The others are ordered by name, since
    their order would say nothing. Each has its median, its 90% interval, its 90% interval against
    the whole (what all places share left out, drawn from the whole's median) and its last turnout
    of the same type (hollow dot); with a goal, the goal line and the probability of reaching it.

    Parameters
    ----------
    forecast
        Joint draws.
    goal
        A goal such as 0.86 or ``"86%"``, or a `GoalCheck` (which may hold goals of single places).
    page
        Which 33 places to draw, from 1; without it all of them, or both ends of the order where
        there are more than 33.
    ax
        Axes to draw on; a new figure's when not given.
    lang
        Language.

    Raises
    ------
    TurnoutError
        If there is no such page.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> from turnout import Election, Forecast
    >>> places = pd.DataFrame({"area": ["Murni", "Legok"], "registered": [800.0, 900.0]})
    >>> draws = np.random.default_rng(1).beta(60, 40, (500, 2))
    >>> forecast = Forecast(Election("2030-11-27", "pilkada"), places, draws, "area")
    >>> ax = plot_areas(forecast, "65%", lang="id")
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Legok', 'Murni']
    """
    check = check_of(forecast, goal)
    ranked = _grouped(forecast, forecast.scale, check, lang)
    shown, between = ends_of(ranked, PAGE_ROWS) if page is None else _page(ranked, page)
    ranking = Ranking(shown, between, _sizes(ranked), goals_of(check))
    headline = _headline(ranked, check, forecast.scale, lang)
    columns = _columns(ranking.shown, check, lang)
    return draw_ranking(ax, forecast, headline, ranking, columns, lang)


@style.styled
def plot_districts(
    forecast: Forecast,
    goal: GoalLike = None,
    *,
    by: str | None = None,
    ax: Axes | None = None,
    lang: Language = "en",
) -> Axes:
    """Draw the districts, or another scale's places, as `plot_areas` does, with their voters.

    Parameters
    ----------
    forecast
        Joint draws.
    goal
        A goal such as 0.86 or ``"86%"``, or a `GoalCheck` (which may hold goals of single places).
    by
        Scale; the coarsest that has several places when not given.
    ax
        Axes to draw on; a new figure's when not given.
    lang
        Language.

    Raises
    ------
    TurnoutError
        If the forecast is of a single place.
    """
    scale = by or scale_below_top(forecast)
    check = check_of(forecast, goal)
    ranked = _grouped(forecast, scale, check, lang)
    ranking = Ranking(*ends_of(ranked, PAGE_ROWS), _sizes(ranked), goals_of(check))
    voters = [count(value, lang) for value in ranking.shown["registered"]]
    columns = [TextColumn(_REGISTERED.say(lang), voters), *_columns(ranking.shown, check, lang)]
    headline = _headline(ranked, check, scale, lang)
    return draw_ranking(ax, forecast, headline, ranking, columns, lang)


def page_count(forecast: Forecast) -> int:
    """Return how many pages `plot_areas` has for a forecast."""
    return -(-len(forecast.places) // PAGE_ROWS)


def _headline(ranked: pd.DataFrame, check: GoalCheck | None, scale: str, lang: Language) -> str:
    """Return what is found: how many places are likely to reach the goal; else their medians."""
    by = BY_SCALE[scale].say(lang)
    if check is None or len(ranked) == 1:
        low, high = ranked["median"].min(), ranked["median"].max()
        several, one = (_TURNOUTS, _KNOWN) if _is_fixed(ranked) else (_MEDIANS, _SINGLE)
        told = several if len(ranked) > 1 else one
        return told.say(lang, by=by, low=low, high=high)
    own = bool(ranked["own_goal"].any())
    verdicts = list(ranked["verdict"])
    likely, still_open = verdicts.count("likely"), verdicts.count("open")
    goal = _THEIR_GOALS.say(lang) if own else goal_number(check.goal, lang)
    texts = (_NONE, _ALL, _SOME) if not _is_fixed(ranked) else (_NONE_IS, _ALL_ARE, _SOME_ARE)
    told = {0: texts[0], len(ranked): texts[1]}.get(likely, texts[2])
    words = told.say(lang, by=f"{by[0].upper()}{by[1:]}", k=likely, n=len(ranked), goal=goal)
    words += _OPEN.say(lang, m=still_open) if still_open else ""
    unclear = verdicts.count(UNCLEAR)
    return words + (_NOT_CLEAR.say(lang, m=unclear) if unclear else "")


def _is_fixed(rows: pd.DataFrame) -> bool:
    """Whether the turnout of all places is one figure, as when all stations are in."""
    return all(map(is_point, rows["lower_90"], rows["upper_90"]))


def _page(ranked: pd.DataFrame, page: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    pages = -(-len(ranked) // PAGE_ROWS)
    if not 1 <= page <= pages:
        raise TurnoutError(_NO_PAGE, page=page, pages=pages)
    return ranked.iloc[PAGE_ROWS * (page - 1) : PAGE_ROWS * page], ranked.iloc[:0]


def _grouped(
    forecast: Forecast, scale: str, check: GoalCheck | None, lang: Language
) -> pd.DataFrame:
    return grouped(forecast, scale, ranked_places(forecast, scale, check, lang))


def _sizes(ranked: pd.DataFrame) -> dict[str, int]:
    return {str(group): int(size) for group, size in ranked["group"].value_counts().items()}


def _columns(shown: pd.DataFrame, check: GoalCheck | None, lang: Language) -> list[TextColumn]:
    known = _is_fixed(shown)
    turnout = (_TURNOUT if known else _MEDIAN).say(lang)
    columns = [TextColumn(turnout, [percent(value, lang) for value in shown["median"]])]
    if shown["relative_median"].notna().any():
        away = [_signed(value, lang) for value in shown["relative_median"]]
        columns.append(TextColumn(_AGAINST.say(lang), away))
    if shown["goal"].notna().any():
        fixed = [*map(is_point, shown["lower_90"], shown["upper_90"])]
        draws = None if check is None else check.draws
        chances = chances_said(shown["probability"], shown["verdict"], lang, fixed, draws)
        told = (_GOAL if known else _CHANCE).say(lang)
        if check is not None and len(check.goals) > 1 and not check.table["own_goal"].any():
            told = _CHANCE_OF.say(lang, goal=goal_number(check.goal, lang))
        columns.append(TextColumn(told, chances))
    return columns


def _signed(difference: float, lang: Language) -> str:
    told = points(difference, lang)
    return told if difference < 0 else f"+{told}"


_MEDIANS = Text(
    en="Forecast turnout {by}: medians {low:percent} to {high:percent}",
    id="Prakiraan tingkat partisipasi {by}: median {low:percent} s.d. {high:percent}",
)
_SINGLE = Text(en="Forecast turnout {by}", id="Prakiraan tingkat partisipasi {by}")
_ALL = Text(
    en="{by}: all {n:count} likely to reach {goal}",
    id="{by}: semua {n:count} berpeluang besar mencapai {goal}",
)
_SOME = Text(
    en="{by}: {k:count} of {n:count} likely to reach {goal}",
    id="{by}: {k:count} dari {n:count} berpeluang besar mencapai {goal}",
)
_NONE = Text(
    en="{by}: none of {n:count} likely to reach {goal}",
    id="{by}: tidak satu pun dari {n:count} berpeluang besar mencapai {goal}",
)
_ALL_ARE = Text(en="{by}: all {n:count} reach {goal}", id="{by}: semua {n:count} mencapai {goal}")
_SOME_ARE = Text(
    en="{by}: {goal} reached by {k:count} of {n:count}",
    id="{by}: {k:count} dari {n:count} mencapai {goal}",
)
_NONE_IS = Text(
    en="{by}: none of {n:count} reaches {goal}",
    id="{by}: tidak satu pun dari {n:count} mencapai {goal}",
)
_TURNOUT = Text(en="Turnout", id="Partisipasi")
_GOAL = Text(en="Goal", id="Target")
_TURNOUTS = Text(
    en="Turnout {by}: {low:percent} to {high:percent}",
    id="Tingkat partisipasi {by}: {low:percent} s.d. {high:percent}",
)
_KNOWN = Text(en="Turnout {by}", id="Tingkat partisipasi {by}")
_NOT_CLEAR = Text(en=", {m:count} not clear yet", id=", {m:count} belum jelas")
_OPEN = Text(en=", {m:count} open", id=", {m:count} masih terbuka")
_THEIR_GOALS = Text(en="their goals", id="targetnya masing-masing")
_MEDIAN = Text(en="Median", id="Median")
_AGAINST = Text(en="Points vs\nwhole", id="Selisih dari\nkeseluruhan\n(poin)")
_CHANCE = Text(en="P(goal)", id="Peluang\ntercapai")
_CHANCE_OF = Text(en="P({goal})", id="Peluang\n{goal}")
_REGISTERED = Text(en="Registered\nvoters", id="Pemilih\nterdaftar")
_NO_PAGE = Text(
    en="There is no page {page}: the places fill {pages:count:page:pages}.",
    id="Tidak ada halaman {page}: wilayah yang ada mengisi {pages:count} halaman.",
)
