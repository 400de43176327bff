"""Votes without a roll of their own: advance, postal, mobile, hospital, added-list stations.

Their voters stand on the rolls of ordinary stations, so they count in the place around them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import pandas as pd

from turnout.dates import parse_days
from turnout.language import Text
from turnout.reading.files.cells import Distinct
from turnout.reading.layouts.total_rows import rebuilt
from turnout.rules.draft import Draft
from turnout.rules.measures import contest_names, row_scales
from turnout.rules.rule import Rule
from turnout.schema import PLACE_COLUMNS, RESULTS_COLUMNS, parts_of_counts

_SPECIAL = re.compile(
    r"\b(?:advance|early|pre-?poll|postal|post|mail|mail-?in|by mail|vote by mail|absentee|absent"
    r"|uocava|fpca|military|central count|provisional|special|mobile|hospital|prison"
    r"|institution\w*|declaration|overseas|abroad"
    r"|brief(?:wahl)?\w*|vorzeitig\w*|correspondance|par correspondance|estero|voto por correo"
    r"|pos|surat pos|keliling|lapas|rutan|rumah sakit|rs|rsud|luar negeri|khusus|tambahan|dptb"
    r"|dpph|dpk|dpktb|pindahan|pindah memilih)\b",
    re.IGNORECASE,
)


def is_special(name: object) -> bool:
    """Whether a name is that of votes without a roll of their own.

    >>> is_special("Advance"), is_special("Postal votes"), is_special("TPS Lapas"), is_special("12")
    (True, True, True, False)
    """
    return isinstance(name, str) and bool(_SPECIAL.search(name))


def place_postal_votes(draft: Draft) -> Draft:
    """Return the draft with votes that have no roll as part of the total of the place around them.

    A row that is called *Postal*, *Advance*, *DPTb* or so, with voters and without registered, is
    no place. Its voters are added to those of the place that it names besides (the district, the
    city), whose total row then tells in ``voters_without_roll`` how many have no part of their
    own.
    """
    table = draft.table
    places = [name for name in PLACE_COLUMNS if name in table]
    if not places or not {"registered", "voters"} <= set(table):
        return draft
    lacking = [name for name in RESULTS_COLUMNS if name not in table]
    # Of hundreds of columns, each that is put in by itself is told as a waste of time.
    blank = pd.DataFrame(None, index=table.index, columns=lacking, dtype=object)
    whole = pd.concat([table, blank], axis=1)
    scale = row_scales(whole)
    finest = pd.Series(None, index=table.index, dtype="object")
    for name in places:
        finest = finest.where(table[name].isna(), table[name])
    named = (scale != "total") & Distinct.of(finest).where(is_special)
    if not named.any():
        return draft
    rows: Any = table.assign(contest=_contests(whole), scale=scale, voters_without_roll=0.0)
    no_roll = table["registered"].isna() | (table["registered"] == 0)
    no_roll |= _with_roll_of_all(rows, named, places)
    special = named & no_roll & ((table["voters"] > 0) | table["voters"].isna())
    open_ones = special & table["voters"].isna()
    if open_ones.any():
        return place_postal_votes(_without(draft, open_ones))
    if not special.any():
        return draft
    rows = _placed(rows.assign(stays=~special), table.index[special], places)
    rows = rows[rows["stays"]].drop(columns=["contest", "scale", "stays"])
    first = table.index[special][:1]
    told = pd.DataFrame(
        {"n": int(special.sum()), "voters": table.loc[special, "voters"].sum()}, index=first
    )
    return rebuilt(draft, rows, WITHOUT_ROLL.at(draft, first, "voters", told))


def _with_roll_of_all(
    rows: pd.DataFrame, named: pd.Series[bool], places: Sequence[str]
) -> pd.Series[bool]:
    """Mark rows that repeat the registered of all others beside them: that is no roll of theirs."""
    above = [rows[name].where(rows["scale"] != name) for name in places]
    beside = [rows["contest"], rows["scale"], *above]
    others = rows["registered"].mask(named)
    grouped = others.groupby(beside, dropna=False)
    several = grouped.transform("count") >= _SEVERAL
    return named & several & (rows["registered"] == grouped.transform("sum"))


_SEVERAL = 2


def _placed(rows: Any, special: pd.Index, places: Sequence[str]) -> Any:
    """Return rows with votes that have no roll in the totals of the places that they lie in."""
    added: dict[Any, list[Any]] = {}
    for label in special:
        for total in _add(rows, label, places):
            added.setdefault(total, []).append(label)
    order = ["total", *places]
    for total in sorted(added, key=lambda row: order.index(rows.loc[row, "scale"]), reverse=True):
        _raise(rows, total, added[total], places)
    return rows


def _without(draft: Draft, rows: pd.Series) -> Draft:
    """Return the draft without rows of votes that have no roll and are not counted yet."""
    first = rows.index[rows][:1]
    told = pd.DataFrame({"n": int(rows.sum())}, index=first)
    return rebuilt(draft, draft.table[~rows], NOT_YET.at(draft, first, "voters", told))


def _contests(whole: pd.DataFrame) -> pd.Series:
    # A roll may hold days, too: as they are written, and of no election.
    day = pd.to_datetime(parse_days(whole["date"]).values).astype("datetime64[s]")
    return contest_names(whole.assign(date=day))


def _add(rows: Any, label: Any, places: Sequence[str]) -> list[Any]:
    """Tell the totals of the places around a row without a roll of its voters; return these."""
    row = rows.loc[label]
    own = list(places[: places.index(row["scale"])])
    nearest = next((name for name in own[::-1] if isinstance(row[name], str)), "total")
    here = rows["stays"] & (rows["contest"] == row["contest"])
    if nearest != "total" or not own:
        own = own[: own.index(nearest) + 1] if own else own
    found: list[Any] = []
    for upto in range(len(own), -1, -1):
        within = here.copy()
        for name in own[:upto]:
            within &= rows[name] == row[name]
        wanted = own[upto - 1] if upto else "total"
        totals = rows.index[within & (rows["scale"] == wanted)]
        if len(totals) == 0 and wanted == nearest:
            _become_total(rows, label, within, places, own[:upto])
        rows.loc[totals, "voters_without_roll"] += row["voters"]
        found.extend(totals)
    return found


def _become_total(
    rows: Any, label: Any, within: Any, places: Sequence[str], own: list[str]
) -> None:
    """Make a row without a roll the total of the place around it, if all its parts are known.

    Where a part lacks a figure nobody knows the total, and the row goes.
    """
    parts = rows[within & ~rows["scale"].isin([*own, "total"])]
    finest = next((name for name in places[::-1] if (parts["scale"] == name).any()), None)
    parts = parts[parts["scale"] == finest]
    if parts[["registered", "voters"]].isna().any(axis=None):
        return
    row, voters = rows.loc[label], rows.loc[label, "voters"]
    rows.loc[label, [name for name in places if name not in own]] = None
    rows.loc[label, "scale"] = own[-1] if own else "total"
    for name in _counts(rows):
        of_roll = name.startswith("registered")
        none = float("nan") if of_roll else 0.0
        summed = parts[name].sum(skipna=False) if len(parts) else none
        rows.loc[label, name] = summed if of_roll else summed + row[name]
    rows.loc[label, "voters_without_roll"] = voters
    rows.loc[label, "stays"] = True
    blank = [name for name in ("area_id",) if name in rows]
    rows.loc[label, blank] = None


def _counts(rows: pd.DataFrame) -> list[str]:
    """Return the columns of counts that add up: of the registered, of voters and of ballots."""
    known = ("registered", "voters", "valid", "invalid", *parts_of_counts(rows.columns))
    return [name for name in known if name in rows]


def _raise(rows: Any, total: Any, special: Sequence[Any], places: Sequence[str]) -> None:
    """Count in a total those votes without a roll that it does not hold yet.

    It may hold its parts alone, or these and the votes of some ways, such as early ones.
    """
    whole = rows.loc[total]
    within = rows["stays"] & (rows["contest"] == whole["contest"])
    for name in places[: places.index(whole["scale"]) + 1 if whole["scale"] != "total" else 0]:
        within &= rows[name].isna() if pd.isna(whole[name]) else rows[name] == whole[name]
    finer = rows[within & (rows["scale"] != whole["scale"])]
    finest = next((s for s in PLACE_COLUMNS[::-1] if (finer["scale"] == s).any()), None)
    own = finer[finer["scale"] == finest]
    # The finest may be totals themselves, of places that this contest does not tell.
    parts = own["voters"].sum() - own["voters_without_roll"].sum()
    voters = rows.loc[list(special), "voters"]
    held = whole["voters"] - parts - (whole["voters_without_roll"] - voters.sum())
    for label in _not_held(held, voters, rows, places):
        for name in _counts(rows):
            if not name.startswith("registered"):
                rows.loc[total, name] += rows.loc[label, name]


def _not_held(held: float, voters: pd.Series[float], rows: Any, places: Sequence[str]) -> list[Any]:
    """Return the rows of those ways of voting that a total lacks, if it holds just the others."""
    called = rows.loc[voters.index, list(places)].agg(lambda names: names.dropna().iloc[-1], axis=1)
    way = called.map(lambda name: found[0].casefold() if (found := _SPECIAL.search(name)) else "")
    of_way = voters.groupby(way).sum()
    for size in range(len(of_way) + 1):
        for ways in combinations(of_way.index, size):
            if of_way[list(ways)].sum() == held:
                return list(voters.index[~way.isin(ways)])
    return []


WITHOUT_ROLL = Rule(
    "voters_without_roll",
    "warning",
    Text(
        en="{voters:count} voters in {n:count:row:rows} have no roll of their own (advance, "
        "postal or the like); they count in the total of the place around them.",
        id="{voters:count} pengguna hak pilih pada {n:count} baris berada di luar DPT "
        "(pemilih tambahan, pos, dan sejenisnya); mereka dihitung dalam jumlah wilayah di atasnya.",
    ),
    Text(
        en="If they belong to single areas, add them to the voters of these.",
        id="Bila pemilih ini termasuk wilayah tertentu, tambahkan ke pengguna hak pilih wilayah "
        "itu.",
    ),
)
APART = Text(
    en="{voters:count} voters in {n:count:row:rows} have no roll of their own (advance, postal or "
    "the like) and name no area: they are set apart, and the forecast is without them.",
    id="{voters:count} pengguna hak pilih pada {n:count} baris berada di luar DPT "
    "(pemilih tambahan, pos, dan sejenisnya) dan tidak menyebut kelurahan: mereka disisihkan, dan "
    "prakiraan tidak memuatnya.",
)
STATIONS_WITHOUT_ROLL = Rule(
    WITHOUT_ROLL.name,
    "warning",
    Text(
        en="{voters:count} voters in {n:count:row:rows} have no roll of their own (advance, "
        "postal or the like); they count in the area that their row names.",
        id="{voters:count} pengguna hak pilih pada {n:count} baris berada di luar DPT "
        "(pemilih tambahan, pos, dan sejenisnya); mereka dihitung di wilayah yang disebut baris "
        "itu.",
    ),
    Text(
        en="If the voters of the stations hold them already, leave these rows out.",
        id="Bila pengguna hak pilih di TPS sudah memuat mereka, keluarkan baris itu.",
    ),
)
NOT_YET = Rule(
    "no_votes_without_roll",
    "warning",
    Text(
        en="{n:count:row:rows} of votes without a roll of their own (advance, postal or the like) "
        "tell no voters and are left out: every turnout is without these votes.",
        id="{n:count} baris suara di luar DPT (pemilih tambahan, pos, dan sejenisnya) belum "
        "berisi pengguna hak pilih dan tidak dipakai: semua tingkat partisipasi tidak memuatnya.",
    ),
    Text(
        en="Give their voters when they are counted.",
        id="Isi pengguna hak pilihnya setelah dihitung.",
    ),
)
