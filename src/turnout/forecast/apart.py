"""Past votes that are in no place's own figures, such as postal ones, and so not in a forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from turnout.areas.history import ALL_PLACES
from turnout.forecast.about import Note
from turnout.language import Text

if TYPE_CHECKING:
    from turnout.forecast.draws import Forecast

_FIGURES = ("registered", "voters")
_LEAST = 0.02
"""Share of all voters from which votes of no place are told beside the forecast of the whole."""


def votes_apart(forecast: Forecast) -> Note | None:
    """Tell what the newest past total of the whole holds beyond its places; None if hardly any.

    During a count the words for it tell how many they are (`turnout.forecast.counted`).
    """
    history = forecast.history
    if forecast.counted is not None:
        return Note(_ON_TOP) if forecast.counted.lacks_votes else None
    if history.empty or not {*_FIGURES} <= set(history):
        return None
    past = history[history["date"] == history["date"].max()]
    past = past[past["election"] == past["election"].iloc[-1]]
    sums = past.groupby("scale")[list(_FIGURES)].sum()
    top = forecast.top
    if top == forecast.scale or not {top, forecast.scale} <= set(sums.index):
        return None
    whole, placed = sums.loc[top], sums.loc[forecast.scale]
    beyond = whole["voters"] - placed["voters"]
    if placed["registered"] < ALL_PLACES * whole["registered"] or beyond < _LEAST * whole["voters"]:
        return None
    share = float(beyond / whole["registered"])
    told = {"share": share, "election": str(past["election"].iloc[0])}
    median = float(forecast.at(forecast.top).quantiles([0.5])[0, 0])
    return Note(_APART, {**told, "median": median, "with_them": min(median + share, 1.0)})


_ON_TOP = Text(
    en="The goal is held here against the votes in the places' own figures; votes without a roll "
    "of their own, such as postal ones, come on top.",
    id="Target di sini dibandingkan dengan suara dalam angka wilayahnya saja; suara tanpa DPT "
    "sendiri, misalnya suara pos, masih menambahnya.",
)
_APART = Text(
    en="This forecast is of the votes in the places' own figures. In {election:contest} the total "
    "was {share:points} points higher: votes without a roll of their own, such as postal ones. "
    "With as many again the median of {median:percent} would be {with_them:percent}; hold a goal "
    "for all voters against that.",
    id="Prakiraan ini hanya memuat suara dalam angka wilayahnya. Pada {election:contest}, angka "
    "totalnya lebih tinggi {share:points} poin: suara tanpa DPT sendiri, misalnya suara pos. "
    "Dengan suara sebanyak itu, median {median:percent} menjadi {with_them:percent}; bandingkan "
    "target untuk semua pemilih dengan angka itu.",
)
