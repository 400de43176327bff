"""Ranked places in groups: those above the whole, those not told apart from it, those below."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.forecast import Forecast
from turnout.forecast.relative import SURE
from turnout.language import Language, Text

GROUPS = ("higher", "not told apart", "lower")
"""The groups of `Forecast.relative`, as a figure has them from top to bottom."""


def grouped(forecast: Forecast, scale: str, ranked: pd.DataFrame) -> pd.DataFrame:
    """Return ranked places group by group; those not told apart from the whole by name.

    Their order would say nothing, so that they have none.

    Parameters
    ----------
    forecast
        Joint draws.
    scale
        Scale of the places.
    ranked
        Rows of `turnout.tables.ranked_places`.

    Returns
    -------
    pandas.DataFrame
        The rows with a new rank, and: group, whole (its median, a share), relative_median,
        relative_lower and relative_upper (90%; difference of shares). A single place has no group
        (an empty text) and no difference (NaN).

    Examples
    --------
    >>> from turnout import Election
    >>> from turnout.tables import ranked_places
    >>> places = pd.DataFrame({"area": ["B", "A"], "registered": [900.0, 900.0]})
    >>> draws = np.array([[0.65, 0.55], [0.5, 0.6]] * 250)
    >>> forecast = Forecast(Election("2030-11-27", "pilkada"), places, draws, "area")
    >>> table = grouped(forecast, "area", ranked_places(forecast, "area"))
    >>> table[["name", "group"]].values.tolist()
    [['A', 'not told apart'], ['B', 'not told apart']]
    """
    if len(ranked) == 1:
        nothing = dict.fromkeys(("whole", *_AGAINST), np.nan)
        return ranked.assign(group="", **nothing)
    relative = forecast.relative(scale, level=0.9)
    against = relative[["group", *_AGAINST]].iloc[ranked["place"]].reset_index(drop=True)
    whole = float(np.median(forecast.at(forecast.top).draws[:, 0]))
    table = pd.concat([ranked.reset_index(drop=True), against], axis=1).assign(whole=whole)
    alike = table["group"] == "not told apart"
    order = pd.DataFrame(
        {
            "group": table["group"].map(GROUPS.index),
            "level": np.where(alike, 0.0, -table["median"]),
            "name": table["name"].str.casefold(),
        }
    ).sort_values(["group", "level", "name"], kind="stable")
    table = table.loc[order.index].reset_index(drop=True)
    return table.assign(rank=np.arange(1, len(table) + 1))


def headings(group: str, size: int, lang: Language) -> tuple[str, str]:
    """Return what stands above the places of a group of `size`, in full and where room is short.

    >>> headings("not told apart", 12, "en")
    ('Not told apart from the whole: 12 places, by name', 'Not told apart: 12 places, by name')
    """
    whole, short = _HEADINGS[group]
    return whole.say(lang, n=size, sure=SURE), short.say(lang, n=size)


def headings_counted(group: str, size: int, lang: Language) -> tuple[str, str]:
    """Return what stands above the places of a group of a complete count, as of `headings`.

    >>> headings_counted("higher", 12, "en")
    ('Above the whole: 12 places', 'Above the whole: 12 places')
    """
    text = _EQUAL if group == "not told apart" else _HEADINGS[group][1]
    return text.say(lang, n=size), text.say(lang, n=size)


_AGAINST = ["relative_median", "relative_lower", "relative_upper"]

_HEADINGS = {
    "higher": (
        Text(
            en="Above the whole with {sure:percent0} or more: {n:count:place:places}",
            id="Di atas angka keseluruhan (peluang minimal {sure:percent0}): {n:count} wilayah",
        ),
        Text(
            en="Above the whole: {n:count:place:places}",
            id="Di atas keseluruhan: {n:count} wilayah",
        ),
    ),
    "not told apart": (
        Text(
            en="Not told apart from the whole: {n:count:place:places}, by name",
            id="Tidak dapat dibedakan dari angka keseluruhan: {n:count} wilayah, menurut abjad",
        ),
        Text(
            en="Not told apart: {n:count:place:places}, by name",
            id="Tidak dapat dibedakan: {n:count} wilayah, urut abjad",
        ),
    ),
    "lower": (
        Text(
            en="Below the whole with {sure:percent0} or more: {n:count:place:places}",
            id="Di bawah angka keseluruhan (peluang minimal {sure:percent0}): {n:count} wilayah",
        ),
        Text(
            en="Below the whole: {n:count:place:places}",
            id="Di bawah keseluruhan: {n:count} wilayah",
        ),
    ),
}
_EQUAL = Text(
    en="Equal to the whole: {n:count:place:places}", id="Sama dengan keseluruhan: {n:count} wilayah"
)
