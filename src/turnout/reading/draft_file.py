"""From a file to a draft: sheets, tables, elections, rows, values, stations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import pandas as pd

from turnout.errors import DataError, Finding, Spot
from turnout.identity.together import stacked
from turnout.language import Text
from turnout.reading.choosing import Sheet, choose, find_sheets
from turnout.reading.city_or_district import with_cities_settled
from turnout.reading.figures_apart import complain_of_figures_apart
from turnout.reading.files.sheets import Grid, Sources, open_grids
from turnout.reading.headers.complaints import complain_of_private, complain_of_unknown
from turnout.reading.headers.contradicted import (
    complain_of_contradicted,
    tell_of_ignored,
)
from turnout.reading.headers.plain import words
from turnout.reading.headers.roles import sheets_of_role
from turnout.reading.headers.told_by_user import complain_of_unmatched
from turnout.reading.headers.untold import Untold, ask_for_days
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.hints import NO_HINTS, Hints
from turnout.reading.layouts.arrange import arrange
from turnout.reading.layouts.block import Block
from turnout.reading.layouts.rows import tidy_rows
from turnout.reading.named_sheets import sheets_named
from turnout.reading.titles_of_elections import (
    ElectionTitle,
    complain_of_elections,
    election_titles,
)
from turnout.reading.titles_of_files import complain_of_files
from turnout.reading.titles_of_places import complain_of_places, place_titles
from turnout.reading.told_elections import results_left_out
from turnout.reading.values.columns import read_values
from turnout.reading.values.complaints import UNCLEAR_NUMBERS
from turnout.reading.values.counted_of_total import with_stations_parted
from turnout.reading.values.day_order import order_in, order_told
from turnout.reading.values.derived import derive_counts
from turnout.reading.values.given_turnout import check_given_turnout
from turnout.reading.values.station_share import check_station_share
from turnout.reading.values.voting_ways import check_voting_ways
from turnout.rules.draft import Draft

_ALONE = ("rows_of_persons", "figures_apart")
"""Rules of `IN_THE_WAY` that say all there is to say."""

IN_THE_WAY = (
    *_ALONE,
    "missing_column",
    "own_meaning",
    "untold_days",
    "untold_election",
    "days_differ",
    "ambiguous_header",
    "doubled_column",
    "count_in_thousands",
    "unknown_header",
    "unknown_label",
    "several_tables",
    "level_without_parents",
    "title_of_other",
    "title_of_other_file",
    "part_without_voters",
    "non_voters_as_voters",
    "stations_as_voters",
)
"""Rules on headers whose errors are told alone: what follows from them would only be noise."""


def draft_table(
    source: Sources,
    vocabulary: Vocabulary,
    hints: Hints = NO_HINTS,
    known: Sequence[pd.DataFrame | None] = (),
) -> Draft:
    """Read a file or a DataFrame under the canonical headers of a vocabulary.

    Parameters
    ----------
    source
        Path of a file (delimited text, Excel, OpenDocument, Parquet, each also gzipped), or a
        DataFrame.
    vocabulary
        The columns to look for.
    hints
        What the user says of the file, before all that is known of headers.
    known
        Tables that were read before: what they call places decides where names do not.

    Returns
    -------
    Draft
        With everything that reading found in `findings`; without rows where a needed column is
        missing or unclear.

    Raises
    ------
    DataError
        If there is no file, no table in it, or a file of a kind that cannot be read; or if a day
        that the user says is another in the order of its dates.
    """
    blocks, findings, place, lines = _parted(source, vocabulary, hints)
    if any(finding.rule in IN_THE_WAY for finding in findings):
        alone = [one for one in findings if one.rule in (*IN_THE_WAY, "personal_data")]
        alone = [one for one in alone if one.rule in _ALONE] or alone
        return _without_rows(blocks[0], vocabulary, alone)
    titles = place_titles(blocks)
    draft = _read(blocks, findings, vocabulary)
    hints.refuse_doubtful_days(order_told(draft.findings))
    del blocks  # of a nation they hold a third of a gigabyte
    unclear = tuple(one for one in draft.findings if one.rule == UNCLEAR_NUMBERS.name)
    if unclear:  # what is odd about numbers that were guessed would only be noise
        return replace(draft, table=draft.table.iloc[:0], findings=unclear)
    told = tuple(complain_of_contradicted(draft, hints, vocabulary.role))
    if told:  # rows under a day or a type that is not theirs would contradict each other, too
        return replace(draft, table=draft.table.iloc[:0], findings=told)
    kept = (*draft.findings, *tell_of_ignored(draft, hints, vocabulary.role))
    kept = (*kept, *complain_of_elections(draft, lines))
    draft = replace(draft, findings=kept, role=vocabulary.role)
    draft = with_cities_settled(_checked(draft, vocabulary), vocabulary, known)
    if wrong := complain_of_places(draft, titles, known):  # figures of two places at once
        return replace(draft.without(draft.table.index, ()), findings=tuple(wrong))
    arranged = with_cities_settled(arrange(draft), vocabulary, known)  # totals have names, too
    return _unless_empty(arranged, place, vocabulary)


def _parted(
    source: Sources, vocabulary: Vocabulary, hints: Hints
) -> tuple[list[Block], list[Finding], Spot, list[ElectionTitle]]:
    """Return the blocks of the sheets that are read, what is told of them, and the first's place.

    With the lines that tell the elections of their rows. What the gate tells of those sheets comes
    last, and only where their rows are read.
    """
    grids = sheets_named(open_grids(source), hints.sheets, vocabulary.role)
    of_role = sheets_of_role(grids, vocabulary.role, hints.columns)
    sheets = [sheet for grid in of_role for sheet in find_sheets(grid, vocabulary, hints)]
    if not sheets:
        raise DataError(_NO_TABLE)
    chosen, findings = choose(sheets, vocabulary, hints)
    if vocabulary.role == "results":
        others = [one for one in grids if all(one is not kept for kept in of_role)]
        findings += results_left_out(others, chosen)
    written = [header.written for sheet in sheets for header in sheet.headers]
    findings += complain_of_unknown(hints, written, vocabulary, Spot(chosen[0].grid.file))
    findings += _unmatched(hints, sheets, grids, vocabulary)
    findings += complain_of_files(chosen)
    blocks: list[Block] = []
    untold: list[Untold] = []
    for sheet in chosen:
        held, complaints, dayless = sheet.blocks(vocabulary, hints, alone=len(chosen) == 1)
        findings += [one for one in complaints if one not in findings]
        blocks += held
        # What settles a doubt about the election of a sheet tells its day, too.
        untold += [] if any(one.rule == "title_of_other" for one in complaints) else dayless
    spot = Spot(chosen[0].grid.file) if len(chosen) > 1 else Spot(*chosen[0].place)
    findings += ask_for_days(list(dict.fromkeys(untold)), vocabulary.role, spot, hints.coming)
    if vocabulary.role in ("results", "counted") and _lacking(findings):
        findings += complain_of_figures_apart(of_role)
    findings += complain_of_private(grids, findings)
    place = Spot(*chosen[0].place)
    if any(finding.rule in IN_THE_WAY for finding in findings):
        return blocks, findings, place, []
    return blocks, [*findings, *_looks(chosen)], place, election_titles(chosen)


def _lacking(findings: Sequence[Finding]) -> bool:
    return any(one.rule == "missing_column" for one in findings)


def _checked(draft: Draft, vocabulary: Vocabulary) -> Draft:
    """Return a draft without empty columns and shares, which are held against the counts.

    So are the voters by the way in which they voted.
    """
    whole = check_given_turnout(_without_empty_columns(draft, vocabulary))
    return check_voting_ways(check_station_share(whole))


def _unmatched(
    hints: Hints, sheets: Sequence[Sheet], grids: Sequence[Grid], vocabulary: Vocabulary
) -> list[Finding]:
    """Return what is wrong with the labels under which the user says days and types."""
    if not hints.dates and not hints.types:
        return []
    names = list(dict.fromkeys(grid.sheet for grid in grids if grid.sheet))
    labels = {word for sheet in sheets for word in sheet.labels()}
    labels |= {word for name in names for word in words(name).split()}
    years = sorted(one for one in labels if re.fullmatch(r"(?:19|20)\d\d", one))
    spot = Spot(grids[0].file)
    return complain_of_unmatched(hints, labels, [*names, *years], vocabulary.role, spot)


def _read(blocks: Sequence[Block], found: Sequence[Finding], vocabulary: Vocabulary) -> Draft:
    """Return the rows of all blocks with every column read, and what was found before and here."""
    findings = list(found)
    tidied, told = _tidied(blocks, vocabulary)
    findings += told
    order, doubts = order_in(tidied, vocabulary)
    findings += doubts
    drafts = []
    for block in tidied:
        parted, told = with_stations_parted(block)
        findings += told
        drafts.append(read_values(parted, vocabulary, order))
    understood = tuple(block.understood for block in tidied if len(block.origin))
    return replace(_join(drafts, findings, vocabulary), understood=understood)


def _tidied(blocks: Sequence[Block], vocabulary: Vocabulary) -> tuple[list[Block], list[Finding]]:
    """Return the blocks with derived counts and rows of places alone, and what is told of it."""
    tidied: list[Block] = []
    findings: list[Finding] = []
    for block in blocks:
        whole, told = derive_counts(block, vocabulary)
        tidy, remarks = tidy_rows(whole)
        findings += [*told, *(one for one in remarks if one not in findings)]
        tidied.append(tidy)
    return tidied, findings


def _looks(chosen: Sequence[Sheet]) -> list[Finding]:
    """Return what the gate tells of the sheets that are read, each thing once."""
    told: list[Finding] = []
    for sheet in chosen:
        told += [finding for finding in sheet.grid.findings if finding not in told]
    return told


def _without_rows(block: Block, vocabulary: Vocabulary, findings: Sequence[Finding]) -> Draft:
    """Return a draft that says only what stands in the way of reading the rows."""
    nothing = block.keep(pd.Series(data=False, index=block.cells.index))
    return replace(read_values(nothing, vocabulary), findings=tuple(findings))


def _without_empty_columns(draft: Draft, vocabulary: Vocabulary) -> Draft:
    """Return a draft with an error for each needed column that is there but wholly empty."""
    if draft.table.empty:
        return draft
    told = {finding.spot.column for finding in draft.findings if finding.severity == "error"}
    empty = [
        group[0]
        for group in vocabulary.needed
        if group[0] in draft.table
        and len(group) == 1
        and draft.table[group[0]].isna().all()
        and draft.headers.get(group[0], group[0]) not in told
    ]
    first = draft.origin.iloc[0]
    severity: Literal["warning", "error"] = "warning" if vocabulary.may_be_empty else "error"
    findings = [
        Finding(
            "empty_column",
            severity,
            _EMPTY_COLUMN,
            _FILL_COLUMN,
            Spot(str(first["file"]), str(first["sheet"]), column=draft.headers.get(name, name)),
            {"n": len(draft.table)},
        )
        for name in empty
    ]
    if not findings or vocabulary.may_be_empty:
        return replace(draft, findings=(*draft.findings, *findings))
    alone = [one for one in draft.findings if one.severity == "error" and one.spot.row is None]
    return Draft(
        draft.table.iloc[:0],
        draft.written.iloc[:0],
        draft.origin.iloc[:0],
        draft.headers,
        (*alone, *findings),
    )


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
    headers = {name: header for draft in drafts[::-1] for name, header in draft.headers.items()}
    return Draft(
        table=stacked([draft.table for draft in filled])[names],
        written=pd.concat([d.written for d in filled], ignore_index=True)[names].fillna(""),
        origin=pd.concat([_with_headers(draft, headers) for draft in filled], ignore_index=True),
        headers=headers,
        findings=told,
    )


def _with_headers(draft: Draft, usual: Mapping[str, str]) -> pd.DataFrame:
    """Return where the rows of a draft come from, with its headers that are not the usual ones."""
    own = {
        f"header:{name}": header
        for name, header in draft.headers.items()
        if header != usual[name] and f"header:{name}" not in draft.origin
    }
    return draft.origin.assign(**own)


def _unless_empty(draft: Draft, spot: Spot, vocabulary: Vocabulary) -> Draft:
    """Say so where there is nothing under the headers, and nothing else that tells why."""
    if len(draft.table) or any(finding.severity == "error" for finding in draft.findings):
        return draft
    empty = Finding("no_rows", "error", _NO_ROWS, _FILL, spot)
    if vocabulary.may_be_empty:
        empty = replace(empty, severity="warning", remedy=_FILL_OR_LEAVE)
    return replace(draft, findings=(*draft.findings, empty))


_EMPTY_COLUMN = Text(
    en="the column is empty in every row ({n:count:row:rows}).",
    id="kolom ini kosong pada semua barisnya ({n:count} baris).",
)
_FILL_COLUMN = Text(
    en="Fill it in. If a spreadsheet shows figures there, open the file in it and save it again: "
    "formulas that were never calculated have none.",
    id="Isi kolomnya. Bila lembar kerja menampilkan angka di situ, buka dan simpan lagi berkasnya: "
    "rumus yang belum pernah dihitung tidak berisi angka.",
)
_NO_ROWS = Text(
    en="there are no rows under the headers.",
    id="tidak ada baris di bawah judul kolom.",
)
_FILL = Text(
    en="Fill in a row per place, or give the file that holds them.",
    id="Isi satu baris per wilayah, atau berikan berkas yang memuatnya.",
)
_FILL_OR_LEAVE = Text(
    en="Nothing is read from it; fill it in, or leave the file out.",
    id="Tidak ada yang dapat dipakai darinya; isi dahulu, atau jangan sertakan berkasnya.",
)
_NO_TABLE = Text(
    en="There is no table in the file: all sheets are empty.",
    id="Tidak ada tabel di dalam berkas: semua lembar kosong.",
)
