"""A name that stands in one contest alone, which alone lacks another of its district."""

from __future__ import annotations

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

_CONTESTS = 3
"""Contests of a district from which on one of them can be the odd one."""

NAME_ONCE = Rule(
    "name_in_one_contest",
    "warning",
    Text(
        en="{place} stands in {contest:contest} alone, and that contest alone lacks {others:list} "
        "of its district.",
        id="{place} hanya ada pada {contest:contest}, dan hanya pemilihan itu yang tidak memuat "
        "{others:list} dari kecamatannya.",
    ),
    Text(
        en="If they are one area, write one name (or one code) everywhere, or name the pair in a "
        "crosswalk (columns new_area, old_area, weight); until then they are two areas.",
        id="Bila wilayahnya sama, tulis satu nama (atau satu kode) di semua baris, atau sebutkan "
        "pasangannya dalam tabel pemekaran (--crosswalk; kolom kelurahan_baru, kelurahan_lama, "
        "bobot); sebelum itu keduanya dianggap dua wilayah.",
    ),
)


def check_names_once(draft: Draft, areas: pd.DataFrame) -> list[Finding]:
    """Find areas of one contest, in a district of which others are missing then, and then alone.

    Contests of the latest two days are left to the rules on what is new and what is gone.

    Parameters
    ----------
    draft
        The rows that findings point at.
    areas
        Rows of areas by date, with ``contest``, ``key``, ``place`` and ``within``.
    """
    told = areas[["contest", "date", "key", "place", "within"]]
    told = told.assign(number=pd.factorize(areas["contest"])[0]).drop_duplicates(["number", "key"])
    told = told.assign(times=told.groupby("key")["number"].transform("size"))
    told = told[told["within"].isin(told["within"][told["times"] == 1])]
    held = told.drop_duplicates(["within", "number"]).groupby("within")["number"]
    told = told.assign(of=told["within"].map(held.size()))
    once = told[(told["times"] == 1) & (told["of"] >= _CONTESTS)]
    once = once[once["date"] < areas["date"].drop_duplicates().nlargest(2).min()]
    if once.empty:
        return []
    nearly = told[(told["times"] == told["of"] - 1) & (told["times"] > 1)]
    nearly = nearly[nearly["key"].isin(nearly["key"][nearly["within"].isin(once["within"])])]
    of_key = nearly.groupby("key")
    # All numbers of a district's contests less those of its own leave the one that is missing.
    lacking = nearly.drop_duplicates("key").set_index("key")[["within", "place"]].sort_index()
    lacking = lacking.rename(columns={"place": "others"})
    lacking["number"] = lacking["within"].map(held.sum()) - of_key["number"].sum()
    stayed = lacking[of_key["within"].min() == of_key["within"].max()]
    others = stayed.groupby(["within", "number"])["others"].agg(list).reset_index()
    odd = once.reset_index(names="row").merge(others, on=["within", "number"]).set_index("row")
    return NAME_ONCE.at(draft, odd.index[odd.index >= 0], "area", odd)
