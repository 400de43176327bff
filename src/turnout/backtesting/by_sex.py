"""After the election: the forecast of women and men against what happened."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.goals import place_name
from turnout.language import Language, Text
from turnout.levels import USUAL
from turnout.schema import PLACE_COLUMNS, SCALE_WORDS

_PLACE = ["scale", *PLACE_COLUMNS, "area_id"]


def score_by_sex(told: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Set the forecast of women, men and their gap beside what was counted.

    Parameters
    ----------
    told
        Rows as in ``by_sex.csv``: scale, place columns, area_id, group, median, level, lower,
        upper.
    counts
        Rows as in ``participation.csv``, of the same places: turnout_l and turnout_p, and
        registered_gap and voters_gap, what men and women lack of the total.

    Returns
    -------
    pandas.DataFrame
        The rows whose figures are told and whose counts of both sexes are the total: place
        columns, group, median, level, lower, upper, actual (shares, of the gap differences of
        shares), error (median less actual, points), held, and partial: whether stations of the
        place are still missing. Others are left out.

    Examples
    --------
    >>> told = pd.DataFrame({"scale": "area", "area": "Murni", "group": ["women", "men", "gap"],
    ...     "median": [0.7, 0.6, 0.1], "level": 0.9, "lower": [0.6, 0.5, 0.05],
    ...     "upper": [0.8, 0.7, 0.15]})
    >>> counts = pd.DataFrame({"scale": ["area"], "area": ["Murni"], "turnout_p": [0.75],
    ...     "turnout_l": [0.55], "registered_gap": [0], "voters_gap": [0]})
    >>> score_by_sex(told, counts)[["group", "actual", "error", "held"]].round(2).values.tolist()
    [['women', 0.75, -5.0, True], ['men', 0.55, 5.0, True], ['gap', 0.2, -10.0, False]]
    """
    figures = ["median", "level", "lower", "upper"]
    known = counts.reindex(columns=[*_PLACE, "turnout_p", "turnout_l", "registered_gap",
                                    "voters_gap", "partial"])  # fmt: skip
    known["partial"] = known["partial"].eq(other=True)
    known = known[(known["registered_gap"] == 0) & (known["voters_gap"] == 0)]
    known = known.dropna(subset=["turnout_p", "turnout_l"])
    actual = {
        "women": known["turnout_p"],
        "men": known["turnout_l"],
        "gap": known["turnout_p"] - known["turnout_l"],
    }
    found = pd.concat(
        [
            known[[*_PLACE, "partial"]].assign(group=group, actual=share)
            for group, share in actual.items()
        ]
    )
    rows = told.reindex(columns=[*_PLACE, "group", *figures]).dropna(subset="median")
    beside = _blank(rows).merge(_blank(found), on=[*_PLACE, "group"], how="inner")
    beside = beside.astype(dict.fromkeys([*figures, "actual"], "float64"))
    median, shares = beside["median"], beside["actual"]
    named = {name: beside[name].where(beside[name] != "", None) for name in _PLACE}
    held = (beside["lower"] <= shares) & (shares <= beside["upper"])
    scored = beside.assign(**named, error=100 * (median - shares), held=held)
    return scored[[*(name for name in scored if name != "partial"), "partial"]]


def say_scored_by_sex(scored: pd.DataFrame, lang: Language) -> str:
    """Return how the forecast by sex did: the whole, then how many places of each scale it held.

    Blank where nothing could be scored.
    """
    if scored.empty:
        return ""
    levels = scored["level"].unique()
    rows = scored[scored["level"] == levels[np.abs(levels - USUAL).argmin()]]
    lines = []
    for scale, part in rows.groupby("scale", sort=False):
        held = part.groupby("group")["held"].sum()
        if len(part) == len(GROUPS):
            lines += [_say_whole(group, part, lang) for group in GROUPS]
            continue
        values = {group: int(held[group]) for group in GROUPS}
        word = SCALE_WORDS[str(scale)].say(lang)
        n = len(part) // len(GROUPS)
        lines.append(_HELD.say(lang, **values, n=n, scale=word, level=part["level"].iloc[0]))
    return "\n".join(lines)


def _say_whole(group: str, rows: pd.DataFrame, lang: Language) -> str:
    row = rows[rows["group"] == group].iloc[0]
    text = _GAP if group == "gap" else _SHARE
    held = (_INSIDE if row["held"] else _OUTSIDE).say(lang)
    ends = {name: row[name] for name in ("actual", "median", "lower", "upper", "level")}
    place, said = place_name(row, lang), GROUPS[group].say(lang)
    return text.say(lang, place=place, group=said, held=held, **ends)


def _blank(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose unnamed places match each other."""
    return table.assign(**{name: table[name].astype("object").fillna("") for name in _PLACE})


GROUPS = {
    "women": Text(en="women", id="perempuan"),
    "men": Text(en="men", id="laki-laki"),
    "gap": Text(en="women less men", id="selisih P dan L"),
}
_SHARE = Text(
    en="{place}, {group}: turnout {actual:percent}; forecast {median:percent}, {level:percent0} "
    "interval {lower:percent} to {upper:percent}: {held}.",
    id="{place}, {group}: partisipasi {actual:percent}; prakiraan {median:percent}, rentang "
    "{level:percent0} {lower:percent} s.d. {upper:percent}: {held}.",
)
_GAP = Text(
    en="{place}, {group}: {actual:points} points; forecast {median:points}, {level:percent0} "
    "interval {lower:points} to {upper:points}: {held}.",
    id="{place}, {group}: {actual:points} poin; prakiraan {median:points}, rentang "
    "{level:percent0} {lower:points} s.d. {upper:points}: {held}.",
)
_INSIDE = Text(en="inside", id="di dalam rentang")
_OUTSIDE = Text(en="outside", id="di luar rentang")
_HELD = Text(
    en="By sex and {scale}, the {level:percent0} interval held women in {women:count}, men in "
    "{men:count} and their gap in {gap:count} of {n:count} places.",
    id="Menurut jenis kelamin per {scale}, rentang {level:percent0} memuat perempuan di "
    "{women:count}, laki-laki di {men:count}, dan selisihnya di {gap:count} dari {n:count} "
    "wilayah.",
)
