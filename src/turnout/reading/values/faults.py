"""Cells in which a formula of the spreadsheet stands without its value."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from turnout.language import Text
from turnout.reading.files.cells import Distinct, is_failed, is_uncalculated, may_be_faults
from turnout.rules.rule import Rule


def without_faults(
    cells: pd.Series[Any], distinct: Distinct, *, needed: bool
) -> tuple[pd.Series[Any], list[tuple[Rule, pd.Index]]]:
    """Return a column with such cells blank, and what is wrong with them.

    Parameters
    ----------
    cells
        A column as it stands in the file.
    distinct
        Its distinct cells.
    needed
        Whether it is a column that the library knows: there each cell is an error, since a blank
        would be taken for a figure that nobody knows. In a column of the user's own the first is a
        warning.
    """
    column = cells
    problems: list[tuple[Rule, pd.Index]] = []
    if not may_be_faults(distinct.cells.tolist()):
        return column, problems
    for rule, test in ((FAILED_FORMULA, is_failed), (UNCALCULATED_FORMULA, is_uncalculated)):
        if not any(map(test, distinct.cells)):
            continue
        faulty = cells.index[distinct.where(test)]
        column = column.mask(cells.index.isin(faulty), None)
        told = (rule, faulty) if needed else (replace(rule, severity="warning"), faulty[:1])
        problems.append(told)
    return column, problems


FAILED_FORMULA = Rule(
    "failed_formula",
    "error",
    Text(
        en="a formula that failed in the spreadsheet.",
        id="rumus yang gagal di lembar kerja.",
    ),
    Text(
        en="Mend the formula, or write the figure itself; leave the cell blank if nothing is "
        "known.",
        id="Perbaiki rumusnya, atau tulis angkanya langsung; kosongkan selnya bila tidak "
        "diketahui.",
    ),
)
UNCALCULATED_FORMULA = Rule(
    "uncalculated_formula",
    "error",
    Text(
        en="a formula that was never calculated; the file holds no value for it.",
        id="rumus yang belum pernah dihitung; berkas tidak memuat nilainya.",
    ),
    Text(
        en="Open the file in Excel or LibreOffice, which calculate it, and save it.",
        id="Buka berkasnya di Excel atau LibreOffice agar dihitung, lalu simpan.",
    ),
)
