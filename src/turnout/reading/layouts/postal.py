"""Votes without a roll of their own: advance, postal, mobile, hospital, added-list stations.

Their voters stand on the rolls of ordinary stations, so they count in the place around them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
    no_roll = table["registered"].isna() | (table["registered"] == 0)
    no_roll &= (table["voters"] > 0) | table["voters"].isna()
    if not no_roll.any():
        return draft
    whole = table.assign(**{name: None for name in RESULTS_COLUMNS if name not in table})
    scale = row_scales(whole)
    finest = pd.Series(None, index=table.index, dtype="object")
    for name in places:
        finest = finest.where(table[name].isna(), table[name])
    special = no_roll & (scale != "total") & Distinct.of(finest).where(is_special)
    open_ones = special & table["voters"].isna()
    if open_ones.any():
        return place_postal_votes(_without(draft, open_ones))
    if not special.any():
        return draft
    rows: Any = table.assign(
        contest=_contests(whole), scale=scale, voters_without_roll=0.0, stays=~special
    )
    for label in table.index[special]:
        _add(rows, label, places)
    rows = rows[rows["stays"]].drop(columns=["contest", "scale", "stays"])
    first = table.index[special][:1]
    told = pd.DataFrame(
        {"n": int(special.sum()), "voters": table.loc[special, "voters"].sum()}, index=first
    )
    return rebuilt(draft, rows, WITHOUT_ROLL.at(draft, first, "voters", told))


def _without(draft: Draft, rows: pd.Series) -> Draft:
    """Return the draft without rows of votes that have no roll and are not counted yet."""
    first = rows.index[rows][:1]
    told = pd.DataFrame({"n": int(rows.sum())}, index=first)
    return rebuilt(draft, draft.table[~rows], NOT_YET.at(draft, first, "voters", told))


def _contests(whole: pd.DataFrame) -> pd.Series:
    # A roll may hold days, too: as they are written, and of no election.
    day = pd.to_datetime(parse_days(whole["date"]).values).astype("datetime64[s]")
    return contest_names(whole.assign(date=day))


def _add(rows: Any, label: Any, places: Sequence[str]) -> None:
    """Add the voters of a row without a roll to the totals of the places that it lies in."""
    row = rows.loc[label]
    own = list(places[: places.index(row["scale"])])
    nearest = next((name for name in own[::-1] if isinstance(row[name], str)), "total")
    here = rows["stays"] & (rows["contest"] == row["contest"])
    if nearest != "total" or not own:
        own = own[: own.index(nearest) + 1] if own else own
    for upto in range(len(own), -1, -1):
        within = here.copy()
        for name in own[:upto]:
            within &= rows[name] == row[name]
        wanted = own[upto - 1] if upto else "total"
        totals = rows.index[within & (rows["scale"] == wanted)]
        if len(totals) == 0 and wanted == nearest:
            _become_total(rows, label, within, places, own[:upto])
        for total in totals:
            _raise(rows, total, row, within, wanted)


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


def _raise(rows: Any, total: Any, row: Any, within: Any, scale: str) -> None:
    """Count the voters without a roll in a total; one that holds its parts alone is raised."""
    finer = rows[within & (rows["scale"] != scale) & rows["stays"]]
    finest = next((s for s in PLACE_COLUMNS[::-1] if (finer["scale"] == s).any()), None)
    own = finer[finer["scale"] == finest]
    # The finest may be totals themselves, of places that this contest does not tell.
    parts = own["voters"].sum() - own["voters_without_roll"].sum()
    known = rows.loc[total, "voters_without_roll"]
    if rows.loc[total, "voters"] == parts + known:
        for name in _counts(rows):
            if not name.startswith("registered"):
                rows.loc[total, name] += row[name]
    rows.loc[total, "voters_without_roll"] += row["voters"]


WITHOUT_ROLL = Rule(
    "voters_without_roll",
    "warning",
    Text(
        en="{voters:count} voters in {n:count:row:rows} have no roll of their own (advance, "
        "postal or the like); they count in the total of the place around them.",
        id="{voters:count} pengguna hak pilih pada {n:count} baris tidak memiliki DPT sendiri "
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
    id="{voters:count} pengguna hak pilih pada {n:count} baris tidak memiliki DPT sendiri "
    "(pemilih tambahan, pos, dan sejenisnya) dan tidak menyebut kelurahan: mereka disisihkan, dan "
    "prakiraan tidak memuatnya.",
)
STATIONS_WITHOUT_ROLL = Rule(
    WITHOUT_ROLL.name,
    "warning",
    Text(
        en="{voters:count} voters in {n:count:row:rows} have no roll of their own (advance, "
        "postal or the like); they count in the area that their row names.",
        id="{voters:count} pengguna hak pilih pada {n:count} baris tidak memiliki DPT sendiri "
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
        id="{n:count} baris suara tanpa DPT sendiri (pemilih tambahan, pos, dan sejenisnya) belum "
        "berisi pengguna hak pilih dan tidak dipakai: semua tingkat partisipasi tidak memuatnya.",
    ),
    Text(
        en="Give their voters when they are counted.",
        id="Isi pengguna hak pilihnya setelah dihitung.",
    ),
)
