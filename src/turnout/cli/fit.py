"""Whether the tables of one run fit each other."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.identity.names import bare_name, each_name
from turnout.language import Text
from turnout.reading import Reading
from turnout.schema import SCALES

_MOST = 5


def misfits(readings: Mapping[str, Reading]) -> list[Finding]:
    """Return a warning for areas that the roll lacks, and for parents that the results lack.

    What is new in the roll, and places of the activity log that the results lack, are found when
    these are read.
    """
    good = {role: one.table for role, one in readings.items() if not one.table.empty}
    results = good.get("results")
    findings: list[Finding] = []
    if results is None:
        return findings
    if "roll" in good:
        newest = results[results["date"] == results["date"].max()]
        gone = _lacking(newest, "area", "area_id", good["roll"], "area", "area_id")
        findings += _told("missing_from_roll", _NOT_ON_ROLL, _COMPLETE, gone)
    if "crosswalk" in good:
        lost = _lacking(good["crosswalk"], "old_area", "old_id", results, "area", "area_id")
        findings += _told("unknown_parent", _NO_PARENT, _SPELL, lost)
    return findings


def _lacking(
    ours: pd.DataFrame, name: str, code: str, theirs: pd.DataFrame, area: str, area_id: str
) -> list[str]:
    """Return the areas of one table whose names and codes another does not have."""
    if theirs[area].isna().all() and theirs[area_id].isna().all():
        return []
    names = set(each_name(theirs[area].dropna(), bare_name))
    codes = set(theirs[area_id].dropna())
    finest = ours[ours[name].notna() | ours[code].notna()]
    there = each_name(finest[name], bare_name).isin(names) | finest[code].isin(codes)
    missing = finest.loc[~there, [name, code]].drop_duplicates()
    return [str(n if pd.notna(n) else c) for n, c in missing.itertuples(index=False, name=None)]


def _told(rule: str, text: Text, remedy: Text, places: list[str]) -> list[Finding]:
    if not places:
        return []
    more = len(places) - _MOST
    names = ", ".join(places[:_MOST]) + (f", ... (+{more})" if more > 0 else "")
    return [Finding(rule, "warning", text, remedy, Spot(), {"n": len(places), "names": names})]


def scale_of_rows(table: pd.DataFrame) -> pd.Series:
    """Return the finest scale that each row names a place of; blank where none is named."""
    scale = pd.Series("", index=table.index, dtype="object")
    for name in reversed(SCALES):
        if name in table:
            scale = scale.mask(table[name].notna(), name)
    return scale


_NOT_ON_ROLL = Text(
    en="{n:count:area:areas} of the newest results are not on the roll: {names}.",
    id="{n:count} wilayah pada hasil terbaru tidak ada di daftar pemilih: {names}.",
)
_COMPLETE = Text(
    en="Add them to the roll, or name them in a crosswalk if they were split or merged.",
    id="Lengkapi daftar pemilih, atau sebutkan di tabel pemekaran bila dimekarkan atau digabung.",
)
_NO_PARENT = Text(
    en="{n:count:old area:old areas} of the crosswalk are not in the results: {names}.",
    id="{n:count} wilayah lama di tabel pemekaran tidak ada di hasil: {names}.",
)
_SPELL = Text(
    en="Write them as the results do.",
    id="Tulis namanya seperti pada hasil.",
)
