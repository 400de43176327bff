"""Which scale each column of places is of: settled by how they nest, not by their headers alone.

*Region* may lie above the province or below the city, *ward* above or below *precinct*. Of two
columns the finer is the one whose every place lies in one place of the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.files.cells import as_names
from turnout.reading.headers import wording
from turnout.reading.headers.aliases import STATION
from turnout.reading.headers.match import Header, understand
from turnout.reading.headers.plain import words
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.layouts.table import Table
from turnout.schema import PLACE_COLUMNS, SCALES

_ORDER = [
    group.split()
    for group in [
        "region ",
        " state province provinsi distrito ",
        " county kabupaten ",
        " municipality city kota concelho municipio ",
        " constituency ",
        " district kecamatan distrik ",
        " division ",
        " ward ",
        " kelurahan desa nagari gampong ",
        " precinct ",
        " unit ",
        " kampung dusun ",
        " rw ",
        " rt ",
        " box",
    ]
]
"""Words of headers from coarse to fine, those of one scale together, for columns of which nothing
else tells."""

_ANYWHERE = frozenset({"region", "wilayah", "zone", "division", "daerah"})
"""Words of which the place in the order is told by what stands beside them only."""


def nest(table: Table, vocabulary: Vocabulary) -> Table:
    """Return the table with each column of places at the scale at which it nests.

    Two columns of one scale become that scale and the next coarser one that is free, or the
    stations of the area where none is. A region above the provinces is a column of the user's own.
    What the user told is left as it is.
    """
    if not set(SCALES) & set(vocabulary.names) or not len(table.cells):
        return table
    headers = list(table.headers)
    findings: list[Finding] = []
    _recall_rivals(table, headers, vocabulary)
    _part_rivals(table, headers, findings, vocabulary)
    _lower_numbered(table, headers, findings)
    _lift_regions(table, headers, findings)
    return replace(table, headers=tuple(headers), findings=(*table.findings, *findings))


def _columns(headers: Sequence[Header]) -> dict[str, list[int]]:
    """Return the positions of the columns of places, by scale."""
    found: dict[str, list[int]] = {}
    for position, header in enumerate(headers):
        if header.meaning == "column" and header.names[0] in SCALES and header.contest.silent:
            found.setdefault(header.names[0], []).append(position)
    return found


def _recall_rivals(table: Table, headers: list[Header], vocabulary: Vocabulary) -> None:
    """Read a column of places that gave way to a stronger one as its rival, if they nest.

    *Polling district* names the areas where no *ward* does; beside it, it is the finer of the two.
    """
    for position, header in enumerate(headers):
        meant = understand(header.written, vocabulary)
        if header != Header(header.written, "own") or meant.meaning != "column":
            continue
        rivals = _columns(headers).get(meant.names[0], [])
        if len(rivals) != 1 or not meant.strength < headers[rivals[0]].strength <= _ALIAS:
            continue
        names, others = _names(table, position), _names(table, rivals[0])
        if _lies_in(names, others) != _lies_in(others, names):
            headers[position] = meant


def _part_rivals(
    table: Table, headers: list[Header], findings: list[Finding], vocabulary: Vocabulary
) -> None:
    """Give two columns of one scale a scale each."""
    for scale, positions in _columns(headers).items():
        if len(positions) != 2 or scale == "nation":
            continue
        found = _by_fineness(table, headers, positions)
        if found is None:
            continue
        coarse, fine = found
        coarser = PLACE_COLUMNS[: PLACE_COLUMNS.index(scale)][::-1]
        coarser = coarser[: 2 if scale == "district" else 1]  # a region may lie above the city
        above = next((one for one in coarser if one not in _columns(headers)), None)
        stations = any(h.meaning == "column" and h.names[0] == STATION for h in headers)
        if above is not None:
            headers[coarse] = replace(headers[coarse], names=(above,))
        elif scale == "area" and not stations and STATION in vocabulary.names:
            headers[fine] = replace(headers[fine], names=(STATION,))
        else:
            continue
        findings.append(_told(table, headers[fine], headers[coarse]))


def _by_fineness(
    table: Table, headers: Sequence[Header], pair: Sequence[int]
) -> tuple[int, int] | None:
    """Return two columns, the coarser first; None where neither names nor headers tell."""
    one, other = pair
    names = {position: _names(table, position) for position in pair}
    if _lies_in(names[one], names[other]) and not _lies_in(names[other], names[one]):
        return other, one
    if _lies_in(names[other], names[one]) and not _lies_in(names[one], names[other]):
        return one, other
    ranks = [_rank(headers[position].written) for position in pair]
    if ranks[0] != ranks[1]:
        return (one, other) if ranks[0] < ranks[1] else (other, one)
    sizes = [names[position].nunique() for position in pair]
    if sizes[0] == sizes[1]:
        return None
    return (one, other) if sizes[0] < sizes[1] else (other, one)


def _rank(header: str) -> int:
    rank = {word: number for number, group in enumerate(_ORDER) for word in group}
    known = [rank[word] for word in words(header).split() if word in rank]
    return known[-1] if known else len(_ORDER) // 2


def _names(table: Table, position: int) -> pd.Series:
    return as_names(table.cells.iloc[:, position])


def _lies_in(finer: pd.Series, coarser: pd.Series) -> bool:
    """Whether each place of `finer` lies in one of `coarser` only."""
    both = pd.DataFrame({"finer": finer, "coarser": coarser}).dropna().drop_duplicates()
    return not both.empty and not both["finer"].duplicated().any()


def _lower_numbered(table: Table, headers: list[Header], findings: list[Finding]) -> None:
    """Take numbers that are counted anew in each place beside them for parts of these places.

    *Distrito* 01 and 02 of Getafe, 01 and 02 of Parla: in Portugal it lies above the municipality.
    """
    columns = {scale: held[0] for scale, held in _columns(headers).items() if len(held) == 1}
    present = [scale for scale in SCALES if scale in columns]  # finest first
    for fine, coarse in pairwise(present):
        upper, lower = columns[coarse], columns[fine]
        if not _OF_TWO_PLACES & set(words(headers[upper].written).split()):
            continue
        numbers, names = _names(table, upper), _names(table, lower)
        if not numbers.dropna().str.fullmatch(r"\d+").all() or _lies_in(names, numbers):
            continue
        headers[upper] = replace(headers[upper], names=(fine,))
        headers[lower] = replace(headers[lower], names=(coarse,))
        findings.append(_told(table, headers[upper], headers[lower]))


_OF_TWO_PLACES = frozenset({"distrito"})
"""Words for a place above the municipality in one country and below it in another."""


def _lift_regions(table: Table, headers: list[Header], findings: list[Finding]) -> None:
    """Take a column that lies above coarser ones out of the scales."""
    columns = {scale: held[0] for scale, held in _columns(headers).items() if len(held) == 1}
    present = [scale for scale in PLACE_COLUMNS if scale in columns]
    for scale in present:
        position = columns[scale]
        header = headers[position]
        above = [one for one in present if present.index(one) < present.index(scale)]
        if header.strength > _ALIAS or not above:
            continue
        paths = pd.Series(list(zip(*(_names(table, columns[one]) for one in above), strict=True)))
        own = _names(table, position).reset_index(drop=True)
        known = own.notna()
        own, paths = own[known], paths[known]
        inverted = _lies_in(paths.astype("str"), own) and not _lies_in(own, paths.astype("str"))
        doubtful = bool(_ANYWHERE & set(words(header.written).split()))
        level = _lies_in(paths.astype("str"), own) and doubtful and "province" in above
        if (inverted and doubtful) or level:
            headers[position] = Header(header.written, "own")
            spot = Spot(table.grid.file, table.grid.sheet, column=header.written)
            values = {"header": header.written, "other": headers[columns[above[-1]]].written}
            findings.append(Finding("region_above", "warning", _ABOVE, _KEPT, spot, values))


_ALIAS = 1


def _told(table: Table, fine: Header, coarse: Header) -> Finding:
    spot = Spot(table.grid.file, table.grid.sheet, column=fine.written)
    values = {
        "fine": fine.written,
        "coarse": coarse.written,
        "fine_scale": wording.column(fine.names[0]),
        "coarse_scale": wording.column(coarse.names[0]),
    }
    return Finding("nested_columns", "warning", _NESTED, _RENAME, spot, values)


_NESTED = Text(
    en="'{coarse}' is read as {coarse_scale} and '{fine}' as {fine_scale}, by how they nest.",
    id="'{coarse}' dibaca sebagai {coarse_scale} dan '{fine}' sebagai {fine_scale}, menurut "
    "susunannya.",
)
_RENAME = Text(
    en="If that is wrong, rename the columns to area, district, city or province.",
    id="Bila keliru, ganti judul kolomnya menjadi kelurahan, kecamatan, kota atau provinsi.",
)
_ABOVE = Text(
    en="the places of '{header}' lie above those of '{other}', so they are no districts; the "
    "column is kept as one of your own.",
    id="wilayah pada '{header}' mencakup wilayah pada '{other}', jadi bukan kecamatan; kolom ini "
    "disimpan sebagai kolom tambahan.",
)
_KEPT = Text(
    en="If that is wrong, rename the column to the scale that it holds.",
    id="Bila keliru, ganti judulnya dengan tingkat wilayah yang dimaksud.",
)
