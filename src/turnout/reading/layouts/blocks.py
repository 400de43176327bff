"""Tables to blocks: long tables as they are, wide ones (columns per election) one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from turnout.dates import numbers_inside
from turnout.errors import Finding, Spot
from turnout.reading.files.cells import as_texts, is_missing
from turnout.reading.headers.contests import Contest, find_contest, is_mere_type
from turnout.reading.headers.match import Header
from turnout.reading.headers.plain import is_indonesian
from turnout.reading.headers.untold import Untold, ask_for_elections
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.layouts.block import Block, origin_of
from turnout.reading.layouts.contest_totals import with_contests_of_totals
from turnout.reading.layouts.table import Table, Told

_SILENT = Contest()


def to_blocks(table: Table, vocabulary: Vocabulary) -> tuple[list[Block], list[Finding]]:
    """Return a block per election that the headers name, and what is wrong with them.

    A table whose headers name no election, or one, is one block. Where they name several, as in
    *DPT Pilpres 2019*, each must tell day and type: they are asked about, not guessed.
    """
    contests = _contests(table.headers)
    if len(contests) < 2:
        contest = contests[0] if contests else _SILENT
        block = _block(table, contest, vocabulary)
        if "election" not in vocabulary.names:
            return [block], []
        block, findings = with_contests_of_totals(block)
        return [_with_labels_read(block, vocabulary)], findings
    blocks: list[Block] = []
    dayless: list[Untold] = []
    typeless: list[Untold] = []
    abroad = not any(is_indonesian(header.written) for header in table.headers)
    for contest in contests:
        block = _with_labels_read(_block(table, contest, vocabulary), vocabulary)
        kind = contest.election_type
        untold = Untold(_label(contest), contest.year, kind, abroad=abroad)
        dayless += [untold] if contest.date is None else []
        typeless += [] if "election_type" in block.names else [untold]
        blocks.append(block.keep(_counted(block, vocabulary)))
    if "date" not in vocabulary.names:
        return blocks, []
    spot = Spot(file=table.grid.file, sheet=table.grid.sheet)
    return blocks, ask_for_elections(dayless, typeless, vocabulary.role, spot)


def _contests(headers: Sequence[Header]) -> list[Contest]:
    named = [h.contest for h in headers if h.meaning == "column" and not h.contest.silent]
    return list(dict.fromkeys(named))


def _block(table: Table, contest: Contest, vocabulary: Vocabulary) -> Block:
    """Return the columns that belong to one election or to all."""
    columns = _columns(table, contest, vocabulary)
    cells = table.cells[list(columns)].set_axis(list(columns.values()), axis=1)
    origin = origin_of(table.grid.file, table.grid.sheet, cells.index)
    headers = {name: table.headers[position].written for position, name in columns.items()}
    for position, name in columns.items():
        if not table.headers[position].contest.silent:
            origin[f"header:{name}"] = headers[name]
            if name == "registered":
                origin["column"] = headers[name]
    told = _told(table, contest, set(headers))
    return Block(cells.reset_index(drop=True), origin, headers, told)


def _columns(table: Table, contest: Contest, vocabulary: Vocabulary) -> dict[int, str]:
    """Return position and name of each column to keep; of two with one name the first.

    A column of this election goes before one of all. Personal data and columns without a header
    stay behind.
    """
    columns: dict[int, str] = {}
    taken: Counter[str] = Counter()
    own = {h.names[0] for h in table.headers if h.meaning == "column" and h.contest == contest}
    for position, header in enumerate(table.headers):
        if header.meaning == "column":
            name = header.names[0]
            if header.contest != contest and (not header.contest.silent or name in own):
                continue
        elif header.meaning in ("own", "question"):
            name = header.names[0] if header.meaning == "own" and header.names else header.written
        else:
            continue
        taken[name] += 1
        if taken[name] == 1:
            columns[position] = name
        elif name not in vocabulary.names:
            columns[position] = f"{name} ({taken[name]})"
    return columns


def _with_labels_read(block: Block, vocabulary: Vocabulary) -> Block:
    """Return the block with day and type taken from the labels of its contests, if they lack.

    A label such as *Pilpres 17 April 2019* tells both; all labels of a column must. Mere types
    beside a day or a year name no election.
    """
    if "election" not in block.cells or "election" not in vocabulary.names:
        return block
    labels = as_texts(block.cells["election"])
    contests = {label: find_contest(label)[0] for label in labels.unique() if label}
    read: dict[str, dict[str, Any]] = {
        "date": {label: contest.date for label, contest in contests.items()},
        "election_type": {label: contest.election_type for label, contest in contests.items()},
    }
    cells, headers = block.cells.copy(deep=False), dict(block.headers)
    for name, values in read.items():
        if name not in block.names and values and all(values.values()):
            cells[name] = [values.get(label) for label in labels]
            headers[name] = headers["election"]
    whole = replace(block, cells=cells, headers=headers)
    mere = all(is_mere_type(label) and one.year is None for label, one in contests.items())
    return _without_labels(whole) if contests and mere and _dated(block) else whole


def _dated(block: Block) -> bool:
    return bool({"date", "year"} & block.names)


def _without_labels(block: Block) -> Block:
    """Return the block with its labels, mere types that come back with the years, as no names."""
    headers = dict(block.headers)
    header = headers.pop("election")
    taken = header in block.cells or headers.get("election_type") == header
    if taken:
        return replace(block, cells=block.cells.drop(columns="election"), headers=headers)
    cells = block.cells.rename(columns={"election": header})
    return replace(block, cells=cells, headers={**headers, header: header})


def _told(table: Table, contest: Contest, present: set[str]) -> dict[str, Told]:
    """Return what is told of all rows; the headers' own election goes first."""
    headers = [h.written for h in table.headers if h.contest == contest]
    written = ", ".join(headers)
    told: dict[str, Told] = {}
    if contest.date is not None:
        # The dates of all headers tell together whether the day or the month comes first.
        told["date"] = Told(numbers_inside(headers[0]) or contest.date, written)
    if contest.election_type:
        told["election_type"] = Told(contest.election_type, written)
    both = {**table.told, **told}
    own = present | ({"year"} if contest.year is not None else set())
    return {name: value for name, value in both.items() if name not in own}


def _label(contest: Contest) -> str:
    return f"{contest.year or ''} {contest.election_type}".strip()


def _counted(block: Block, vocabulary: Vocabulary) -> pd.Series[bool]:
    """Mark the rows with a figure of this election; an area may be younger than it."""
    figures = [name for name in block.cells if f"header:{name}" in block.origin]
    filled = pd.Series(data=False, index=block.cells.index)
    for name in figures:
        if vocabulary.kind(str(name)) == "count":
            cells = block.cells[name]
            blank = {cell: is_missing(cell) for cell in cells.dropna().unique()}
            filled |= cells.map(blank).eq(other=False)  # a cell without anything is none of these
    return filled
