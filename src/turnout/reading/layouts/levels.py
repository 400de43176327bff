"""Tables with a column that says of what level each row is: kabupaten, kecamatan, kelurahan."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.files.cells import as_text, listed
from turnout.reading.headers.match import Header
from turnout.reading.headers.plain import words
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.layouts.table import Table
from turnout.schema import PLACE_COLUMNS, SCALES

_LEVEL_HEADERS = listed(
    "tingkat | tingkatan | level | tingkat wilayah | level wilayah | jenis wilayah | tipe wilayah"
    " | area level | area type | geography level | geo level | unit type | row type | kategori"
    " | gebietsart | ebene | niveau | nivel | livello"
)
_OWN_NUMBERS = listed("gebietsnummer | nr | nummer | number | no | id | code | kode | kode wilayah")
_PARENT_NUMBERS = listed(
    "ueg gebietsnummer | ueggebietsnummer | gehort zu | parent | parent id | parent code"
    " | parent number | kode induk | id induk | induk"
)
PLACE_WORDS = _LEVEL_HEADERS | _PARENT_NUMBERS | {"gebietsnummer"}
"""Headers of columns that tell of a place where it lies, however a table is arranged."""

_NAME_HEADERS = listed(
    "nama wilayah | wilayah | nama | name | area name | area | place | place name | nama daerah"
    " | daerah | lokasi | geography | unit | gebietsname | gebiet | bezeichnung"
)
_LEVELS = {
    **dict.fromkeys(
        listed(
            "kelurahan | desa | kelurahan desa | desa kelurahan | kel | area | ward | precinct"
            " | gemeinde | commune | comune | municipio | freguesia"
        ),
        "area",
    ),
    **dict.fromkeys(
        listed("kecamatan | kec | distrik | district | wahlkreis | canton"), "district"
    ),
    **dict.fromkeys(
        listed(
            "kabupaten | kota | kab | kabupaten kota | kab kota | kabko | kota kabupaten | city"
            " | county | municipality | kreis | landkreis | departement | provincia"
        ),
        "city",
    ),
    **dict.fromkeys(
        listed("provinsi | prov | province | propinsi | state | land | region | regione"),
        "province",
    ),
    **dict.fromkeys(
        listed("nasional | negara | nation | national | country | bund | pays | pais"), "nation"
    ),
}


def levels_to_columns(table: Table, vocabulary: Vocabulary) -> Table:
    """Return a table with a column per level of places, where one column says each row's level.

    What a place lies in is told by the number of the coarser place, where a column holds it; else
    by the codes, where the code of each coarser place begins those in it; else by the order, where
    each place stands below the one that it lies in.
    """
    if not set(SCALES) <= set(vocabulary.names):
        return table
    found = _columns(table)
    if found is None:
        return table
    position, name, levels = found
    above = (
        _parents_by_number(table, levels)
        or _parents_by_code(table, levels)
        or _parents_by_order(levels)
    )
    held = [scale for scale in PLACE_COLUMNS if (levels == scale).any()]
    if above is None:
        spot = Spot(table.grid.file, table.grid.sheet, column=table.headers[position].written)
        finding = Finding("level_without_parents", "error", _NO_PARENTS, _ADD, spot)
        headers = list(table.headers)
        headers[name] = replace(headers[name], meaning="column", names=("area",))
        return replace(table, headers=tuple(headers), findings=(*table.findings, finding))
    names = table.cells.iloc[:, name].map(as_text)
    places = {
        scale: [
            names.iloc[above[row][scale]] if scale in above[row] else None
            for row in range(len(names))
        ]
        for scale in held
    }
    dropped = {position, name} | {
        p for p, h in enumerate(table.headers) if h.meaning == "column" and h.names[0] in SCALES
    }
    kept = [p for p in range(len(table.headers)) if p not in dropped]
    cells = pd.concat(
        [pd.DataFrame(places, index=table.cells.index), table.cells.iloc[:, kept]], axis=1
    )
    cells.columns = pd.RangeIndex(cells.shape[1])
    written = table.headers[name].written
    headers = [Header(written, "column", (scale,)) for scale in held]
    return replace(
        table, headers=(*headers, *(table.headers[p] for p in kept)), cells=cells, longer=()
    )


def _columns(table: Table) -> tuple[int, int, pd.Series] | None:
    """Return the columns of level and name, and the scale of each row."""
    called = {p: words(header.written) for p, header in enumerate(table.headers)}
    names = [p for p, word in called.items() if word in _NAME_HEADERS]
    for position, word in called.items():
        if word not in _LEVEL_HEADERS or not names:
            continue
        told = table.cells.iloc[:, position].map(as_text).map(lambda text: _LEVELS.get(words(text)))
        if told.notna().all() and told.nunique() > 1:
            name = next((one for one in names if one != position), None)
            if name is not None:
                return position, name, told.reset_index(drop=True)
    return None


def _parents_by_number(table: Table, levels: pd.Series) -> list[dict[str, int]] | None:
    """Return for each row the rows of the places that it lies in (itself included), by numbers.

    One column holds each place's number, another that of the place it lies in.
    """
    called = [words(header.written) for header in table.headers]
    parent = next((p for p, word in enumerate(called) if word in _PARENT_NUMBERS), None)
    own = next((p for p, word in enumerate(called) if word in _OWN_NUMBERS), None)
    if parent is None or own is None:
        return None
    numbers = table.cells.iloc[:, own].map(as_text).reset_index(drop=True)
    parents = table.cells.iloc[:, parent].map(as_text).reset_index(drop=True)
    rows: dict[tuple[str, str], int] = {}
    for row in range(len(levels)):  # a table with several contests repeats its places
        rows.setdefault((levels[row], numbers[row]), row)
    held = [scale for scale in PLACE_COLUMNS if (levels == scale).any()]
    above: list[dict[str, int]] = []
    for row in range(len(levels)):
        lies: dict[str, int] = {levels[row]: row}
        scale, number = levels[row], parents[row]
        while number:
            coarser = held[: held.index(scale)][::-1]
            found = next((one for one in coarser if (one, number) in rows), None)
            if found is None:
                return None
            lies[found] = rows[found, number]
            scale, number = found, parents[rows[found, number]]
        above.append(lies)
    return above if any(parents != "") else None


def _parents_by_code(table: Table, levels: pd.Series) -> list[dict[str, int]] | None:
    """Return for each row the rows of the places that it lies in (itself included), by codes."""
    columns = [
        p
        for p, header in enumerate(table.headers)
        if header.meaning == "column" and header.names[0] == "area_id"
    ]
    if len(columns) != 1:
        return None
    codes = table.cells.iloc[:, columns[0]].map(as_text).str.replace(r"\D", "", regex=True)
    codes = codes.reset_index(drop=True)
    if (codes == "").any():
        return None
    by_code = {(levels[row], codes[row]): row for row in range(len(codes))}
    held = [scale for scale in PLACE_COLUMNS if (levels == scale).any()]
    widths = {scale: set(codes[levels == scale].str.len()) for scale in held}
    if any(len(width) > 1 for width in widths.values()):
        return None
    above: list[dict[str, int]] = []
    for row in range(len(codes)):
        own: dict[str, int] = {levels[row]: row}
        for scale in held[: held.index(levels[row])]:
            parent = by_code.get((scale, codes[row][: next(iter(widths[scale]))]))
            if parent is None:
                return None
            own[scale] = parent
        above.append(own)
    return above


def _parents_by_order(levels: pd.Series) -> list[dict[str, int]] | None:
    """Return the same by the order of the rows; None where places of a level follow each other."""
    held = [scale for scale in PLACE_COLUMNS if (levels == scale).any()]
    current: dict[str, int] = {}
    above: list[dict[str, int]] = []
    for row, scale in enumerate(levels):
        depth = held.index(scale)
        current = {one: at for one, at in current.items() if held.index(one) < depth}
        if len(current) < depth:
            return None
        current[scale] = row
        above.append(dict(current))
    for upper, lower in pairwise(held):
        parents = {own[upper] for own in above if lower in own}
        if len(parents) < (levels == upper).sum() / 2:
            return None
    return above


_NO_PARENTS = Text(
    en="the column tells the level of each row, but neither order nor codes tell which larger "
    "place each one lies in.",
    id="kolom ini menyebut tingkat setiap baris, tetapi urutan maupun kodenya tidak menunjukkan "
    "wilayah yang menaunginya.",
)
_ADD = Text(
    en="Add columns for the larger places (district, city), or put each place below the one that "
    "it lies in.",
    id="Tambahkan kolom wilayah yang menaungi (kecamatan, kota), atau letakkan setiap wilayah di "
    "bawah wilayah yang menaunginya.",
)
