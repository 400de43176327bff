"""Words that several figures share."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from turnout.elections import Election
from turnout.escaping import cut, label, one_line
from turnout.forecast import Forecast
from turnout.forecast.apart import lacks_votes
from turnout.language import Language, Text, day, percent
from turnout.plots.style import style

TURNOUT = Text(en="Turnout", id="Tingkat partisipasi")
MEDIAN = Text(en="Median forecast", id="Median prakiraan")
INTERVAL = Text(en="{level:percent0} interval", id="Rentang {level:percent0}")
NOT_SHOWN = Text(en="{n:count} more not shown", id="{n:count} lainnya tidak ditampilkan")

BY_SCALE: dict[str, Text] = {
    "area": Text(en="by area", id="per kelurahan/desa"),
    "district": Text(en="by district", id="per kecamatan"),
    "city": Text(en="by city/county", id="per kabupaten/kota"),
    "province": Text(en="by province/state", id="per provinsi"),
    "nation": Text(en="by nation", id="tingkat nasional"),
    "total": Text(en="in total", id="secara keseluruhan"),
}
"""A scale in a headline: turnout by ..."""


def type_word(election_type: str) -> str:
    """Return an election type as words in a text.

    >>> type_word("pilkada"), type_word("cantonal_only")
    ('Pilkada', 'Cantonal only')
    """
    words = label(election_type.replace("_", " "))
    return words[:1].upper() + words[1:]


def election_words(election: Election, lang: Language) -> str:
    """Return an election's type and day.

    >>> election_words(Election("2024-11-27", "pilkada"), "en")
    'Pilkada, 27 November 2024'
    """
    return f"{type_word(election.election_type)}, {day(election.date, lang)}"


def forecast_words(forecast: Forecast, lang: Language) -> str:
    """Return a forecast's election, and during a count how much of it is in and up to when.

    Where past totals had votes that no place has, that these are in no figure is told.

    What is supposed in a what-if comes first, so that no figure or title passes for a forecast.
    """
    words = election_words(forecast.election, lang)
    if forecast.counted is not None:
        words = f"{words} · {forecast.counted.stamp(lang, forecast.election.date)}"
    if lacks_votes(forecast):
        words = f"{words} · {_WITHOUT_POST.say(lang)}"
    supposed = forecast.about.say_what_if(lang)
    return f"{supposed} · {words}" if supposed else words


def source_words(forecast: Forecast, lang: Language) -> str:
    """Return the source that the user named, and the newest data; blank without a source.

    >>> from dataclasses import replace
    >>> import numpy as np, pandas as pd
    >>> places = pd.DataFrame({"area": ["Murni"], "registered": [800.0]})
    >>> told = Forecast(Election("2030-11-27", "pilkada"), places, np.array([[0.6]]), "area")
    >>> told = replace(told, about=replace(told.about, source="KPU Kota Jambi"))
    >>> source_words(told, "id")
    'Sumber: KPU Kota Jambi'
    """
    words = source_line(forecast.about.source, lang)
    if not words or forecast.history.empty:
        return words
    return f"{words} · {_DATA.say(lang, day=forecast.history['date'].max())}"


def goal_number(goal: float, lang: Language) -> str:
    """Write a goal with no more decimals than it has.

    >>> goal_number(0.86, "en"), goal_number(0.775, "id")
    ('86%', '77,5%')
    """
    decimals = next((n for n in (0, 1) if abs(goal - round(goal, n + 2)) < 1e-9), 2)
    return percent(goal, lang, decimals)


def goal_words(goal: float, lang: Language) -> str:
    """Name a goal's line.

    >>> goal_words(0.86, "id")
    'target 86%'
    """
    return _GOAL.say(lang, goal=goal_number(goal, lang))


def source_line(source: str, lang: Language) -> str:
    """Return a source in words, as it stands below a figure; blank without one.

    >>> source_line("KPU Kota Jambi", "en")
    'Source: KPU Kota Jambi'
    """
    told = cut(one_line(source), _LONGEST)
    return _SOURCE.say(lang, source=told) if told else ""


def draw_goals(
    ax: Axes,
    goals: Sequence[float],
    lang: Language,
    *,
    low: float | None = None,
    part: float = 0.42,
) -> None:
    """Draw goals (shares on the x axis) as lines with their names, none over another's.

    A name stands on the inner side of its line; of several goals those of the lowest and of the
    highest stand away from the others, where there is room. The lines go from the y value `low`
    up; over the whole height where not given. The Axes are at least that `part` of their figure's
    width.
    """
    bottom, top = ax.get_ylim()
    foot = 0.0 if low is None else (low - bottom) / (top - bottom)
    left, right = ax.get_xlim()
    ends: list[float] = []  # of the names on each line above the Axes, in axis units
    ordered = sorted(set(goals))
    for number, goal in enumerate(ordered):
        words = goal_words(goal, lang)
        room = 72 * style.width_of(ax) * part
        wide = style.text_width(words, style.SMALL) / room * (right - left)
        to_left = goal > (left + right) / 2
        if len(ordered) > 1 and number == 0 and goal - wide > left:
            to_left = True
        elif len(ordered) > 1 and number == len(ordered) - 1 and goal + wide < right:
            to_left = False
        start, end = (goal - wide, goal) if to_left else (goal, goal + wide)
        line = next((at for at, taken in enumerate(ends) if start > taken), len(ends))
        ends[line : line + 1] = [end]
        style.goal_line(ax, goal, words, line=line, foot=foot, to_left=to_left)


def last_of_type(election: Election, lang: Language) -> str:
    """Name the mark of the last turnout of the coming election's type."""
    return _LAST.say(lang, type=type_word(election.election_type))


_WITHOUT_POST = Text(
    en="all figures without postal votes and the like",
    id="semua angka tanpa suara pos dan sejenisnya",
)
_LONGEST = 300
"""Letters of a source at most."""
_SOURCE = Text(en="Source: {source}", id="Sumber: {source}")
_DATA = Text(en="results up to {day:day}", id="hasil sampai dengan {day:day}")
_LAST = Text(en="Last {type}", id="{type} terakhir")
_GOAL = Text(en="goal {goal}", id="target {goal}")

PARTIAL = Text(
    en="* covers less than {few:percent0} of the registered voters",
    id="* mencakup kurang dari {few:percent0} pemilih terdaftar",
)
PARTIAL_OF = Text(
    en="* sum of a part of the places: {parts:list}",
    id="* jumlah sebagian wilayah: {parts:list}",
)
