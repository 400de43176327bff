"""An area whose name ends where another begins, in one district and about as large: renamed, maybe.

It is told and never merged. A new area beside those that it was split off from has none that ends,
and what was merged has none that begins. Where a district is redrawn most of its names end, and
sizes agree by chance: nothing is told.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.identity.names import bare_name, each_name, own_words
from turnout.language import Text
from turnout.rules.rule import Rule

RENAMED = Rule(
    "maybe_renamed",
    "warning",
    Text(
        en="{place} begins in {contest:contest} with {registered:count} registered, where {former} "
        "ends: it had {before:count} in {earlier:contest}. They may be one area under a new name, "
        "but are read as two.",
        id="{place} baru muncul pada {contest:contest} dengan {registered:count} pemilih "
        "terdaftar, tepat setelah {former} berakhir ({before:count} pada {earlier:contest}). "
        "Mungkin satu wilayah yang berganti nama, tetapi dibaca sebagai dua.",
    ),
    Text(
        en="If they are one, write one name everywhere, or name the pair in a crosswalk "
        "(--crosswalk; columns new_area, old_area, weight); else the new one has no past. If they "
        "are two, leave it.",
        id="Bila wilayahnya sama, tulis satu nama di semua baris, atau sebutkan pasangannya dalam "
        "tabel pemekaran (--crosswalk; kolom kelurahan_baru, kelurahan_lama, bobot); bila tidak, "
        "yang baru tidak punya riwayat. Bila memang dua wilayah, biarkan.",
    ),
)

_NAMED = 0.25
"""Part by which areas with words of one name in common may differ in size."""
_SIZED = 0.05
"""The same of areas with nothing in common but their size and their district."""
_MOST = 0.25
"""Part of the areas of a district that end, or begin, beyond which it was redrawn."""
_SHORTEST = 5
"""Letters of a name from which on it is no chance that another holds them."""
_STAYED = 2
"""Areas of a district that stay, at least."""


def renamed(areas: pd.DataFrame) -> pd.DataFrame:
    """Return the first row of each area that begins where another of its district ends.

    Parameters
    ----------
    areas
        Rows of areas by date with ``contest``, ``date``, ``key``, ``place``, ``within``, ``area``,
        ``area_id`` and ``registered``.

    Returns
    -------
    pandas.DataFrame
        Those rows with ``former`` (the place that ends), ``earlier`` (its last contest),
        ``before`` (its registered then) and ``gone`` (its key).
    """
    known = _on_days(areas)
    within = known.groupby("key")["within"]
    stays = within.transform("min") == within.transform("max")
    last = known.groupby("within")["number"].transform("max")
    begins = known[stays & ~known["key"].duplicated() & (known["number"] > 0)]
    ends = known[stays & ~known["key"].duplicated(keep="last") & (known["number"] < last)]
    if begins.empty or ends.empty:
        return _told(begins.iloc[:0], ends.iloc[:0])
    ends = ends.assign(number=ends["number"] + 1)
    usual = _usual(known, begins, ends)
    of_new = begins[["within", "number", "area", "area_id", "registered"]]
    of_old = ends[["within", "number", "area", "area_id", "registered"]]
    pairs = (
        of_new.rename_axis("new")
        .reset_index()
        .merge(
            of_old.rename_axis("old").reset_index(), on=["within", "number"], suffixes=("", "_old")
        )
    )
    pairs = pairs.merge(usual, on=["within", "number"])
    pairs = pairs[pairs["area_id"].isna() | pairs["area_id_old"].isna()]
    away = (np.log(pairs["registered"] / pairs["registered_old"]) - pairs["usual"]).abs()
    one, other = (each_name(pairs[name], own_words) for name in ("area", "area_old"))
    akin = np.array([_akin(*names) for names in zip(one, other, strict=True)], dtype=bool)
    pairs = pairs.assign(away=away, akin=akin)
    alone = ~pairs.duplicated("new", keep=False) & ~pairs.duplicated("old", keep=False)
    near = away <= np.log1p(np.where(akin, _NAMED, _SIZED))
    best = pairs[near & (akin | alone)].sort_values(["akin", "away"], ascending=[False, True])
    best = best.drop_duplicates("new").drop_duplicates("old").sort_values("new")
    return _told(begins.loc[best["new"]], ends.loc[best["old"]])


def _on_days(areas: pd.DataFrame) -> pd.DataFrame:
    """Return one row of each area and day, the days of each district numbered in their order."""
    known = areas[areas["district"].notna() & areas["area"].notna() & (areas["registered"] > 0)]
    known = known.drop_duplicates(["key", "date"])
    days = known[["within", "date"]].drop_duplicates().sort_values(["within", "date"])
    days["number"] = days.groupby("within").cumcount()
    numbers = days.set_index(["within", "date"])["number"]
    return known.join(numbers, on=["within", "date"])


def _usual(known: pd.DataFrame, begins: pd.DataFrame, ends: pd.DataFrame) -> pd.DataFrame:
    """Return how the areas of each district grew to each day, where few ended and few began."""
    before = known.groupby("key")[["number", "registered"]].shift()
    stayed = known[before["number"] == known["number"] - 1]
    times = stayed["registered"] / before["registered"][stayed.index]
    grown = pd.Series(np.log(times.to_numpy(float)), times.index)
    by = ["within", "number"]
    of_day = stayed[by].assign(usual=grown).groupby(by)["usual"].agg(["median", "size"])
    for rows in (begins, ends):
        other = rows.groupby(by).size().reindex(of_day.index, fill_value=0)
        of_day = of_day[other <= np.maximum(1, _MOST * (of_day["size"] + other))]
    of_day = of_day[of_day["size"] >= _STAYED]
    return of_day["median"].rename("usual").rename_axis(by).reset_index()


def _akin(one: str, other: str) -> bool:
    """Whether two names are the same but for words that one of them has more.

    >>> _akin("lubuk resam", "lubuk resam ilir"), _akin("pasar baru", "pasar lama")
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    letters = bare_name(short)
    within = len(letters) >= _SHORTEST and letters in bare_name(long)
    return within or 0 < len({*short.split()}) == len({*short.split()} & {*long.split()})


def _told(new: pd.DataFrame, old: pd.DataFrame) -> pd.DataFrame:
    """Return the first rows of new areas with what is told of the old ones beside them."""
    return new.assign(
        former=old["place"].to_numpy(),
        earlier=old["contest"].to_numpy(),
        before=old["registered"].to_numpy(),
        gone=old["key"].to_numpy(),
    )
