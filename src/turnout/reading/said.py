"""What a user says of the elections of a table's rows, and what of them is left unsaid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from turnout.reading.files.cells import as_texts
from turnout.reading.headers.untold import Untold, said_of_rows, unsaid_rows, untold_rows
from turnout.reading.hints import Hints
from turnout.reading.layouts.block import Block


def untold_in(block: Block) -> list[Untold]:
    """Return the elections of rows without a day, by the years that the rows name."""
    return untold_rows(block.cells, told_texts(block))


def with_rows_said(block: Block, hints: Hints) -> Block:
    """Return a block with what the user says under the labels of its rows."""
    cells = said_of_rows(block.cells, told_texts(block), hints)
    new = [str(name) for name in cells if name not in block.cells]
    origin = block.origin.assign(**{f"said:{name}": True for name in new})
    headers = {**block.headers, **{name: name for name in new}}
    return replace(block, cells=cells, origin=origin, headers=headers)


def without_years(block: Block) -> Block:
    """Return a block whose rows have days without its column of years, kept to be compared."""
    if "year" not in block.cells or "date" not in block.cells:
        return block
    origin = block.origin.assign(**{"own:year": as_texts(block.cells["year"])})
    return replace(block, cells=block.cells.drop(columns="year"), origin=origin)


def unsaid_in(blocks: Sequence[Block], name: str) -> list[Untold]:
    """Return the elections of rows of which the user does not say what they say of others."""
    found = [
        one
        for block in blocks
        if f"said:{name}" in block.origin
        for one in unsaid_rows(block.cells, told_texts(block), name)
    ]
    return list(dict.fromkeys(found))


def told_texts(block: Block) -> dict[str, str]:
    """Return what holds for all rows of a block."""
    return {name: str(told.value) for name, told in block.told.items()}


def with_year_beside(block: Block) -> Block:
    """Return a block whose day is said with the year of its title beside, to be held against it."""
    if "date" not in block.names or "year" not in block.told:
        return block
    told = dict(block.told)
    year = told.pop("year")
    origin = block.origin.assign(**{"title:year": year.value, "title": year.label})
    return replace(block, origin=origin, told=told)
