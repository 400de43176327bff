"""Places against the whole: how far each lies above or below it, and which can be told apart.

The level that all places share is most of a forecast's uncertainty, and cancels in the difference:
its intervals are far narrower than those of the places.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from turnout.arrays import Floats
from turnout.forecast.quantiles import in_order, quantiles_of
from turnout.forecast.room import Draws, by_block
from turnout.language import Language, Text
from turnout.levels import tails
from turnout.schema import SCALE_WORDS
from turnout.threads import in_threads

if TYPE_CHECKING:
    from turnout.forecast.draws import Forecast

SURE = 0.95
"""Probability from which a place is said to lie on one side of the whole.

Among the places of a group at most 1 in 20 is then expected to lie on the other side.
"""


def relative_to_whole(view: Forecast, whole: Forecast, levels: Sequence[float]) -> pd.DataFrame:
    """Return how far the places of a view lie from the whole, draw by draw.

    Parameters
    ----------
    view
        The places.
    whole
        The whole, a single place of the same draws.
    levels
        Nominal coverages of the intervals; the draws are put in order once for all of them.

    Returns
    -------
    pandas.DataFrame
        As `Forecast.relative`.
    """
    ends = [0.5, *(end for level in levels for end in tails(level))]

    def of_block(placed: tuple[slice, Draws]) -> tuple[Floats, Floats]:
        away = placed[1] - whole.draws[:, :1]
        # A draw in which both are alike speaks for either side.
        above = ((away > 0).sum(axis=0) + 0.5 * (away == 0).sum(axis=0)) / len(away)
        return quantiles_of(in_order(away), ends), above

    quantiles, above = zip(*in_threads(of_block, by_block(view.draws)), strict=True)
    median, *bounds = np.concatenate(quantiles, axis=1)
    chance = np.concatenate(above)
    group = np.select([chance >= SURE, chance <= 1 - SURE], ["higher", "lower"], "not told apart")
    known = view.named_places()
    tables = [
        known.assign(
            relative_median=median,
            level=level,
            relative_lower=lower,
            relative_upper=upper,
            prob_above=chance,
            group=group,
        )
        for level, lower, upper in zip(levels, bounds[::2], bounds[1::2], strict=True)
    ]
    return pd.concat(tables, ignore_index=True)


def say_places(forecast: Forecast, scale: str, lang: Language) -> str:
    """Return in words how many places of a scale lie above the whole; blank if that is in doubt."""
    if forecast.counted is not None and forecast.counted.is_doubtful:
        return ""
    counted = forecast.counted is not None and forecast.counted.is_complete
    say = say_relative_counted if counted else say_relative
    return say(forecast.relative(scale), lang)


def say_relative(table: pd.DataFrame, lang: Language = "en") -> str:
    """Return in words how many places of a table of `Forecast.relative` can be told apart.

    Examples
    --------
    >>> table = pd.DataFrame({"scale": "area", "prob_above": [0.99, 0.6, 0.02],
    ...                       "group": ["higher", "not told apart", "lower"]})
    >>> print(say_relative(table))
    Of 3 places (area), 1 lies above the whole and 1 below it with a probability of 95% or more \
each. The remaining one cannot be told apart from the whole.
    """
    counts = table["group"].value_counts()
    higher, lower, alike = (
        int(counts.get(name, 0)) for name in ("higher", "lower", "not told apart")
    )
    chance = table["prob_above"]
    wrong = np.minimum(chance, 1 - chance)[table["group"] != "not told apart"].sum()
    text = _TOLD if higher + lower else _NONE_TOLD
    said = text.say(
        lang,
        n=len(table),
        scale=SCALE_WORDS[str(table["scale"].iloc[0])].say(lang),
        higher=higher,
        lower=lower,
        sure=SURE,
    )
    if higher + lower:
        said += ". " if wrong < _TOO_FEW else "; " + _WRONG.say(lang, n=max(1, round(wrong))) + " "
    if higher + lower and alike:
        said += (_REST if alike > 1 else _ONE_LEFT).say(lang, n=alike)
    return said.rstrip()


def say_relative_counted(table: pd.DataFrame, lang: Language = "en") -> str:
    """Return in words how many places of a complete count lie above and below the whole.

    Examples
    --------
    >>> table = pd.DataFrame({"scale": "area", "group": ["higher", "lower", "lower"]})
    >>> say_relative_counted(table)
    'Of 3 places (area), 1 lies above the whole and 2 below it.'
    """
    counts = table["group"].value_counts()
    return _COUNTED.say(
        lang,
        n=len(table),
        scale=SCALE_WORDS[str(table["scale"].iloc[0])].say(lang),
        higher=int(counts.get("higher", 0)),
        lower=int(counts.get("lower", 0)),
    )


_TOO_FEW = 0.5
"""Expected places from which on they are told: fewer than half a place say nothing."""


_TOLD = Text(
    en="Of {n:count} places ({scale}), {higher:count:lies:lie} above the whole and {lower:count} "
    "below it with a probability of {sure:percent0} or more each",
    id="Dari {n:count} wilayah ({scale}), {higher:count} berada di atas angka keseluruhan dan "
    "{lower:count} di bawahnya, masing-masing dengan peluang sedikitnya {sure:percent0}",
)
_COUNTED = Text(
    en="Of {n:count} places ({scale}), {higher:count:lies:lie} above the whole and {lower:count} "
    "below it.",
    id="Dari {n:count} wilayah ({scale}), {higher:count} berada di atas angka keseluruhan dan "
    "{lower:count} di bawahnya.",
)
_WRONG = Text(
    en="among these about {n:count} may lie on the other side.",
    id="di antaranya sekitar {n:count} mungkin sebenarnya berada di sisi lain.",
)
_ONE_LEFT = Text(
    en="The remaining one cannot be told apart from the whole.",
    id="Satu wilayah lainnya tidak dapat dibedakan dari angka keseluruhan.",
)
_REST = Text(
    en="The other {n:count} cannot be told apart from the whole: their order says nothing.",
    id="Sebanyak {n:count} lainnya tidak dapat dibedakan dari angka keseluruhan: urutannya tidak "
    "bermakna.",
)
_NONE_TOLD = Text(
    en="None of {n:count} places ({scale}) can be told apart from the whole with a probability of "
    "{sure:percent0}: their order says nothing.",
    id="Dari {n:count} wilayah ({scale}), tidak satu pun dapat dibedakan dari angka keseluruhan "
    "dengan peluang {sure:percent0}: urutannya tidak bermakna.",
)
