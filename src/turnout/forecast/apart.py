"""Past votes that are in no place's own figures, such as postal ones, and so not in a forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from turnout.forecast.about import Note
from turnout.language import Text
from turnout.own_rolls import ALL_PLACES, APART

if TYPE_CHECKING:
    from turnout.forecast.draws import Forecast

_LEAST = 0.02
"""Share of all voters from which votes of no place are told beside the forecast of the whole."""


def votes_apart(forecast: Forecast) -> Note | None:
    """Tell what a past total of the whole held beyond its places; None if hardly anything.

    The total is that of the newest contest of the coming one's type, or of the newest of all where
    that had no such votes. During a count the words for it tell how many they are
    (`turnout.forecast.counted`).
    """
    if forecast.counted is not None:
        return Note(_ON_TOP) if forecast.counted.lacks_votes else None
    held = _newest_with_votes(forecast)
    if held.empty:
        return None
    total = held.iloc[0]
    share = float(total[APART] / total["registered"])
    told = {"share": share, "election": str(total["election"])}
    median = float(forecast.at(forecast.top).quantiles([0.5])[0, 0])
    return Note(_APART, {**told, "median": median, "with_them": min(median + share, 1.0)})


def lacks_votes(forecast: Forecast) -> bool:
    """Whether a forecast and its past are without votes that are told in words (`votes_apart`)."""
    if forecast.counted is not None:
        return forecast.counted.lacks_votes
    return not _newest_with_votes(forecast).empty


def _newest_with_votes(forecast: Forecast) -> pd.DataFrame:
    """Return the contests that `votes_apart` may tell of, the first of them first."""
    past = _past_of_whole(forecast)
    of_type = past[past["election_type"] == forecast.election.election_type]
    newest = pd.concat([of_type.tail(1), past.tail(1)])
    return newest[newest[APART] >= _LEAST * (newest["voters"] + newest[APART])]


def _past_of_whole(forecast: Forecast) -> pd.DataFrame:
    """Return the contests by date in which the places of the whole are known, and its votes apart.

    Empty where none ever had such votes.
    """
    history = forecast.history
    keys, figures = ["date", "election", "election_type"], ["registered", "voters", APART]
    if not {"scale", "coverage", *keys, *figures} <= set(history):
        return pd.DataFrame(columns=[*keys, *figures])
    whole = history[(history["scale"] == forecast.top) & (history["coverage"] >= ALL_PLACES)]
    return whole.groupby(keys)[figures].sum().reset_index()


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
