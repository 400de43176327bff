"""The commissions' recapitulation (D.Hasil, DA1, DB1): items as rows, places as columns.

An item such as *1. Jumlah Pemilih dalam DPT* has rows for LK, PR and JML; each place has a column,
followed by *JUMLAH AKHIR*; further pages begin with *JUMLAH PINDAHAN*, the sum so far.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.files.cells import as_text, listed
from turnout.reading.files.sheets import Grid
from turnout.reading.headers.aliases import STATION
from turnout.reading.headers.plain import SEXES, words
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.layouts.block import Block
from turnout.reading.layouts.preamble import read_preamble
from turnout.reading.layouts.table import Told
from turnout.schema import SCALES

_TOTALS = listed("jumlah akhir | jumlah | total | jumlah total | jml | jumlah seluruhnya")
_SO_FAR = listed("jumlah pindahan | jumlah dipindahkan | pindahan | dipindahkan")

# Lists beside the fixed one (DPT): voters who moved (DPPh, DPTb) or came with an identity card.
_OTHER_LISTS = re.compile(r"\b(dptb|dpph|dpk|dpktb|non dpt|tambahan|khusus|pindahan)\b")
_SECTIONS: tuple[tuple[str, str], ...] = (
    (r"disabilitas|penyandang cacat", "other"),
    (r"surat suara", "other"),
    (r"pemilih dan penggunaa?n? hak pilih", "registered"),
    (r"pengguna(an)? hak pilih", "voters"),
    (r"data pemilih|^pemilih$", "registered"),
    (r"suara sah dan (suara )?tidak sah", "ballots"),
    (r"perolehan suara|partai politik|pasangan calon", "other"),
)


@dataclass
class _Reader:
    """What is known while the rows are read from top to bottom."""

    section: str = ""
    item: str = ""
    places: dict[int, tuple[str, int]] = field(default_factory=dict)
    found: dict[tuple[str, str], tuple[object, int]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    doubled: list[tuple[str, int]] = field(default_factory=list)


def find_recap(grid: Grid, vocabulary: Vocabulary) -> Block | None:
    """Return the places of a recapitulation as rows; None where a grid is no recapitulation."""
    if grid.headers is not None or len(grid.cells) > 5000 or not _looks_so(grid):
        return None
    rows = [[as_text(cell) for cell in row] for row in grid.cells.to_numpy()]
    edge = _first_value_column(rows)
    if edge is None:
        return None
    start = next(i for i, row in enumerate(rows) if _sex(row[:edge]) is not None)
    reader = _Reader()
    for number, (label, row) in zip(grid.cells.index, enumerate(rows), strict=True):
        _read_row(reader, row, edge, int(number), list(grid.cells.iloc[label]))
    if not {"registered", "voters"} & {name for _, name in reader.found}:
        return None
    return _to_block(reader, grid, read_preamble(grid, rows[:start], vocabulary))


def _looks_so(grid: Grid) -> bool:
    """Whether some column lists LK, PR and JML below each other."""
    for _, column in grid.cells.iloc[:, :8].items():
        sexes = [SEXES.get(words(as_text(cell))) for cell in column if isinstance(cell, str)]
        told = [sex for sex in sexes if sex is not None]
        if told.count("_l") >= 2 and told.count("_p") >= 2:
            return True
    return False


def _first_value_column(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the column behind the one that lists LK, PR and JML."""
    width = max(map(len, rows))
    best, most = None, 0
    for column in range(min(width, 8)):
        told = sum(SEXES.get(words(row[column])) in ("_l", "_p") for row in rows)
        if told > most:
            best, most = column + 1, told
    return best


def _sex(labels: Sequence[str]) -> str | None:
    last = next((label for label in reversed(labels) if label), "")
    return SEXES.get(words(last))


def _read_row(
    reader: _Reader, row: Sequence[str], edge: int, number: int, cells: Sequence[object]
) -> None:
    labels = [label for label in row[:edge] if label]
    values = {column: text for column, text in enumerate(row) if column >= edge and text}
    sex = _sex(row[:edge])
    text = words(" ".join(labels[:-1] if sex is not None and len(labels) else labels))
    _follow(reader, text)
    if _names_places(values):
        reader.places = {column: (name, number) for column, name in values.items()}
        return
    if not reader.item or not values:
        return
    by_sex = reader.item in ("registered", "voters")
    if sex is None and by_sex and not re.search(r"[a-z]", text):
        return
    name = reader.item + (sex or "" if by_sex else "")
    for column in values:
        place, header_row = reader.places.get(column, ("", 0))
        if place and words(place) not in _SO_FAR:
            before, _ = reader.found.setdefault((place, name), (cells[column], number))
            if as_text(before) != as_text(cells[column]):
                reader.doubled.append((place, number))
            reader.rows.setdefault(place, header_row)


def _follow(reader: _Reader, text: str) -> None:
    """Move to the section and the item that a row's label opens."""
    if not re.search(r"[a-z]{2}", text):
        return
    item = _item(text, reader.section)
    if item is None:
        for pattern, section in _SECTIONS:
            if re.search(pattern, text):
                reader.section = section
                break
    reader.item = item or ""


def _item(text: str, section: str) -> str | None:
    """Return the column that an item gives; "" for items of no use, None where it is no item."""
    numbered = re.sub(r"\b([a-z]?\d+|[ivx]+|[a-z])\b", " ", text).split()
    label = " ".join(numbered)
    if section in ("registered", "voters") and re.search(r"\bdisabilitas\b|surat suara", label):
        return None
    if re.search(r"\bsuara\b", label):
        return _ballot_item(label)
    if _OTHER_LISTS.search(label) and not re.search(r"\bseluruh\b", label):
        return ""
    used = "pengguna" in label
    if re.search(r"\bdpt\b|daftar pemilih tetap", label):
        return "" if used or section == "voters" else "registered"
    if used and re.match(r"(jumlah|total|seluruh)\b", label) and section != "other":
        return "voters"
    if section == "voters" and label in ("jumlah", "total", "jml", "jumlah seluruhnya"):
        return "voters"
    if section == "registered" and re.match(r"(jumlah|total) (seluruh )?pemilih$", label):
        return ""
    return None


def _ballot_item(label: str) -> str | None:
    if re.search(r"surat suara|perolehan|partai|calon|paslon", label) and not re.match(
        r"jumlah (seluruh )?suara (tidak )?sah\b", label
    ):
        return None
    if re.search(r"sah dan (suara )?tidak sah", label):
        return "" if label.startswith("jumlah") else None
    if "tidak sah" in label:
        return "invalid"
    return "valid" if re.match(r"((jumlah|total) )?(seluruh )?suara sah\b", label) else None


def _names_places(values: Mapping[int, str]) -> bool:
    """Whether the cells behind the labels are names of places, not figures."""
    texts = [text for text in values.values() if not re.fullmatch(r"[\d.,()%\s-]+", text)]
    return len(texts) > 0 and len(texts) == len(values) and words(texts[0]) != "rincian"


def _to_block(reader: _Reader, grid: Grid, told: Mapping[str, Told]) -> Block | None:
    """Return one row per place; the place is of the scale below the one that is told."""
    places = list(reader.rows)
    scale = _scale(reader, told)
    names = sorted({name for _, name in reader.found})
    cells = pd.DataFrame(
        {
            scale: pd.Series(
                [None if words(place) in _TOTALS else place for place in places], dtype="object"
            ),
            **{
                name: pd.Series(
                    [reader.found.get((place, name), ("", 0))[0] for place in places],
                    dtype="object",
                )
                for name in names
            },
            "registered_basis": pd.Series(["DPT"] * len(places), dtype="object"),
        }
    )
    origin = pd.DataFrame(
        {
            "file": grid.file,
            "sheet": grid.sheet,
            "row": pd.Series([reader.rows[place] for place in places], dtype="object"),
            "column": pd.Series(places, dtype="object"),
        }
    )
    for name in names:
        origin[f"row:{name}"] = pd.Series(
            [reader.found.get((place, name), ("", reader.rows[place]))[1] for place in places],
            dtype="object",
        )
        origin[f"header:{name}"] = origin["column"]
    if scale == STATION:  # the total beside the stations is their sum, not a station more
        kept = cells[STATION].notna()
        cells, origin = cells[kept].reset_index(drop=True), origin[kept].reset_index(drop=True)
    headers = {str(name): str(name) for name in cells}
    return Block(cells, origin, headers, told, tuple(_doubled(reader, grid)))


def _doubled(reader: _Reader, grid: Grid) -> list[Finding]:
    """Return an error for each figure that stands twice and differs: there are two forms."""
    return [
        Finding("doubled_item", "error", _TWICE, _ONE_FORM, Spot(grid.file, grid.sheet, row, place))
        for place, row in reader.doubled
    ]


_TWICE = Text(
    en="the item stands twice for this place, with different figures.",
    id="butir ini muncul dua kali untuk wilayah ini, dengan angka yang berbeda.",
)
_ONE_FORM = Text(
    en="Put each recapitulation (one district, one election) on a sheet of its own.",
    id="Letakkan setiap rekapitulasi (satu kecamatan, satu pemilihan) di lembar tersendiri.",
)


def _scale(reader: _Reader, told: Mapping[str, Told]) -> str:
    """Return what the columns are: stations, or the places just below the finest one told."""
    if all(re.match(r"tps\b", words(place)) or words(place) in _TOTALS for place in reader.rows):
        return STATION
    finest = next((scale for scale in SCALES if scale in told), None)
    if finest is None:
        return "area"
    return STATION if finest == "area" else SCALES[SCALES.index(finest) - 1]
