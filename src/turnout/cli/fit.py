"""Whether the tables of one run, and the election that it forecasts, fit each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from turnout.cli.other_names import other_names, typed
from turnout.elections import TYPE_GROUPS, Election, national_days
from turnout.errors import Finding, Spot
from turnout.identity.codes import each_code
from turnout.identity.keys import plain_name
from turnout.identity.names import bare_name, each_name
from turnout.language import Text
from turnout.reading import Reading
from turnout.rules.copied_blocks import OTHERS_VOTERS
from turnout.rules.copied_districts import DISTRICT_COPIED
from turnout.rules.copied_places import PLACE_COPIED
from turnout.rules.days import SWAPPED, meant_day, others_of_day
from turnout.rules.grave import COMING_DAY, MISSING_FROM_ROLL
from turnout.rules.history import NONE_KNOWN
from turnout.rules.plausible import NEAR_TYPE
from turnout.rules.presidents import check_coming_president
from turnout.rules.renamed import RENAMED
from turnout.rules.spelling import cut_short, nearly_equal
from turnout.rules.under_another import UNDER_ANOTHER
from turnout.schema import SCALES

_ALL = 0.999


def held_together(
    readings: Mapping[str, Reading], election: Election | None = None
) -> dict[str, Reading]:
    """Return readings with what is odd about them beside each other.

    These are areas that the roll lacks, parents of the crosswalk that the results lack, and a
    coming election whose type is written almost like one of the past, that the past may know by
    another name of its family, or whose day is that of other elections, or of a president's where
    none of its type was. What is new in the roll,
    and places of the activity log that the results lack, are found when these are read.

    Parameters
    ----------
    readings
        What came of reading each role's file.
    election
        The coming election, if there is one.
    """
    good = {role: one.table for role, one in readings.items() if not one.table.empty}
    results = good.get("results")
    if results is None:
        return dict(readings)
    found: dict[str, list[Finding]] = {
        "results": [
            *_near_type(results, election),
            *other_names(results, election),
            *_swapped_day(election),
            *_other_day(results, election),
            *check_coming_president(results, election),
        ]
    }
    if "roll" in good and not any(one.rule == NONE_KNOWN.name for one in readings["roll"].findings):
        newest = results[results["date"] == results["date"].max()]
        if "crosswalk" in good:
            newest = newest[~_passed_on(newest, good["crosswalk"])]
        gone = _lacking(newest, "area", "area_id", good["roll"], "area", "area_id")
        gone = [one for one in gone if one not in _told_of(readings["roll"])]
        new = _lacking(good["roll"], "area", "area_id", results, "area", "area_id")
        told = [_with_resembling(one, new) for one in gone]
        districts = _districts_lacking(newest, good["roll"])
        text = _DISTRICT_NOT_ON_ROLL if districts else _NOT_ON_ROLL
        found["roll"] = _told(MISSING_FROM_ROLL, text, _COMPLETE, told, districts=districts)
    if "crosswalk" in good:
        lost = _lacking(good["crosswalk"], "old_area", "old_id", results, "area", "area_id")
        found["crosswalk"] = _told("unknown_parent", _NO_PARENT, _SPELL, lost)
    return _told_once(
        {
            role: replace(one, findings=(*one.findings, *found.get(role, ())))
            for role, one in readings.items()
        }
    )


def _told_of(roll: Reading) -> set[str]:
    """Return the areas that a roll is told to have under another name, or row."""
    fields = {UNDER_ANOTHER.name: "missing", RENAMED.name: "former"}
    told = [one.values[fields[one.rule]] for one in roll.findings if one.rule in fields]
    names = [name for one in told for name in (one if isinstance(one, list) else [one])]
    return {str(name).split(" (")[0] for name in names}


def _told_once(readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """Return readings in which no warning of a count is what the roll is told already."""
    if not {"roll", "counted"} <= set(readings):
        return dict(readings)
    roll, count = readings["roll"], readings["counted"]
    causes = {cause for one in roll.findings for cause in _causes(one)}
    own = [one for one in count.findings if one.severity == "error" or not causes & _causes(one)]
    return {**readings, "counted": replace(count, findings=tuple(own))}


def _causes(finding: Finding) -> set[tuple[object, ...]]:
    """Return what a finding is about: a rule and a place or, without one, all that is said of it.

    A copy is about its row, whichever of its figures and rules tell of it.
    """
    place, spot = finding.values.get("place"), finding.spot
    named = isinstance(place, str)
    said = bare_name(place) if named else finding.message.say("en", **finding.values)
    causes: set[tuple[object, ...]] = {(finding.rule, said)}
    if finding.rule in _COPIES and spot.row is not None:
        causes.add((spot.file, spot.sheet, spot.row))
    return causes


_COPIES = frozenset(one.name for one in (DISTRICT_COPIED, OTHERS_VOTERS, PLACE_COPIED))


def _near_type(results: pd.DataFrame, election: Election | None) -> list[Finding]:
    """Return a warning where the coming type is nearly, but not quite, one that is known.

    That is one of the past or, without it, an Indonesian one.
    """
    past = list(results["election_type"].unique())
    if election is None or election.election_type in {*past, *TYPE_GROUPS}:
        return []
    kind = election.election_type
    known = [str(one) for one in (*past, *TYPE_GROUPS)]
    near = [one for one in known if nearly_equal(kind.casefold(), one.casefold())]
    if not near:
        return []
    values = {"kind": kind, "usual": near[0], "typed": typed(near[0])}
    return [Finding(NEAR_TYPE.name, "warning", _NEAR, _SAY_TYPE, Spot(), values)]


def _swapped_day(election: Election | None) -> list[Finding]:
    """Return a warning where the coming day is a national one but for day and month."""
    if election is None:
        return []
    meant = meant_day(election.date)
    if meant is None:
        return []
    values = {"contest": election.name, "day": election.date, "meant": meant, "written": str(meant)}
    return [Finding(SWAPPED.name, "warning", SWAPPED.message, _SAY_DAY, Spot(), values)]


def _other_day(results: pd.DataFrame, election: Election | None) -> list[Finding]:
    """Return a warning where the coming day is that of other elections, or misses its own.

    The day may be the nationwide one of another family, that of an election of another family in
    the results, or none of the days on which all of Indonesia voted on the type that year.
    """
    if election is None or election.type_group not in TYPE_GROUPS.values():
        return []
    day, kind = election.date, election.election_type
    held = national_days(day.year, kind)
    if day in held or meant_day(day) is not None:
        return []
    there = results[(results["date"] == pd.Timestamp(day))]
    there = there[there["type_group"].isin(TYPE_GROUPS.values())]
    others = others_of_day(day, kind) or sorted(
        there["election_type"][there["type_group"] != election.type_group].unique()
    )
    if not others and not held:
        return _year_slipped(day, kind)
    meant = min(held, key=lambda one: abs(one - day)) if held else None
    values = {"kind": kind, "day": day, "others": others, "meant": meant, "written": str(meant)}
    message = (_DAY_OF_OTHERS if others else _OFF_ITS_DAY) if held else _DAY_OF_OTHERS_ALONE
    remedy = (_SAY_DAY_OR_TYPE if others else _SAY_DAY_UNLESS_PSU) if held else _CHECK_DAY
    return [Finding(COMING_DAY, "warning", message, remedy, Spot(), values)]


def _year_slipped(day: date, kind: str) -> list[Finding]:
    """Return a warning where a day without its type is that of its type, but for a year."""
    near = [one for year in (day.year - 1, day.year + 1) for one in national_days(year, kind)]
    meant = next((one for one in near if (one.month, one.day) == (day.month, day.day)), None)
    if meant is None:
        return []
    values = {"kind": kind, "day": day, "meant": meant, "written": str(meant)}
    return [Finding(COMING_DAY, "warning", _OTHER_YEAR, _SAY_MEANT, Spot(), values)]


def _lacking(
    ours: pd.DataFrame, name: str, code: str, theirs: pd.DataFrame, area: str, area_id: str
) -> list[str]:
    """Return the areas of one table whose names and codes another does not have."""
    if theirs[area].isna().all() and theirs[area_id].isna().all():
        return []
    finest = ours[ours[name].notna() | ours[code].notna()]
    there = _is_there(finest, name, code, theirs, area, area_id)
    missing = finest.loc[~there, [name, code]].drop_duplicates()
    return [str(n if pd.notna(n) else c) for n, c in missing.itertuples(index=False, name=None)]


def _is_there(
    ours: pd.DataFrame, name: str, code: str, theirs: pd.DataFrame, area: str, area_id: str
) -> pd.Series[bool]:
    """Mark the areas of one table whose name or code another has."""
    names = set(each_name(theirs[area].dropna(), bare_name))
    own, others = each_code(ours[code], theirs[area_id])
    return each_name(ours[name], bare_name).isin(names) | ((own != "") & own.isin(others))


def _districts_lacking(ours: pd.DataFrame, roll: pd.DataFrame) -> list[str]:
    """Return the districts of which a roll has neither the name nor any area."""
    if roll["district"].isna().all():
        return []
    areas = ours[ours["district"].notna() & (ours["area"].notna() | ours["area_id"].notna())]
    named = each_name(roll["district"].dropna(), bare_name)
    there = _is_there(areas, "area", "area_id", roll, "area", "area_id")
    there |= each_name(areas["district"], bare_name).isin(named)
    lacking = ~there.groupby(areas["district"]).any()
    return [str(name) for name in lacking.index[lacking]]


def _passed_on(areas: pd.DataFrame, crosswalk: pd.DataFrame) -> pd.Series[bool]:
    """Return which areas passed all their voters on to others, as the crosswalk says."""
    passed = pd.Series(data=False, index=areas.index)
    names = [each_name(one, bare_name) for one in (areas["area"], crosswalk["old_area"])]
    for ours, theirs in (names, each_code(areas["area_id"], crosswalk["old_id"])):
        told = crosswalk[theirs != ""]
        weight = told["weight"].groupby(theirs).sum()
        passed |= ours.isin(weight.index[weight > _ALL])
    return passed


def _with_resembling(name: str, others: list[str]) -> str:
    """Return a name with the one of others that may be the same, written otherwise."""
    near = [
        other
        for other in others
        if nearly_equal(bare_name(name), bare_name(other))
        or cut_short(plain_name(name), plain_name(other))
    ]
    return f"{name} ({near[0]}?)" if near else name


def _told(
    rule: str, text: Text, remedy: Text, places: list[str], **values: object
) -> list[Finding]:
    if not places:
        return []
    told = {**values, "n": len(places), "names": places}
    return [Finding(rule, "warning", text, remedy, Spot(), told)]


def scale_of_rows(table: pd.DataFrame) -> pd.Series:
    """Return the finest scale that each row names a place of; blank where none is named."""
    scale = pd.Series("", index=table.index, dtype="object")
    for name in reversed(SCALES):
        if name in table:
            scale = scale.mask(table[name].notna(), name)
    return scale


_NEAR = Text(
    en="the type '{kind}' of the coming election looks like '{usual}', but is not written the same "
    "way: it is forecast as a type that was never seen.",
    id="jenis '{kind}' pemilihan mendatang mirip '{usual}', tetapi tidak ditulis sama: "
    "diprakirakan sebagai jenis yang belum pernah ada.",
)
_OTHER_YEAR = Text(
    en="the coming {kind} is said to be on {day:day}; no nationwide one is known in that year, but "
    "all of Indonesia voted on {meant:day}.",
    id="{kind} mendatang disebut pada {day:day}; pada tahun itu tidak ada {kind} serentak, "
    "sedangkan pada {meant:day} ada.",
)
_SAY_TYPE = Text(
    en="If that is meant, say --type {typed}.",
    id="Bila itu yang dimaksud, tulis --type {typed}.",
)
_SAY_DAY = Text(en="If so, say --date {written}.", id="Bila ya, tulis --date {written}.")
_SAY_MEANT = Text(
    en="If that is meant, say --date {written}.",
    id="Bila itu yang dimaksud, tulis --date {written}.",
)
_DAY_OF_OTHERS = Text(
    en="the coming {kind} is said to be on {day:day}, the polling day of {others:list}; all of "
    "Indonesia voted on {meant:day} in a {kind}.",
    id="{kind} mendatang disebut pada {day:day}, padahal itu hari pemungutan suara {others:list}; "
    "{kind} tahun itu di seluruh Indonesia pada {meant:day}.",
)
_DAY_OF_OTHERS_ALONE = Text(
    en="the coming {kind} is said to be on {day:day}, the polling day of {others:list}.",
    id="{kind} mendatang disebut pada {day:day}, padahal itu hari pemungutan suara {others:list}.",
)
_OFF_ITS_DAY = Text(
    en="the coming {kind} is said to be on {day:day}, but all of Indonesia voted on {meant:day}.",
    id="{kind} mendatang disebut pada {day:day}, padahal di seluruh Indonesia pada {meant:day}.",
)
_SAY_DAY_OR_TYPE = Text(
    en="If that is meant, say --date {written}; results of {day:day} and later are not used, as "
    "they were not known before.",
    id="Bila itu yang dimaksud, tulis --date {written}; hasil pada {day:day} dan sesudahnya tidak "
    "dipakai karena belum diketahui sebelum hari itu.",
)
_SAY_DAY_UNLESS_PSU = Text(
    en="If that is meant, say --date {written}; if it is a repeat poll (PSU), leave it.",
    id="Bila itu yang dimaksud, tulis --date {written}; bila ini pemungutan suara ulang (PSU), "
    "biarkan.",
)
_CHECK_DAY = Text(
    en="Check --date and --type; results of {day:day} and later are not used, as they were not "
    "known before.",
    id="Periksa --date dan --type; hasil pada {day:day} dan sesudahnya tidak dipakai karena belum "
    "diketahui sebelum hari itu.",
)
_NOT_ON_ROLL = Text(
    en="{n:count:area of the newest results is:areas of the newest results are} not on the "
    "roll: {names:list}.",
    id="{n:count} wilayah pada hasil terbaru tidak ada di daftar pemilih: {names:list}.",
)
_DISTRICT_NOT_ON_ROLL = Text(
    en="{n:count:area of the newest results is:areas of the newest results are} not on the "
    "roll, among them all of {districts:list}: {names:list}. What is forecast as the whole is "
    "without them.",
    id="{n:count} wilayah pada hasil terbaru tidak ada di daftar pemilih, termasuk seluruh "
    "kecamatan {districts:list}: {names:list}. Prakiraan angka keseluruhan tidak mencakup "
    "wilayah itu.",
)
_COMPLETE = Text(
    en="Add them to the roll, write their names alike in both files, or name them in a crosswalk "
    "(columns new_area, old_area, weight) if they were split or merged.",
    id="Lengkapi daftar pemilih, samakan penulisan namanya di kedua berkas, atau sebutkan di tabel "
    "pemekaran (--crosswalk; kolom kelurahan_baru, kelurahan_lama, bobot) bila dimekarkan atau "
    "digabung.",
)
_NO_PARENT = Text(
    en="{n:count:old area of the crosswalk is:old areas of the crosswalk are} not in the "
    "results: {names:list}.",
    id="{n:count} wilayah lama di tabel pemekaran tidak ada di hasil: {names:list}.",
)
_SPELL = Text(
    en="Write them as the results do.",
    id="Tulis namanya seperti pada hasil.",
)
