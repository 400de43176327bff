"""Rows of totals in a table of several elections: whose total each is, where it does not say so."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from turnout.errors import Finding, Spot
from turnout.identity.kinds import has_word_of_total
from turnout.language import Text
from turnout.reading.files.cells import Distinct, all_as_text, as_texts, listed
from turnout.reading.headers.plain import words
from turnout.reading.layouts.block import Block
from turnout.rules.rule import Rule
from turnout.schema import SCALES

_TOTAL = listed(
    "jumlah | jml | total | subtotal | sub total | sub jumlah | grand total | jumlah total"
    " | total jumlah | jumlah akhir | total akhir | jumlah seluruhnya | total seluruhnya"
    " | jumlah keseluruhan | total keseluruhan | jumlah kecamatan | total kecamatan"
    " | jumlah kelurahan | jumlah desa | jumlah kota | jumlah kabupaten | jumlah kabupaten kota"
    " | total kota | total kabupaten | jumlah provinsi | total provinsi"
)
OF_CONTEST = ("election", "year", "date", "election_type")


def is_word_of_total(cell: object) -> bool:
    """Whether a cell says *Jumlah* and no more.

    >>> is_word_of_total("JUMLAH :"), is_word_of_total("Jumlah Pasar")
    (True, False)
    """
    if not isinstance(cell, str) or (cell.isascii() and not has_word_of_total(cell)):
        return False
    return words(cell) in _TOTAL


def words_of_totals(cells: Sequence[object]) -> list[str]:
    """Return the cells that say *Jumlah* and no more.

    >>> words_of_totals(["Kasang", "JUMLAH :", 12])
    ['JUMLAH :']
    """
    texts = [cell for cell in cells if isinstance(cell, str)]
    written = "\n".join(texts)
    if written.isascii() and not has_word_of_total(written):  # as of most columns
        return []
    return [text for text in texts if is_word_of_total(text)]


def with_contests_of_totals(block: Block) -> tuple[Block, list[Finding]]:
    """Return the block with its totals called so as places are, each of the election above it.

    The word may stand in any column, such as that of the years. A total below several elections
    is of none of them and left out, with a warning.
    """
    cells = block.cells
    contest = [name for name in OF_CONTEST if name in cells]
    totals = _totals(cells, contest) if contest else pd.Series(data=False, index=cells.index)
    if not totals.any() or totals.all():
        return block, []
    told = cells[contest].mask(cells[contest].map(is_word_of_total))
    above = told[~totals].reindex(cells.index).ffill()
    named: dict[str, pd.Series] = {name: told[name] for name in contest}
    silent = pd.Series(data=False, index=cells.index)
    for name in contest:
        blank = totals & as_texts(told[name]).eq("")
        if as_texts(told.loc[~totals, name]).ne("").all():  # else written once for its rows
            named[name] = told[name].mask(blank, above[name])
            silent |= blank
    mixed = silent & _of_several(above, totals)
    place = _finest(cells)
    if place:
        named[place] = cells[place].mask(totals & as_texts(cells[place]).eq(""), "Jumlah")
    whole = Block(cells.assign(**named), block.origin, block.headers, block.told, block.findings)
    return (whole.keep(~mixed), [_left_out(block, mixed)]) if mixed.any() else (whole, [])


def _totals(cells: pd.DataFrame, contest: list[str]) -> pd.Series[bool]:
    """Mark the rows in which a cell says *Jumlah*, and no area is named."""
    place = _finest(cells)
    if not place:
        return cells[contest].map(is_word_of_total).any(axis=1)
    distinct = Distinct.of(cells[place])
    written = distinct.cells.tolist()
    called = set(words_of_totals(written))
    texts = zip(written, all_as_text(written), strict=True)
    unnamed = np.array([text == "" or cell in called for cell, text in texts], dtype=bool)
    said = cells[unnamed[distinct.codes]].map(is_word_of_total).any(axis=1)
    return said.reindex(cells.index, fill_value=False).astype(bool)


def _finest(cells: pd.DataFrame) -> str:
    return next((name for name in SCALES if name in cells), "")


def _of_several(above: pd.DataFrame, totals: pd.Series[bool]) -> pd.Series[bool]:
    """Mark the totals of which the rows above, up to the total before, are of several elections.

    Of totals that follow each other the next row tells whether they close one election; the last
    of a table with several is of all of them.
    """
    rows = above[~totals].apply(as_texts).groupby(list(above.columns), sort=False).ngroup()
    run = totals.shift(fill_value=False).cumsum()
    count = rows.groupby(run[~totals]).nunique().reindex(run).set_axis(run.index)
    last = totals & ~(~totals)[::-1].cummax()[::-1]
    follows = count.isna()
    return totals & (count.gt(1) | (follows & last & (rows.nunique() > 1)))


def _left_out(block: Block, rows: pd.Series[bool]) -> Finding:
    first = block.origin[rows].iloc[0]
    spot = Spot(str(first["file"]), str(first["sheet"]), first["row"])
    values = {"n": int(rows.sum())}
    rule = TOTALS_OF_SEVERAL
    return rule.once(spot, values)


TOTALS_OF_SEVERAL = Rule(
    "totals_left_out",
    "warning",
    Text(
        en="{n:count:row of totals tells:rows of totals tell} no election, and stand below rows "
        "of several; left out.",
        id="{n:count} baris jumlah tidak menyebut pemilihannya, sedangkan baris di atasnya memuat "
        "beberapa pemilihan; tidak dipakai.",
    ),
    Text(
        en="If it is the total of one election, write its date and type into the row.",
        id="Bila itu jumlah satu pemilihan, isi tanggal dan jenis pemilihan pada baris itu.",
    ),
)
