"""What a user says of days and types, where the file itself tells others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from typing import Literal

import numpy as np
import pandas as pd

from turnout.arrays import Bools
from turnout.elections import group_of_type
from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.files.cells import as_texts
from turnout.reading.hints import Hints, nearest
from turnout.rules.draft import Draft
from turnout.surroundings import Setting

_Argument = Literal["dates", "types"]
_Agrees = Callable[[str, str], bool]


def complain_of_contradicted(draft: Draft, hints: Hints, role: str) -> list[Finding]:
    """Return an error for each thing that the user says and the file itself tells otherwise.

    A label that several elections bear, and the blank one, speak of those that tell nothing
    themselves: what they fill in somewhere is no contradiction to other elections. A family agrees
    with its types: of *pilkada* and *pilbup* the narrower is known.

    Parameters
    ----------
    draft
        The rows, with what the user says filled in.
    hints
        What the user says.
    role
        What the file is to a run.
    """
    days = {label: day.isoformat() for label, day in hints.dates.items()}
    asked: tuple[tuple[_Argument, str, Mapping[str, str], _Agrees], ...] = (
        ("dates", "date", days, _is_same),
        ("types", "election_type", hints.types, _is_kind),
    )
    return [
        finding
        for argument, name, said, agrees in asked
        if said and name in draft.table
        for label, rows in _contradicted(draft, name, said, agrees)
        for finding in _findings(draft, rows, Setting(argument, label, said[label], role), name)
    ]


def _contradicted(
    draft: Draft, name: str, said: Mapping[str, str], agrees: _Agrees
) -> Iterator[tuple[str, pd.Index]]:
    """Yield each label with the rows that bear it and tell another value than the user."""
    told = _as_said(draft.table, name)
    elections = _elections(draft.table) if name == "date" else told
    filled = _filled_in(draft, name)
    for label, bearers in _bearers(draft, said).items():
        known = bearers & told.ne("").to_numpy()
        like = {one: agrees(one, said[label]) for one in told[known].unique()}
        same = told.map(like).eq(other=True).to_numpy() & known
        differ = known & ~same
        if (same & filled).any():
            own = elections.isin(elections[same].unique()).to_numpy()
            differ &= own & bool(label)
        if differ.any():
            yield label, draft.table.index[differ]


def _filled_in(draft: Draft, name: str) -> Bools:
    """Return the rows for which the user says it, or may: headers tell their elections in parts."""
    of_headers = [one for one in draft.origin if str(one).startswith("header:")]
    filled = draft.origin[of_headers].notna().any(axis=1)
    if f"said:{name}" in draft.origin:
        filled |= draft.origin[f"said:{name}"].eq(other=True)
    return filled.to_numpy()


def _bearers(draft: Draft, said: Mapping[str, str]) -> dict[str, Bools]:
    """Return which rows each label speaks of: by their own words, else by those of their sheet."""
    own = _nearest_in_rows(_own_labels(draft), said)
    kinds = as_texts(draft.table["election_type"]) if "election_type" in draft.table else ""
    stems = draft.origin["file"].map(lambda file: PurePath(str(file)).stem)
    around = pd.DataFrame({"sheet": draft.origin["sheet"], "file": stems, "kind": kinds})
    of_sheet = _nearest_in_rows(around, said)
    by_row = {label: (own == label).to_numpy() for label in said if label}
    found = {
        label: rows if rows.any() else ((own == "") & (of_sheet == label)).to_numpy()
        for label, rows in by_row.items()
    }
    if "" in said:
        nothing = np.zeros(len(draft.table), dtype=bool)
        found[""] = ~np.logical_or.reduce([nothing, *found.values()])
    return found


def _nearest_in_rows(labels: pd.DataFrame, said: Mapping[str, str]) -> pd.Series[str]:
    """Return the label in `said` that is nearest to the texts of each row; blank where none is."""
    keys = list(labels.itertuples(index=False, name=None))
    named = {label: label for label in said}
    found = {key: nearest(named, key) or "" for key in dict.fromkeys(keys)}
    return pd.Series([found[key] for key in keys], index=labels.index, dtype="object")


def _own_labels(draft: Draft) -> pd.DataFrame:
    """Return the texts by which a user can name the election of each row."""
    table, origin = draft.table, draft.origin
    labels = {
        name: as_texts(table[name]) for name in ("election", "election_type") if name in table
    }
    if "date" in table:
        labels["year"] = table["date"].dt.strftime("%Y").fillna("")
    for name in origin:
        if str(name).startswith("header:"):
            labels[str(name)] = as_texts(origin[name])
    return pd.DataFrame(labels, index=table.index)


def _elections(table: pd.DataFrame) -> pd.Series[str]:
    """Return year and family of the election of each row."""
    years = table["date"].dt.strftime("%Y").fillna("")
    if "election_type" not in table:
        return years
    return years + " " + as_texts(table["election_type"]).map(group_of_type)


def _as_said(table: pd.DataFrame, name: str) -> pd.Series[str]:
    """Return days and types in the words in which the user's are compared."""
    if name == "date":
        return table["date"].dt.strftime("%Y-%m-%d").fillna("")
    return as_texts(table[name]).str.casefold()


def _is_same(told: str, said: str) -> bool:
    return told == said


def _is_kind(told: str, said: str) -> bool:
    return said in (told, group_of_type(told))


def _findings(draft: Draft, rows: pd.Index, setting: Setting, name: str) -> Iterator[Finding]:
    """Yield an error per sheet: of all of it, as it would not do to leave out these rows."""
    message = _OTHER_DAY if name == "date" else _OTHER_TYPE
    for _, sheet in draft.origin.loc[rows].groupby(["file", "sheet"], sort=False):
        first = draft.spot(sheet.index[0], name)
        told = _as_said(draft.table.loc[sheet.index], name)
        values = {
            "found": sorted(told.unique()),
            "n": len(sheet),
            "row": first.row,
            "setting": setting,
        }
        spot = Spot(first.file, first.sheet)
        yield Finding("told_otherwise", "error", message, _CHOOSE, spot, values)


_OTHER_DAY = Text(
    en="row {row} tells the day {found:list} ({n:count:row:rows} in all), but {setting} tells "
    "another.",
    id="baris {row} menyebut hari {found:list} (seluruhnya {n:count} baris), tetapi {setting} "
    "menyebut hari lain.",
)
_OTHER_TYPE = Text(
    en="row {row} tells the type {found:list} ({n:count:row:rows} in all), but {setting} tells "
    "another.",
    id="baris {row} menyebut jenis {found:list} (seluruhnya {n:count} baris), tetapi {setting} "
    "menyebut jenis lain.",
)
_CHOOSE = Text(
    en="If the file is right, leave out what you said of it; else correct the file.",
    id="Bila berkasnya benar, hilangkan keterangan itu dari perintah Anda; bila tidak, perbaiki "
    "berkasnya.",
)
