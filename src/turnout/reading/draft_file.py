"""From a file to a draft: sheets, tables, elections, rows, values, stations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from turnout.errors import DataError, Finding, Spot
from turnout.language import Text
from turnout.reading.files.sheets import Grid, Source, open_grids
from turnout.reading.headers.aliases import Vocabulary
from turnout.reading.headers.complaints import (
    asked_about,
    complain_of_headers,
    complain_of_missing,
    complain_of_private,
    doubt_date_in_title,
)
from turnout.reading.headers.roles import sheets_of_role
from turnout.reading.layouts.block import Block
from turnout.reading.layouts.blocks import to_blocks
from turnout.reading.layouts.recap import find_recap
from turnout.reading.layouts.rows import tidy_rows
from turnout.reading.layouts.stations import sum_stations
from turnout.reading.layouts.tables import Table, find_table
from turnout.reading.values.columns import read_values
from turnout.reading.values.day_order import order_in
from turnout.rules.draft import Draft


def draft_table(
    source: Source, vocabulary: Vocabulary, columns: Mapping[str, str] | None = None
) -> Draft:
    """Read a file or a DataFrame under the canonical headers of a vocabulary.

    Parameters
    ----------
    source
        Path of a file (delimited text, Excel, OpenDocument, Parquet, each also gzipped), or a
        DataFrame.
    vocabulary
        The columns to look for.
    columns
        Headers and the canonical columns that they name, before all that is known of headers.

    Returns
    -------
    Draft
        With everything that reading found in `findings`.

    Raises
    ------
    DataError
        If there is no file, no table in it, or a file of a kind that cannot be read.
    """
    grids = sheets_of_role(open_grids(source), vocabulary.role)
    found = [_find(grid, vocabulary, columns) for grid in grids]
    sheets = [sheet for sheet in found if sheet is not None]
    if not sheets:
        raise DataError(_NO_TABLE)
    chosen, findings = _choose(sheets, vocabulary)
    tidied: list[Block] = []
    for sheet in chosen:
        blocks, complaints = sheet.blocks(vocabulary, columns)
        findings += complaints
        for block in blocks:
            tidy, remarks = tidy_rows(block)
            findings += remarks
            tidied.append(tidy)
    findings += _looks(chosen)
    findings += complain_of_private(grids, findings)
    order, doubts = order_in(tidied, vocabulary)
    findings += doubts
    drafts = [read_values(block, vocabulary, order) for block in tidied]
    return _unless_empty(sum_stations(_join(drafts, findings, vocabulary)), chosen[0], vocabulary)


def _looks(chosen: Sequence[_Sheet]) -> list[Finding]:
    """Return what the gate tells of the sheets that are read, each thing once."""
    told: list[Finding] = []
    for sheet in chosen:
        told += [finding for finding in sheet.grid.findings if finding not in told]
    return told


@dataclass(frozen=True)
class _Sheet:
    """What was found in one sheet: a table with a header, or a recapitulation."""

    grid: Grid
    content: Table | Block

    def satisfied(self, vocabulary: Vocabulary) -> int:
        """Count the needed columns that are there."""
        return sum(bool(self.content.names & set(group)) for group in vocabulary.needed)

    def blocks(
        self, vocabulary: Vocabulary, columns: Mapping[str, str] | None
    ) -> tuple[list[Block], list[Finding]]:
        """Return the blocks of the sheet and what is wrong with its headers."""
        spot = Spot(self.grid.file, self.grid.sheet)
        doubts = doubt_date_in_title(self.content.told, spot)
        if isinstance(self.content, Block):
            held, headers = self.content.names, list(self.content.headers.values())
            missing = complain_of_missing(held, headers, vocabulary, spot)
            return [self.content], [*self.content.findings, *doubts, *missing]
        table = self.content
        blocks, untold = to_blocks(table, vocabulary)
        held = blocks[0].names | asked_about(table)
        if untold:
            held |= {"date", "election_type"}
        headers = [header.written for header in table.headers if header.meaning != "personal"]
        missing = complain_of_missing(held, headers, vocabulary, spot)
        return blocks, [*complain_of_headers(table, columns), *missing, *untold, *doubts]


def _find(grid: Grid, vocabulary: Vocabulary, columns: Mapping[str, str] | None) -> _Sheet | None:
    content = find_recap(grid, vocabulary) or find_table(grid, vocabulary, columns)
    return None if content is None else _Sheet(grid, content)


def _choose(sheets: Sequence[_Sheet], vocabulary: Vocabulary) -> tuple[list[_Sheet], list[Finding]]:
    """Return the sheets that look most like the table; unlike candidates are asked about."""
    known = set(vocabulary.names)
    most = max(sheet.satisfied(vocabulary) for sheet in sheets)
    best = [sheet for sheet in sheets if sheet.satisfied(vocabulary) == most]
    first = best[0]
    alike = [s for s in best if s.content.names & known == first.content.names & known]
    findings = []
    if len(alike) < len(best):
        names = ", ".join(sheet.grid.sheet for sheet in best)
        spot = Spot(file=first.grid.file)
        findings.append(Finding("several_tables", "error", _SEVERAL, _PICK, spot, {"names": names}))
    counts = {"registered", "voters"}
    for sheet in sheets:
        if sheet not in best and sheet.content.names & counts:
            spot = Spot(sheet.grid.file, sheet.grid.sheet)
            values = {"names": ", ".join(s.grid.sheet for s in best)}
            findings.append(Finding("sheet_left_out", "warning", _LEFT_OUT, _MOVE, spot, values))
    return alike, findings


def _join(drafts: Sequence[Draft], findings: Sequence[Finding], vocabulary: Vocabulary) -> Draft:
    """Return one draft of several, known columns first."""
    told = (*findings, *(finding for draft in drafts for finding in draft.findings))
    if len(drafts) == 1:
        only = drafts[0]
        return Draft(only.table, only.written, only.origin, only.headers, told)
    kinds = {name for draft in drafts for name in draft.table}
    names = [name for name in vocabulary.names if name in kinds]
    names += [str(n) for n in dict.fromkeys(n for d in drafts for n in d.table) if n not in names]
    filled = [draft for draft in drafts if len(draft.table)] or list(drafts[:1])
    return Draft(
        table=pd.concat([draft.table for draft in filled], ignore_index=True)[names],
        written=pd.concat([d.written for d in filled], ignore_index=True)[names].fillna(""),
        origin=pd.concat([draft.origin for draft in filled], ignore_index=True),
        headers={name: header for draft in drafts[::-1] for name, header in draft.headers.items()},
        findings=told,
    )


def _unless_empty(draft: Draft, sheet: _Sheet, vocabulary: Vocabulary) -> Draft:
    """Say so where there is nothing under the headers, and nothing else that tells why."""
    if len(draft.table) or any(finding.severity == "error" for finding in draft.findings):
        return draft
    spot = Spot(sheet.grid.file, sheet.grid.sheet)
    empty = Finding("no_rows", "error", _NO_ROWS, _FILL, spot)
    if vocabulary.may_be_empty:
        empty = replace(empty, severity="warning", remedy=_FILL_OR_LEAVE)
    return replace(draft, findings=(*draft.findings, empty))


_NO_ROWS = Text(
    en="there are no rows under the headers.",
    id="tidak ada baris di bawah judul kolom.",
)
_FILL = Text(
    en="Fill in a row per place, or give the file that holds them.",
    id="Isi satu baris per wilayah, atau berikan berkas yang memuatnya.",
)
_FILL_OR_LEAVE = Text(
    en="Nothing is taken from it; fill it in, or leave the file out.",
    id="Tidak ada yang dapat dipakai darinya; isi dahulu, atau jangan sertakan berkasnya.",
)
_NO_TABLE = Text(
    en="There is no table in the file: all sheets are empty.",
    id="Tidak ada tabel di dalam berkas: semua lembar kosong.",
)
_SEVERAL = Text(
    en="several sheets look like the table, with different columns: {names}.",
    id="beberapa lembar tampak seperti tabel yang dicari, dengan kolom berbeda: {names}.",
)
_PICK = Text(
    en="Keep only the sheet to be read in the file, or pass it as a DataFrame: "
    "pandas.read_excel(file, sheet_name=..., dtype=str).",
    id="Sisakan lembar yang akan dibaca saja di dalam berkas, atau berikan sebagai DataFrame: "
    "pandas.read_excel(file, sheet_name=..., dtype=str).",
)
_LEFT_OUT = Text(
    en="the sheet lacks needed columns and is left out; {names} is read.",
    id="lembar ini tidak memuat kolom yang diperlukan dan tidak dipakai; yang dibaca {names}.",
)
_MOVE = Text(
    en="If it belongs to the table, give it the same columns.",
    id="Bila termasuk tabel, lengkapi kolomnya.",
)
