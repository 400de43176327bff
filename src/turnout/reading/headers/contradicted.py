"""What a user says of days and types, where the file itself tells others."""

from __future__ import annotations

import datetime as dt
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
from turnout.reading.headers.contests import find_contest, types_apart
from turnout.reading.hints import Hints, nearest
from turnout.rules.draft import Draft
from turnout.surroundings import A_DAY, Setting

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
    years = list(_other_years(draft, days, role)) if "title:year" in draft.origin else []
    asked: tuple[tuple[_Argument, str, Mapping[str, str], _Agrees], ...] = (
        ("dates", "date", days, _is_same),
        ("types", "election_type", hints.types, _is_kind),
    )
    if "own:year" in draft.origin:
        years += _other_years_of_rows(draft, days, role)
    against = [*years, *_against_its_label(draft, hints, role)]
    return against + [
        finding
        for argument, name, said, agrees in asked
        if said and name in draft.table
        for label, rows in _contradicted(draft, name, said, agrees)
        if name == "date" or not types_apart(label, said[label])
        for finding in _findings(draft, rows, Setting(argument, label, said[label], role), name)
    ]


def _against_its_label(draft: Draft, hints: Hints, role: str) -> list[Finding]:
    """Return an error for each type that is said under a label that names another one.

    A label stands in the file, in rows, titles or names: what it names, the file tells.
    """
    file = Spot(str(draft.origin["file"].iloc[0])) if len(draft.origin) else Spot("")
    return [
        Finding(
            "told_otherwise",
            "error",
            _OTHER_THAN_LABEL,
            _CHOOSE,
            file,
            {
                "setting": Setting("types", label, said, role),
                "kind": find_contest(label)[0].election_type,
            },
        )
        for label, said in hints.types.items()
        if types_apart(label, said)
    ]


def tell_of_ignored(draft: Draft, hints: Hints, role: str) -> list[Finding]:
    """Return a warning for each thing that the user says and that changes nothing."""
    return [*_tell_of_idle(draft, hints, role), *_tell_of_narrower(draft, hints, role)]


def _tell_of_narrower(draft: Draft, hints: Hints, role: str) -> list[Finding]:
    """Return a warning for each family that the user says where the file tells its types."""
    if not hints.types or "election_type" not in draft.table:
        return []
    told = _as_said(draft.table, "election_type")
    found = []
    for label, bearers in _bearers(draft, hints.types).items():
        said = hints.types[label]
        rows = bearers & told.ne("").to_numpy() & told.ne(said).to_numpy()
        if not label or not rows.any():
            continue
        first = draft.spot(draft.table.index[rows][0], "election_type")
        values = {
            "found": sorted(told[rows].unique()),
            "setting": Setting("types", label, said, role),
        }
        spot = Spot(first.file, first.sheet)
        found.append(Finding("type_stays", "warning", _STAYS, _NAME_ALIKE, spot, values))
    return found


def _tell_of_idle(draft: Draft, hints: Hints, role: str) -> list[Finding]:
    """Return a warning for each thing that the user says of rows that narrower labels speak of."""
    days = {label: day.isoformat() for label, day in hints.dates.items()}
    asked: tuple[tuple[_Argument, Mapping[str, str]], ...] = (
        ("dates", days),
        ("types", hints.types),
    )
    file = Spot(str(draft.origin["file"].iloc[0])) if len(draft.origin) else Spot("")
    return [
        Finding(
            "says_nothing",
            "warning",
            _IDLE,
            _LEAVE_OUT,
            file,
            {"setting": Setting(argument, label, said[label], role)},
        )
        for argument, said in asked
        if len(said) > 1
        for label, rows in _bearers(draft, said).items()
        if not rows.any()
    ]


def _other_years(draft: Draft, said: Mapping[str, str], role: str) -> Iterator[Finding]:
    """Yield an error per table whose title tells another year than the day that the user says."""
    year = draft.origin["title:year"].fillna("")
    differ = year.ne("") & year.ne(draft.table["date"].dt.strftime("%Y"))
    marks = ["file", "sheet", "title", "title:year"]
    tables = draft.origin.loc[differ, marks].groupby(marks, sort=False)
    for _, rows in tables:
        file, sheet, title, told = map(str, rows.iloc[0])
        kinds = as_texts(draft.table.loc[rows.index, "election_type"]).unique()
        named = [told, *kinds, sheet, PurePath(file).stem]
        label = nearest({one: one for one in said}, named) or ""
        values = {
            "title": title,
            "year": told,
            "setting": Setting("dates", label, said[label], role),
            "instead": Setting("dates", told, A_DAY, role),
        }
        spot = Spot(file, sheet)
        yield Finding("told_otherwise", "error", _OTHER_YEAR, _OF_YEAR, spot, values)


def _other_years_of_rows(draft: Draft, said: Mapping[str, str], role: str) -> Iterator[Finding]:
    """Yield an error per year of rows for which the user says a day of another year."""
    if "said:date" not in draft.origin:
        return
    year = draft.origin["own:year"].fillna("")
    told = year.str.fullmatch(r"(?:19|20)\d\d") & draft.origin["said:date"].eq(other=True)
    differ = told & year.ne(draft.table["date"].dt.strftime("%Y"))
    rows = draft.origin[differ].assign(day=draft.table["date"].dt.strftime("%Y-%m-%d"))
    for (one, day), group in rows.groupby(["own:year", "day"], sort=False):
        first = draft.spot(group.index[0])
        label = next((label for label, its in said.items() if its == day and str(one) in label), "")
        values = {
            "row": first.row,
            "year": one,
            "n": len(group),
            "setting": Setting("dates", label, str(day), role),
            "instead": Setting("dates", str(one), A_DAY, role),
        }
        spot = Spot(first.file, first.sheet)
        yield Finding("told_otherwise", "error", _OTHER_YEAR_OF_ROWS, _OF_YEAR, spot, values)


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
    if "date" in table:  # days as they stand where the table looked for has no such column
        days = pd.to_datetime(table["date"], errors="coerce")
        labels["year"] = days.dt.strftime("%Y").fillna("")
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
        told = sorted(_as_said(draft.table.loc[sheet.index], name).unique())
        found = [dt.date.fromisoformat(day) for day in told] if name == "date" else told
        values = {"found": found, "n": len(sheet), "row": first.row, "setting": setting}
        spot = Spot(first.file, first.sheet)
        yield Finding("told_otherwise", "error", message, _CHOOSE, spot, values)


_STAYS = Text(
    en="the file itself tells the type {found:list}, which is kept: {setting} is wider.",
    id="berkas sudah menyebut jenis {found:list}, dan itu yang dipakai; {setting} lebih umum.",
)
_NAME_ALIKE = Text(
    en="Give the coming election the type of the file, or write the other one into the file.",
    id="Pakai jenis dari berkas untuk pemilihan mendatang, atau ubah jenisnya di berkas.",
)
_IDLE = Text(
    en="{setting} changes nothing: what you said with more words holds for all its rows.",
    id="{setting} tidak mengubah apa-apa: yang Anda sebutkan dengan lebih rinci berlaku untuk "
    "semua barisnya.",
)
_LEAVE_OUT = Text(en="Leave it out, or correct it.", id="Hilangkan, atau perbaiki.")
_OTHER_YEAR = Text(
    en="the title '{title}' tells the year {year}, but {setting} tells a day of another year.",
    id="judul '{title}' menyebut tahun {year}, tetapi {setting} menyebut hari pada tahun lain.",
)
_OTHER_YEAR_OF_ROWS = Text(
    en="row {row} tells the year {year} ({n:count:row:rows} in all), but {setting} tells a day of "
    "another year.",
    id="baris {row} menyebut tahun {year} (seluruhnya {n:count} baris), tetapi {setting} menyebut "
    "hari pada tahun lain.",
)
_OF_YEAR = Text(
    en="Say the day of each year by itself, such as {instead}, or correct the year in the file.",
    id="Sebutkan hari setiap tahun sendiri-sendiri, misalnya {instead}, atau perbaiki tahunnya di "
    "berkas.",
)
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
_OTHER_THAN_LABEL = Text(
    en="the file names the type {kind} there, but {setting} tells another.",
    id="di situ berkas menyebut jenis {kind}, tetapi {setting} menyebut jenis lain.",
)
_CHOOSE = Text(
    en="If the file is right, leave out what you said of it; else correct the file.",
    id="Bila berkasnya benar, hilangkan keterangan itu dari perintah Anda; bila tidak, perbaiki "
    "berkasnya.",
)
