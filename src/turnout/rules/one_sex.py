"""Registered, or voters, that are those of one sex: the other alone is often more than all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule
from turnout.rules.told_once import elsewhere

OF_ONE_SEX = Rule(
    "figures_of_one_sex",
    "error",
    Text(
        en="in {n:count} of {rows:count} rows {sex} alone are more than all of this column: it "
        "seems to hold {other} only.",
        id="pada {n:count} dari {rows:count} baris, {sex} saja lebih banyak daripada isi kolom "
        "ini: tampaknya isinya hanya {other}.",
    ),
    Text(
        en="Give men and women together in this column; or head it {letter}, and the sum of both "
        "is taken.",
        id="Isi kolom ini dengan jumlah L dan P; atau beri judul {letter}, maka L dan P "
        "dijumlahkan.",
    ),
)
_SEXES = {
    "_l": Text(en="men (L)", id="laki-laki (L)"),
    "_p": Text(en="women (P)", id="perempuan (P)"),
}
_FEWEST = 5
_SHARE = 0.25
"""Rows in which one sex is more than all from which on that is no slip: of men alone half are."""


def because_one_sex(draft: Draft, findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with one on a column that holds one sex in place of those on its rows.

    Parameters
    ----------
    draft
        Described rows (`turnout.rules.measures.completed`).
    findings
        What was found in them.
    """
    told = list(findings)
    for figure in ("registered", "voters"):
        for ending, other in (("_l", "_p"), ("_p", "_l")):
            rows = _rows_above(draft.table, figure, ending, other)
            if len(rows):
                spots = {*draft.spots(rows, f"{figure}{ending}"), *draft.spots(rows, figure)}
                told = [*elsewhere(told, spots), _finding(draft, rows, figure, (ending, other))]
    return told


def _rows_above(table: pd.DataFrame, figure: str, ending: str, other: str) -> pd.Index:
    """Return the rows with more of a sex than of all, where these are many and the other is not."""
    both = table[figure].gt(0) & table[f"{figure}{ending}"].notna()
    above = both & (table[f"{figure}{ending}"] > table[figure])
    few = above.sum() < max(_FEWEST, _SHARE * both.sum())
    return table.index[:0] if few or table[f"{figure}{other}"].notna().any() else table.index[above]


def _finding(draft: Draft, rows: pd.Index, figure: str, sexes: tuple[str, str]) -> Finding:
    ending, other = sexes
    spot = replace(draft.spot(rows[0], figure), row=None, value="")
    values = {
        "n": len(rows),
        "rows": int(draft.table[f"{figure}{ending}"].notna().sum()),
        "sex": _SEXES[ending],
        "other": _SEXES[other],
        "letter": other.removeprefix("_").upper(),
    }
    return OF_ONE_SEX.once(spot, values)
