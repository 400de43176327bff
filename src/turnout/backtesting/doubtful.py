"""Places of an outcome that may lack stations without a word of it: which they are, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from turnout.arrays import Bools
from turnout.forecast import Forecast, Note
from turnout.goals.words import place_name
from turnout.identity.keys import numbers_of_places
from turnout.language import Language, Text
from turnout.rules.coming import FAR_BELOW, far_below

if TYPE_CHECKING:
    from turnout.backtesting.evaluation import Evaluation

SHORT_ROLL = 0.85
"""A roll below this part of the forecast's may be that of some of the stations.

One of five stations that has no row takes a fifth away; a roll itself seldom changes as much.
"""

# Stations differ in size: so much of a usual one is missing where one is; and rolls agree so far.
_OF_A_STATION, _OWN_ROLL = 0.75, 0.005

# Where rolls agree and nobody knows the stations, one of up to twenty takes as much as this away.
_UNTOLD_LESS = 0.95


def has_short_roll(beside: pd.DataFrame) -> Bools:
    """Return which rows, registered beside the forecast's roll, may lack stations without a row.

    Where the roll is that of the election, as most places have just its registered, one station
    less is enough: of those that it tells, else of twenty.
    """
    of_roll = beside["registered"] / beside["roll"]
    one_less = (1 - _OF_A_STATION / beside["roll_stations"]).fillna(_UNTOLD_LESS)
    is_own = (of_roll - 1).abs().groupby(beside["scale"]).transform("median") < _OWN_ROLL
    return ((of_roll < SHORT_ROLL) | (is_own & (of_roll < one_less))).to_numpy()


def lacks_stations(beside: pd.DataFrame) -> Bools:
    """Return which rows have fewer stations than the roll, and lack about as many registered."""
    told = beside["stations"] / beside["roll_stations"]
    return ((told < 1) & (beside["registered"] < (1 + told) / 2 * beside["roll"])).to_numpy()


def is_far_below_past(
    joint: Forecast | None, scale: str, beside: pd.DataFrame, untold: Bools
) -> Bools:
    """Return which rows of one scale lie so far below their past that stations may be missing.

    Parameters
    ----------
    joint
        The forecast, with the past of its places.
    scale, beside
        Rows of one scale beside their actual turnout.
    untold
        The rows of which nothing tells of stations. The whole has a rule of its own
        (`evaluation_words`).
    """
    found = np.zeros(len(beside), dtype=bool)
    if joint is None or joint.history.empty:
        return found
    past = joint.history[joint.history["scale"] == scale]
    of_row, of_past = numbers_of_places((beside, past))
    lowest = past["turnout"].groupby(of_past).min().reindex(of_row)
    told = pd.DataFrame({"turnout": beside["actual"].to_numpy(), "lowest": lowest.to_numpy()})
    for level in beside["level"].unique():  # the same places at each
        rows = np.flatnonzero(untold & (beside["level"] == level).to_numpy())
        found[rows] = far_below(told["turnout"].iloc[rows], told["lowest"].iloc[rows])
    return found


def is_far_above(evaluation: Evaluation) -> bool:
    """Whether turnout of the whole is more than 1.5 times the highest of its type, or ever.

    The limit is that of a count, see `turnout.areas.far_above`.
    """
    if evaluation.whole.empty or evaluation.highest is None:
        return False
    return bool(FAR_BELOW * evaluation.whole["actual"].iloc[0] > evaluation.highest)


def marked(evaluation: Evaluation, mark: str) -> pd.DataFrame:
    """Return the places that bear a mark, of the finest scale that has such."""
    places = evaluation.places
    rows = places[places[mark] & (places["level"] == places["level"].iloc[0])]
    return rows[rows["scale"] == rows["scale"].iloc[-1]] if len(rows) else rows


def doubtful_places(evaluation: Evaluation, lang: Language) -> list[str]:
    """Return the places that may lack stations, with what makes them doubtful."""
    fewer, short, low = _by_reason(evaluation)
    return [
        *_with_stations(fewer, lang),
        *_with_rolls(short, lang),
        *_with_turnout(low, lang),
    ]


def say_doubtful(evaluation: Evaluation, lang: Language) -> list[str]:
    """Ask whether the voters are voters, and all stations are in of places that may lack some."""
    fewer, short, low = _by_reason(evaluation)
    told = []
    if is_far_above(evaluation):
        actual = evaluation.whole["actual"].iloc[0]
        told.append(_FAR_ABOVE.say(lang, actual=actual, highest=evaluation.highest))
    if len(fewer):
        told.append(_FEWER.say(lang, n=len(fewer), who=_with_stations(fewer, lang)))
    if len(short):
        told.append(_SHORT.say(lang, n=len(short), who=_with_rolls(short, lang)))
    if len(low):
        told.append(_FAR_BELOW.say(lang, n=len(low), who=_with_turnout(low, lang)))
    return told


def note_doubtful(evaluation: Evaluation) -> list[Note]:
    """Return the doubts in a few words, for forms."""
    fewer, short, low = _by_reason(evaluation)
    reasons = ((_FEWER_NOTE, fewer), (_SHORT_NOTE, short), (_FAR_BELOW_NOTE, low))
    notes = [Note(_FAR_ABOVE_NOTE, {})] if is_far_above(evaluation) else []
    return [*notes, *(Note(text, {"n": len(rows)}) for text, rows in reasons if len(rows))]


def _by_reason(evaluation: Evaluation) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the doubtful places with fewer stations, of a short roll, and far below their past."""
    rows = marked(evaluation, "doubtful")
    fewer = lacks_stations(rows)
    short = has_short_roll(evaluation.places)[rows.index]
    return rows[fewer], rows[short & ~fewer], rows[~short & ~fewer]


def _with_stations(rows: pd.DataFrame, lang: Language) -> list[str]:
    return [
        _OF_ROLL.say(
            lang,
            place=place_name(row, lang),
            registered=row["stations"],
            roll=row["roll_stations"],
        )
        for _, row in rows.iterrows()
    ]


def _with_rolls(rows: pd.DataFrame, lang: Language) -> list[str]:
    return [
        _OF_ROLL.say(
            lang, place=place_name(row, lang), registered=row["registered"], roll=row["roll"]
        )
        for _, row in rows.iterrows()
    ]


def _with_turnout(rows: pd.DataFrame, lang: Language) -> list[str]:
    return [
        _PLACE.say(lang, place=place_name(row, lang), actual=row["actual"])
        for _, row in rows.iterrows()
    ]


_PLACE = Text(en="{place} {actual:percent}", id="{place} {actual:percent}")
_OF_ROLL = Text(
    en="{place} {registered:count} of {roll:count}",
    id="{place} {registered:count} dari {roll:count}",
)
_FEWER = Text(
    en="Are all stations in? In {n:count:place:places} the results hold fewer stations than the "
    "roll ({who:list}), and fewer registered. If some have no row yet, these figures will still "
    "change: score again when all are in.",
    id="Apakah semua TPS sudah masuk? Di {n:count} wilayah TPS dalam hasil lebih sedikit daripada "
    "dalam daftar pemilih ({who:list}), begitu pula pemilih terdaftarnya. Bila ada TPS yang belum "
    "tercantum, angkanya masih akan berubah: ulangi evaluasi ini setelah semua masuk.",
)
_FEWER_NOTE = Text(
    en="doubtful: fewer stations than on the roll in {n:count:place:places}; are all in?",
    id="meragukan: di {n:count} wilayah TPS-nya lebih sedikit daripada dalam daftar pemilih; "
    "apakah semua TPS sudah masuk?",
)
_SHORT = Text(
    en="Are all stations in? In {n:count:place:places} fewer are registered than in the "
    "forecast ({who:list}). If stations have no row yet, these figures will still change: score "
    "again when all are in.",
    id="Apakah semua TPS sudah masuk? Pemilih terdaftar di {n:count} wilayah lebih sedikit "
    "daripada dalam prakiraan ({who:list}). Bila ada TPS yang belum tercantum, angkanya masih akan "
    "berubah: ulangi evaluasi ini setelah semua masuk.",
)
_SHORT_NOTE = Text(
    en="doubtful: fewer registered than in the forecast in {n:count:place:places}; are all "
    "stations in?",
    id="meragukan: pemilih terdaftar di {n:count} wilayah lebih sedikit daripada dalam "
    "prakiraan; apakah semua TPS sudah masuk?",
)
_FAR_BELOW_NOTE = Text(
    en="doubtful: turnout in {n:count:place:places} is far below all past turnout there; are all "
    "stations in?",
    id="meragukan: partisipasi di {n:count} wilayah jauh di bawah semua pemilihan sebelumnya di "
    "sana; apakah semua TPS sudah masuk?",
)
_FAR_ABOVE_NOTE = Text(
    en="doubtful: turnout is far above that of comparable earlier elections; are these the people "
    "who voted?",
    id="meragukan: partisipasi jauh di atas pemilihan sebelumnya yang sebanding; apakah angkanya "
    "memang jumlah pengguna hak pilih?",
)
_FAR_ABOVE = Text(
    en="Are these the people who voted? Turnout is {actual:percent}; in comparable earlier "
    "elections it was {highest:percent} at most. Look for votes in place of voters, or those "
    "who did not vote.",
    id="Apakah angkanya memang jumlah pengguna hak pilih? Partisipasi {actual:percent}, padahal "
    "pada pemilihan sebelumnya yang sebanding paling tinggi {highest:percent}. Periksa apakah yang "
    "tercantum jumlah suara, atau yang tidak memilih.",
)
_FAR_BELOW = Text(
    en="Are all stations in? Turnout in {n:count:place:places} is far below all past turnout there "
    "({who:list}), without word of stations. If some are missing, these figures will still change: "
    "give stations_counted and stations_total, and score again when all are in.",
    id="Apakah semua TPS sudah masuk? Partisipasi di {n:count} wilayah jauh di bawah semua "
    "pemilihan sebelumnya di sana ({who:list}), tanpa keterangan TPS. Bila ada TPS yang belum "
    "masuk, angkanya masih akan berubah: isi kolom TPS masuk dan jumlah TPS, lalu ulangi evaluasi "
    "ini setelah semua masuk.",
)
