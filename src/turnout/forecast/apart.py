"""What has to be known with a headline: figures in doubt; past votes that are in no place's own.

Such votes, postal ones for example, are not in a forecast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from turnout.arrays import Bools
from turnout.forecast.about import Note
from turnout.language import Text
from turnout.own_rolls import ALL_PLACES, APART
from turnout.schema import PLACE_COLUMNS

if TYPE_CHECKING:
    from turnout.forecast.draws import Forecast

_IN_DOUBT = Text(
    en="Figures of the count are in doubt: do not use this before they are checked.",
    id="Angka hasil hitung yang masuk diragukan: jangan dipakai sebelum diperiksa.",
)

_LEAST = 0.02
"""Share of all voters from which votes of no place are told beside the forecast of the whole."""


def provisos(forecast: Forecast) -> tuple[Note, ...]:
    """Return what is said beside every headline of a forecast; of most forecasts nothing."""
    apart = votes_apart(forecast)
    told = (count_in_doubt(forecast), apart)
    return (*forecast.about.in_doubt, *(one for one in told if one is not None))


def count_in_doubt(forecast: Forecast) -> Note | None:
    """Tell that so much of a count is in doubt that its forecast is not to be used yet."""
    doubtful = forecast.counted is not None and forecast.counted.is_doubtful
    return Note(_IN_DOUBT) if doubtful else None


def votes_apart(forecast: Forecast) -> Note | None:
    """Tell what a past total of the whole held beyond its places; None if hardly anything.

    The total is that of the newest contest of the coming one's type, or of the newest of all where
    that had no such votes. During a count the words for it tell how many they are
    (`turnout.forecast.counted`).
    """
    if forecast.counted is not None:
        return Note(_ON_TOP) if forecast.counted.lacks_votes else None
    held = _newest_with_votes(forecast.at(forecast.top))
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
    return not _newest_with_votes(forecast.at(forecast.top)).empty


def places_that_lack_votes(view: Forecast) -> Bools:
    """Return of which places of a forecast before the count past totals held votes apart."""
    names = _names(view.places)
    return np.asarray(names.isin(_names(_newest_with_votes(view))))


def _newest_with_votes(view: Forecast) -> pd.DataFrame:
    """Return the past totals of places of a scale that `votes_apart` may tell of.

    Of each place those of the newest contest of the coming one's type, then those of the newest of
    all. Empty where none ever had such votes.
    """
    history, figures = view.history, ["registered", "voters", APART]
    if not {"scale", "coverage", "date", *figures} <= set(history):
        return pd.DataFrame(columns=[*PLACE_COLUMNS, *figures])
    whole = history[(history["scale"] == view.scale) & (history["coverage"] >= ALL_PLACES)]
    past = whole.sort_values("date", kind="stable")
    of_type = past[past["election_type"] == view.election.election_type]
    last = [rows[~_names(rows).duplicated(keep="last")] for rows in (of_type, past)]
    newest = pd.concat(last)
    return newest[newest[APART] >= _LEAST * (newest["voters"] + newest[APART])]


def _names(places: pd.DataFrame) -> pd.MultiIndex:
    """Return the names of places from the coarsest down."""
    texts = places.reindex(columns=list(PLACE_COLUMNS)).astype("object")
    return pd.MultiIndex.from_frame(texts.where(texts.notna(), ""))


_ON_TOP = Text(
    en="The goal is held here against the votes in the places' own figures; votes without a roll "
    "of their own, such as postal ones, come on top.",
    id="Target di sini dibandingkan dengan suara dalam angka wilayahnya saja; suara di luar DPT, "
    "misalnya suara pos, belum termasuk.",
)
_APART = Text(
    en="This forecast is of the votes in the places' own figures. In {election:contest} the total "
    "was {share:points} points higher: votes without a roll of their own, such as postal ones. "
    "With as many again the median of {median:percent} would be {with_them:percent}; hold a goal "
    "for all voters against that.",
    id="Prakiraan ini hanya memuat suara dalam angka wilayahnya. Pada {election:contest}, angka "
    "totalnya lebih tinggi {share:points} poin: suara di luar DPT, misalnya suara pos. "
    "Dengan suara sebanyak itu, median {median:percent} menjadi {with_them:percent}; bandingkan "
    "target untuk semua pemilih dengan angka itu.",
)
