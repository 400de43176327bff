"""Places of the latest contest, or of a roll, in a city of which no earlier contest tells."""

from __future__ import annotations

import pandas as pd

from turnout.errors import Finding
from turnout.identity.keys import plain_name
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

UNKNOWN_CITY = Rule(
    "unknown_city",
    "warning",
    Text(
        en="{n:count:place is:places are} in {city} ({places:list3}), but all earlier contests are "
        "of {others:list3}.",
        id="{n:count} wilayah terletak di {city} ({places:list3}), padahal semua hasil pemilihan "
        "sebelumnya dari {others:list3}.",
    ),
    Text(
        en="If {city} is not to be forecast, delete its rows; left there, it is part of the whole. "
        "If it is the same place written otherwise, write it alike; if it was split off, give a "
        "crosswalk.",
        id="Bila {city} tidak ikut diprakirakan, hapus barisnya; kalau dibiarkan, angka "
        "keseluruhan ikut mencakupnya. Bila hanya penulisannya yang berbeda, samakan; bila hasil "
        "pemekaran, berikan tabel pemekaran (--crosswalk).",
    ),
)


def check_unknown_cities(
    draft: Draft, rows: pd.DataFrame, new: pd.DataFrame
) -> tuple[list[Finding], pd.DataFrame]:
    """Find cities whose every place is new: one finding each. Returned with the other new places.

    Parameters
    ----------
    draft
        The rows that findings point at.
    rows
        Described rows (`turnout.rules.measures.described`) of all contests.
    new
        One row for each area of the latest day that is in no earlier contest.
    """
    cities = _plain(rows["city"].loc[new.index])
    if cities.isna().all():
        return [], new
    latest = rows["date"] == rows["date"].max()
    is_known = ~latest | ((rows["scale"] == "area") & ~rows["key"].isin(new["key"]))
    others = rows["city"][is_known].dropna().unique()
    unknown = cities.notna() & ~cities.isin([*map(plain_name, others)])
    if not len(others) or not unknown.any():
        return [], new
    findings = []
    for _, places in new[unknown].groupby(cities[unknown], sort=False):
        spots = draft.spots(places.index[places.index >= 0], "city")
        values = {
            "n": len(places),
            "city": str(rows["city"].loc[places.index[0]]),
            "places": [str(name) for name in places["place"]],
            "others": others.tolist(),
        }
        findings.append(UNKNOWN_CITY.once(spots[0], values, tuple(spots)))
    return findings, new[~unknown]


def _plain(names: pd.Series) -> pd.Series:
    return names.dropna().astype("str").map(plain_name).reindex(names.index)
