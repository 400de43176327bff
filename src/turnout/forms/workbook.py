"""lkj.xlsx and lkj.csv: the forms as an office hands them in, in its language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from turnout.forms.columns import (
    ACTIVITIES,
    FACTORS,
    LKJ,
    PARTICIPATION,
    PREVIOUS,
    RANKING,
    age_columns,
)
from turnout.forms.lkj import (
    Lkj,
    achievement,
    counts_of,
    indicator_name,
    labelled,
    without_result,
)
from turnout.goals.words import place_name
from turnout.groups.partitions import ages_of
from turnout.language import Language, Text, contest
from turnout.output.files import write_bytes
from turnout.output.tables import write_table
from turnout.output.workbook import Book
from turnout.report.sheets import Column, Sheet, add_sheet, explanation
from turnout.report.workbook.columns import EXPLANATION_COLUMNS
from turnout.rounding import half_up
from turnout.schema import PLACE_COLUMNS, SCALE_WORDS

_FACTORS = 8
"""Rows that are left for factors."""


def write_lkj_table(lkj: Lkj, path: Path, lang: Language) -> Path:
    """Write the indicators as CSV, with headers in the office's language and percentages."""
    table = _indicators(lkj, lang)
    named = {column.key: column.header.say(lang) for column in LKJ}
    return write_table(table.rename(columns=named), path)


def write_participation(lkj: Lkj, path: Path) -> Path:
    """Write the table of participation as CSV: counts, and turnout as shares."""
    table = lkj.participation.copy()
    shares = [str(name) for name in table if str(name).startswith("turnout")]
    places = ["scale", *PLACE_COLUMNS, "area_id"]
    counts = table.columns.difference([*places, *shares, "partial"])
    table[shares] = table[shares].round(6)
    table[counts] = table[counts].round().astype("Int64")
    return write_table(table, path)


def write_lkj_workbook(lkj: Lkj, path: Path, lang: Language) -> Path:
    """Write the LKj as a workbook.

    Sheets: the indicators, the ranking, this contest and the last of its type, participation with
    valid and invalid ballots, activities where there is a log, factors to fill in, and what the
    columns mean.

    Parameters
    ----------
    lkj
        What to report.
    path
        File to write.
    lang
        Language.

    Raises
    ------
    TurnoutError
        If it cannot be written.
    """
    sheets = [
        _form(_LKJ, LKJ, _indicators(lkj, lang), fixed=2),
        Sheet(_RANKING, RANKING, _worded(lkj.ranking, lang), fixed=2),
        Sheet(_PREVIOUS, PREVIOUS, _with_change(lkj.previous, lang)),
        _form(
            _PARTICIPATION, _participation_columns(lkj), _worded(lkj.participation, lang), fixed=1
        ),
        Sheet(_ACTIVITIES, ACTIVITIES, labelled(lkj.activities, lang)),
        _form(_FACTORS_TITLE, FACTORS, pd.DataFrame({"number": range(1, _FACTORS + 1)}), fixed=1),
    ]
    kept = [sheet for sheet in sheets if len(sheet.table)]
    book = Book()
    for sheet in kept:
        add_sheet(book, sheet, lang)
    add_sheet(book, Sheet(_COLUMNS, EXPLANATION_COLUMNS, explanation(kept, lang)), lang)
    return write_bytes(book.content(), path)


def _indicators(lkj: Lkj, lang: Language) -> pd.DataFrame:
    """Return the indicators in words and percent, and what is missing of each."""
    table = lkj.indicators
    apart = _sexes_apart(lkj.participation)
    remarks = []
    for name, target, actual in table[["indicator", "target", "actual"]].itertuples(index=False):
        said = [doubt.say(lang) for doubt in lkj.doubts]
        if name == "women" and apart:
            said.append(_APART.say(lang, n=apart))
        elif np.isnan(target):
            said.append(_NO_TARGET.say(lang))
        reason = _why_unknown(lkj.participation, name, lang) if np.isnan(actual) else None
        remarks.append(reason or "; ".join(said) or None)
    percent = {name: (100 * table[name]).map(_shown) for name in ("target", "actual")}
    # Of the figures that are printed: whoever computes it again finds the same.
    percent["achievement"] = pd.Series(
        [
            _shown(100 * achievement(target, actual, lower_is_better=name == "unlisted"))
            for name, target, actual in zip(
                table["indicator"], percent["target"], percent["actual"], strict=True
            )
        ]
    )
    return pd.DataFrame(
        {
            "number": range(1, len(table) + 1),
            "indicator": [indicator_name(name).say(lang) for name in table["indicator"]],
            **percent,
            "remark": remarks,
        }
    )


def _shown(percent: float) -> float:
    return half_up(percent, 2)


def _why_unknown(participation: pd.DataFrame, indicator: str, lang: Language) -> str:
    """Return why an indicator is not known.

    Places lack it, votes without a roll lack it, nobody is of the group, or nothing tells it.
    """
    lacking = without_result(participation, indicator)
    if len(lacking):
        who = [place_name(row, lang) for _, row in lacking.iterrows()]
        of = int((participation["scale"] == lacking["scale"].iloc[0]).sum())
        return _PLACES_MISSING.say(lang, n=len(who), of=of, who=who)
    registered, voters = (participation[name] for name in counts_of(indicator))
    if np.isnan(voters.iloc[0]) and np.isfinite(voters.iloc[-1]):
        return _ONLY_INSIDE.say(lang)
    return (_NOBODY if registered.iloc[0] == 0 else _NO_DATA).say(lang)


def _participation_columns(lkj: Lkj) -> tuple[Column, ...]:
    """Return the columns of the form, those of the age groups that the results tell behind."""
    ages = ages_of(lkj.participation.columns)
    return (*PARTICIPATION, *(column for age in ages for column in age_columns(age)))


def _sexes_apart(participation: pd.DataFrame) -> int:
    """Return in how many places of the finest scale men and women are not all."""
    finest = participation[participation["scale"] == participation["scale"].iloc[-1]]
    gaps = finest[["registered_gap", "voters_gap"]].fillna(0)
    return int((gaps != 0).any(axis=1).sum())


def _form(title: Text, columns: tuple[Column, ...], table: pd.DataFrame, fixed: int) -> Sheet:
    """Return a sheet that keeps its empty columns: they are for the office to fill in."""
    places = set(SCALE_WORDS) | {"area_id"}
    empty = [
        one.key
        for one in columns
        if one.key not in places and (one.key not in table or table[one.key].isna().all())
    ]
    kept = tuple(replace(one, kind="text") if one.key in empty else one for one in columns)
    return Sheet(title, kept, table.assign(**dict.fromkeys(empty, "")), fixed)


def _worded(table: pd.DataFrame, lang: Language) -> pd.DataFrame:
    return table.assign(scale=[SCALE_WORDS[scale].say(lang) for scale in table["scale"]])


def _with_change(previous: pd.DataFrame, lang: Language) -> pd.DataFrame:
    """Return two contests by their names as people say them, with what has changed."""
    if previous.empty:
        return previous
    change = 100 * (previous["turnout"].iloc[0] - previous["turnout"].iloc[1])
    names = [contest(name, lang) for name in previous["election"]]
    return previous.assign(election=names, change=[change, np.nan])


_LKJ = Text(en="Performance", id="LKj")
_RANKING = Text(en="Ranking", id="Peringkat")
_PREVIOUS = Text(en="Last of its type", id="Pemilihan sejenis")
_PARTICIPATION = Text(en="Participation", id="Partisipasi")
_ACTIVITIES = Text(en="Activities", id="Kegiatan")
_FACTORS_TITLE = Text(en="Factors", id="Faktor")
_COLUMNS = Text(en="Columns", id="Keterangan kolom")
_APART = Text(
    en="men and women are not the total in {n:count:place:places}",
    id="L + P tidak sama dengan jumlah di {n:count} wilayah",
)
_NO_DATA = Text(en="not in the results", id="tidak ada dalam data hasil")
_PLACES_MISSING = Text(
    en="not given for {n:count} of {of:count:place:places}: {who:list}",
    id="belum ada untuk {n:count} dari {of:count} wilayah: {who:list}",
)
_ONLY_INSIDE = Text(
    en="not told of the votes without a roll of their own (postal or the like)",
    id="tidak dirinci untuk suara di luar DPT (suara pos dan sejenisnya)",
)
_NOBODY = Text(
    en="nobody of this group is registered", id="tidak ada pemilih kelompok ini yang terdaftar"
)
_NO_TARGET = Text(en="no target given", id="target belum diberikan")
