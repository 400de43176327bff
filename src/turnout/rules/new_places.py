"""Places of the latest contest, or of a roll, of which no earlier contest tells."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from turnout.arrays import Cells
from turnout.errors import Finding
from turnout.identity.keys import plain_name
from turnout.identity.names import each_name
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


WITHOUT_HISTORY = Rule(
    "without_history",
    "warning",
    Text(
        en="{place} is in no earlier contest.",
        id="{place} tidak ada pada pemilihan sebelumnya.",
    ),
    Text(
        en="If it was split off or renamed, name the old area in a crosswalk (columns new_id, "
        "new_area, old_id, old_area, weight); else its district speaks for it.",
        id="Bila hasil pemekaran atau ganti nama, sebutkan wilayah lamanya dalam tabel pemekaran "
        "(--crosswalk; kolom kode_baru, kelurahan_baru, kode_lama, kelurahan_lama, bobot); bila "
        "tidak, kecamatannya yang mewakili.",
    ),
)

IN_NEW_DISTRICT = replace(
    WITHOUT_HISTORY,
    message=Text(
        en="{place} is in no earlier contest, nor is its district.",
        id="{place} tidak ada pada pemilihan sebelumnya, begitu pula kecamatannya.",
    ),
    remedy=Text(
        en="If it belongs to another region, delete its rows; if it was split off or renamed, name "
        "the old area in a crosswalk (columns new_id, new_area, old_id, old_area, weight). Else no "
        "past speaks for it but that of the whole.",
        id="Bila termasuk daerah lain, hapus barisnya; bila hasil pemekaran atau ganti nama, "
        "sebutkan wilayah lamanya dalam tabel pemekaran (--crosswalk; kolom kode_baru, "
        "kelurahan_baru, kode_lama, kelurahan_lama, bobot). Bila bukan keduanya, hanya "
        "keseluruhannya yang mewakili.",
    ),
)


def check_new_places(
    draft: Draft, rows: pd.DataFrame, new: pd.DataFrame, column: str
) -> list[Finding]:
    """Find areas without history: one finding each, but one for all of a city without any.

    Parameters
    ----------
    draft
        The rows that findings point at.
    rows
        Described rows (`turnout.rules.measures.described`) of all contests.
    new
        One row for each area of the latest day that is in no earlier contest.
    column
        The column that names areas.
    """
    own = new[new.index >= 0]
    if own.empty:
        return []
    others = _others(rows, new)
    cities, known = rows["city"].loc[own.index], others["city"].dropna().unique()
    elsewhere = _unknown(cities, known)
    findings = []
    for _, places in own[elsewhere].groupby(each_name(cities[elsewhere]), sort=False):
        spots = draft.spots(places.index, "city")
        values = {
            "n": len(places),
            "city": str(cities[places.index[0]]),
            "places": [str(name) for name in places["place"]],
            "others": known.tolist(),
        }
        findings.append(UNKNOWN_CITY.once(spots[0], values, tuple(spots)))
    left = own[~elsewhere]
    placeless = _unknown(rows["district"].loc[left.index], others["district"].dropna().unique())
    return [
        *findings,
        *IN_NEW_DISTRICT.at(draft, left.index[placeless], column, new),
        *WITHOUT_HISTORY.at(draft, left.index[~placeless], column, new),
    ]


def _unknown(names: pd.Series, known: Cells) -> pd.Series[bool]:
    """Mark the names that are none of those known, where any are."""
    plain = each_name(names)
    alike = plain.isin([plain_name(str(one)) for one in known])
    return plain.ne("") & ~alike & (len(known) > 0)


def _others(rows: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of earlier contests, and of the latest's places that are known from them."""
    latest = rows["date"] == rows["date"].max()
    known = ~latest | ((rows["scale"] == "area") & ~rows["key"].isin(new["key"]))
    return rows.loc[known, ["city", "district"]]
