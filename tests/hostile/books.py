"""Valid workbooks of every layout, as rows of cells that know what they show, and their files."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pandas as pd
from openpyxl.utils import get_column_letter

FIGURES = ("registered", "voters", "reached", "cost")
"""Columns whose figures are held against what the file shows."""


@dataclass(frozen=True)
class Odd:
    """A cell that is written in its own way.

    Parameters
    ----------
    written
        What stands in the file.
    shows
        The figures that it can be read as; none where it is no figure, which must be told.
    tell
        Whether it must be told even where it is read as what it shows.
    day
        The day that it shows in other words.
    """

    written: object
    shows: tuple[float, ...] = ()
    tell: bool = False
    day: dt.date | None = None


@dataclass
class Column:
    """What a column holds, and of which contest where the header tells it."""

    means: str
    contest: tuple[str, str] | None = None


@dataclass
class Line:
    """A row: ``data``, or ``total``, ``heading``, ``blank``."""

    cells: list[object]
    kind: str = "data"
    hidden: bool = False


@dataclass
class Sheet:
    """Lines above the header, the header's lines, and the rows below."""

    name: str
    columns: list[Column]
    header: list[list[object]]
    body: list[Line]
    titles: list[str] = field(default_factory=list)
    contest: tuple[str, str] | None = None
    hidden_columns: set[int] = field(default_factory=set)

    def column(self, *means: str) -> list[int]:
        return [at for at, one in enumerate(self.columns) if one.means in means]

    def grid(self) -> list[list[object]]:
        """Return all cells as they are written."""
        lines = [*([title] for title in self.titles), *self.header]
        lines += [[written(cell) for cell in line.cells] for line in self.body]
        width = max(map(len, lines), default=0)
        return [[*line, *[None] * (width - len(line))] for line in lines]

    def row_of(self, at: int) -> int:
        """Return the number of a row of the body, as a spreadsheet counts."""
        return len(self.titles) + len(self.header) + at + 1


@dataclass
class Book:
    """A workbook, and why something must be told of it."""

    role: str
    sheets: list[Sheet]
    must_tell: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Fact:
    """What a workbook shows of a place in a contest (or of an activity), and where."""

    key: tuple[object, ...]
    figures: dict[str, Odd]
    rows: tuple[int, ...]


def written(cell: object) -> object:
    return cell.written if isinstance(cell, Odd) else cell


def shown(cell: object) -> Odd:
    """Return what a cell shows: a plain number itself, anything else no figure."""
    if isinstance(cell, Odd):
        return cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return Odd(cell, (cell,))
    return Odd(cell)


def facts_of(book: Book) -> list[Fact]:
    """Return what a workbook shows, stations added up to their area."""
    facts = [fact for sheet in book.sheets for fact in _facts_of(sheet)]
    if not any(sheet.column("station") for sheet in book.sheets):
        return facts
    whole: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        whole[fact.key] = _added(whole[fact.key], fact) if fact.key in whole else fact
    return list(whole.values())


def _facts_of(sheet: Sheet) -> Iterator[Fact]:
    names: dict[str, object] = {}
    contests = list(dict.fromkeys(sheet.columns[at].contest for at in sheet.column(*FIGURES)))
    for at, line in enumerate(sheet.body):
        if line.kind == "heading":
            names["area"] = None
        if line.kind != "data":
            continue
        cells = dict(enumerate(line.cells))
        for place in sheet.column("area", "date", "type"):
            cell = cells.get(place)
            day = cell.day if isinstance(cell, Odd) else None
            names[sheet.columns[place].means] = day or written(cell)
        for contest in contests:
            figures = {
                sheet.columns[i].means: shown(cells.get(i))
                for i in sheet.column(*FIGURES)
                if sheet.columns[i].contest == contest
            }
            told = contest or sheet.contest or (names.get("date"), names.get("type"))
            key = (*map(plain, told), plain(names.get("area")))
            yield Fact(key, figures, (sheet.row_of(at),))


def plain(value: object) -> str:
    """Return a name in small letters and figures alone, and a day as 20180627."""
    if value is None:
        return ""
    text = value.isoformat()[:10] if isinstance(value, dt.date) else str(value)
    text = re.sub(r"[^\w\s]|[\x00-\x08]", "", unicodedata.normalize("NFKC", text)).casefold()
    return " ".join(text.split())


def _added(one: Fact, other: Fact) -> Fact:
    figures = {}
    for name in one.figures:
        first, second = one.figures[name], other.figures[name]
        sums = tuple(a + b for a in first.shows for b in second.shows)
        figures[name] = Odd(None, sums, first.tell or second.tell)
    return Fact(one.key, figures, one.rows + other.rows)


# The layouts.

DISTRICTS = {
    "Jelutung": ["Payo Lebar", "Talang Jauh", "Cempaka Putih"],
    "Danau Teluk": ["Olak Kemang", "Ulu Gedong"],
    "Pasar Jambi": ["Orang Kayo Hitam", "Beringin", "Sungai Asam"],
}
ELECTIONS = [("2013-06-29", "pilkada"), ("2018-06-27", "pilkada"), ("2019-04-17", "pemilu")]
COMING = ("2024-11-27", "pilkada")
_MONTHS = {"04": "April", "06": "Juni", "11": "November"}


def day_in_words(day: str) -> str:
    year, month, number = day.split("-")
    return f"{int(number)} {_MONTHS[month]} {year}"


def places() -> list[tuple[str, str]]:
    return [(district, area) for district, areas in DISTRICTS.items() for area in areas]


def figures(chance: random.Random) -> dict[tuple[str, str], tuple[int, int]]:
    """Return registered and voters of every area and contest, no figure twice."""
    used: set[int] = set()

    def fresh(low: float, high: float) -> int:
        while (one := chance.randrange(round(low), round(high))) in used:
            pass
        used.add(one)
        return one

    found = {}
    for _, area in places():
        size = chance.randrange(900, 6000)
        for day, _ in [*ELECTIONS, COMING]:
            registered = fresh(size * 0.97, size * 1.03)
            found[area, day] = registered, fresh(registered * 0.6, registered * 0.75)
    return found


def _total(label: str, rows: list[Line], sums: Sequence[int], width: int, at: int) -> Line:
    cells: list[object] = [None] * width
    cells[at] = label
    for i in sums:
        cells[i] = sum(row.cells[i] for row in rows)
    return Line(cells, "total")


def long_table(chance: random.Random) -> Book:
    """A row per contest and area."""
    found, indonesian = figures(chance), chance.random() < 0.6
    header = (
        ["Tanggal", "Jenis", "Kecamatan", "Kelurahan", "DPT", "Pengguna Hak Pilih"]
        if indonesian
        else ["Date", "Type", "District", "Area", "Registered voters", "Ballots cast"]
    )
    columns = ["date", "type", "district", "area", "registered", "voters"]
    body = [
        Line([dt.date.fromisoformat(day), kind, district, area, *found[area, day]])
        for day, kind in ELECTIONS
        for district, area in places()
    ]
    return Book("results", [Sheet("Data", [Column(one) for one in columns], [header], body)])


def wide_table(chance: random.Random) -> Book:
    """A row per area, the contests above their columns, a total below."""
    found = figures(chance)
    top: list[object] = [None, None, None]
    second: list[object] = ["No", "Kecamatan", "Kelurahan"]
    columns = [Column("number"), Column("district"), Column("area")]
    for day, kind in ELECTIONS:
        top += [f"{kind.title()} {day_in_words(day)}", None]
        second += ["DPT", "Pengguna Hak Pilih"]
        columns += [Column(name, (day, kind)) for name in ("registered", "voters")]
    body = [
        Line([n, district, area, *(x for day, _ in ELECTIONS for x in found[area, day])])
        for n, (district, area) in enumerate(places(), 1)
    ]
    body.append(_total("JUMLAH", body, range(3, len(columns)), len(columns), 1))
    titles = ["REKAPITULASI PARTISIPASI PEMILIH", "KOTA JAMBI"] if chance.random() < 0.5 else []
    return Book("results", [Sheet("Rekap", columns, [top, second], body, titles)])


def sheet_per_contest(chance: random.Random) -> Book:
    """A sheet per contest with its title, nested kecamatan, their totals and the grand total."""
    found, sheets = figures(chance), []
    columns = [Column(one) for one in ("number", "district", "area", "registered", "voters")]
    header = ["No", "Kecamatan", "Kelurahan", "DPT", "Pengguna Hak Pilih"]
    subtotals = chance.random() < 0.5
    for day, kind in ELECTIONS:
        body: list[Line] = []
        for n, (district, areas) in enumerate(DISTRICTS.items(), 1):
            rows = [Line([None, None, area, *found[area, day]]) for area in areas]
            rows[0].cells[:2] = [n, district]
            body += rows
            if subtotals:
                body.append(_total(f"Jumlah {district}", rows, (3, 4), 5, 1))
        data = [line for line in body if line.kind == "data"]
        body.append(_total("TOTAL", data, (3, 4), 5, 1))
        title = [f"Hasil {kind.title()} {day_in_words(day)}", "Kota Jambi"]
        name = f"{kind} {day[:4]}"
        sheets.append(Sheet(name, columns[:], [header[:]], body, title, (day, kind)))
    return Book("results", sheets)


def by_sex(chance: random.Random) -> Book:
    """Counts of women, men and both, with a total."""
    found = figures(chance)
    top = ["Kecamatan", "Kelurahan", "DPT", None, None, "Pengguna Hak Pilih", None, None]
    second = [None, None, "L", "P", "JML", "L", "P", "JML"]
    names = ["district", "area", "part", "part", "registered", "part", "part", "voters"]
    day, kind = ELECTIONS[1]
    body = []
    for district, area in places():
        registered, voters = found[area, day]
        men, came = registered * 49 // 100, voters * 48 // 100
        halves = [men, registered - men, registered, came, voters - came, voters]
        body.append(Line([district, area, *halves]))
    body.append(_total("JUMLAH", body, range(2, 8), 8, 0))
    title = [f"Partisipasi {kind.title()} {day_in_words(day)}"]
    columns = [Column(one) for one in names]
    return Book("results", [Sheet("L-P", columns, [top, second], body, title, (day, kind))])


def stations(chance: random.Random) -> Book:
    """A row per polling station; a blank name of an area goes on from above."""
    found = figures(chance)
    names = ["district", "area", "station", "registered", "voters"]
    header = ["Kecamatan", "Kelurahan", "No TPS", "DPT", "Pengguna Hak Pilih"]
    day, kind = ELECTIONS[1]
    body = []
    for district, area in places():
        registered, voters = found[area, day]
        parts = [(registered // 3, voters // 3)]
        parts.append((registered - parts[0][0], voters - parts[0][1]))
        body += [Line([district, area, n, *part]) for n, part in enumerate(parts, 1)]
    title = [f"{kind.title()} {day_in_words(day)}"]
    columns = [Column(one) for one in names]
    return Book("results", [Sheet("TPS", columns, [header], body, title, (day, kind))])


def roll(chance: random.Random) -> Book:
    """The coming roll, by sex or alone, with or without a total."""
    found = figures(chance)
    sexes, total = chance.random() < 0.5, chance.random() < 0.6
    parts = ["Laki-laki", "Perempuan"] if sexes else []
    header = ["Kecamatan", "Kelurahan", *parts, "Jumlah Pemilih"]
    columns = [Column(x) for x in ("district", "area", *("part" for _ in parts), "registered")]
    body = []
    for district, area in places():
        registered, _ = found[area, COMING[0]]
        halves = [registered * 49 // 100, registered - registered * 49 // 100] if sexes else []
        body.append(Line([district, area, *halves, registered]))
    if total:
        body.append(_total("TOTAL", body, range(2, len(columns)), len(columns), 0))
    return Book("roll", [Sheet("DPT", columns, [header], body, [])])


def log(chance: random.Random) -> Book:
    """Activities with their day, place, kind, people and cost."""
    indonesian = chance.random() < 0.6
    header = (
        ["Tanggal", "Kelurahan", "Kegiatan", "Sasaran", "Peserta", "Biaya"]
        if indonesian
        else ["Day", "Area", "Activity", "Target group", "Participants", "Cost"]
    )
    names = ["date", "area", "kind", "segment", "reached", "cost"]
    body = [
        Line(
            [
                dt.date(2024, chance.choice([9, 10]), chance.randrange(13, 28)),
                area,
                chance.choice(["Tatap muka", "Pasar murah", "Sosialisasi"]),
                chance.choice(["pemilih pemula", "perempuan", "umum"]),
                chance.randrange(20, 250),
                chance.randrange(2, 50) * 50_000,
            ]
        )
        for _, area in places() * 2
    ]
    return Book("log", [Sheet("Kegiatan", [Column(one) for one in names], [header], body)])


def count(chance: random.Random) -> Book:
    """A count in progress with its stations."""
    found = figures(chance)
    header = ["Kecamatan", "Kelurahan", "TPS Masuk", "Jumlah TPS", "DPT", "Pengguna Hak Pilih"]
    names = ["district", "area", "part", "part", "registered", "voters"]
    body = [
        Line([district, area, 4, chance.choice([4, 6]), *found[area, COMING[0]]])
        for district, area in places()
    ]
    columns = [Column(one) for one in names]
    return Book("count", [Sheet("Hitung", columns, [header], body, [], COMING)])


LAYOUTS: dict[str, Callable[[random.Random], Book]] = {
    "long": long_table,
    "wide": wide_table,
    "sheets": sheet_per_contest,
    "sexes": by_sex,
    "stations": stations,
    "roll": roll,
    "log": log,
    "count": count,
}


# The files.

KINDS = ("xlsx", "csv", "ods", "xls")


def save(book: Book, path: Path) -> None:
    """Write a workbook in the kind that its name tells; a CSV holds the first sheet."""
    {"xlsx": _xlsx, "csv": _csv, "ods": _ods, "xls": _xls}[path.suffix[1:]](book, path)


def _xlsx(book: Book, path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for sheet in book.sheets:
        target = workbook.create_sheet(sheet.name)
        for r, row in enumerate(sheet.grid(), 1):
            for c, value in enumerate(row, 1):
                if value is not None:
                    target.cell(r, c, _escaped(value))
        _merge(sheet, target)
        for c in sheet.hidden_columns:
            target.column_dimensions[get_column_letter(c + 1)].hidden = True
        for at, line in enumerate(sheet.body):
            if line.hidden:
                target.row_dimensions[sheet.row_of(at)].hidden = True
    workbook.save(path)


def _escaped(value: object) -> object:
    """Return a text with the characters that XML cannot hold as Excel writes them."""
    if not isinstance(value, str):
        return value
    return "".join(f"_x{ord(c):04X}_" if c < " " and c not in "\n\t" else c for c in value)


def _merge(sheet: Sheet, target: object) -> None:
    """Merge the cells of a header of two lines over the columns that it speaks for."""
    if len(sheet.header) < 2:
        return
    row, top = len(sheet.titles) + 1, sheet.header[0]
    starts = [c for c, value in enumerate(top) if value is not None]
    for start, end in zip(starts, [*starts[1:], len(top)], strict=True):
        if end > start + 1 and all(top[c] is None for c in range(start + 1, end)):
            target.merge_cells(start_row=row, end_row=row, start_column=start + 1, end_column=end)


def _csv(book: Book, path: Path) -> None:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";" if len(book.done) % 2 else ",")
    for row in book.sheets[0].grid():
        writer.writerow(["" if value is None else value for value in row])
    path.write_text(target.getvalue(), encoding="utf-8")


def _ods(book: Book, path: Path) -> None:
    with pd.ExcelWriter(path, engine="odf") as writer:
        for sheet in book.sheets:
            grid = [[_printable(value) for value in row] for row in sheet.grid()]
            frame = pd.DataFrame(grid, dtype="object")
            frame.to_excel(writer, sheet_name=sheet.name, header=False, index=False)


def _xls(book: Book, path: Path) -> None:
    import xlwt

    workbook = xlwt.Workbook()
    style = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for sheet in book.sheets:
        target = workbook.add_sheet(sheet.name)
        for r, row in enumerate(sheet.grid()):
            for c, value in enumerate(row):
                if isinstance(value, dt.date):
                    target.write(r, c, value, style)
                elif value is not None:
                    whole = isinstance(value, int) and abs(value) > 2**53
                    target.write(r, c, str(value) if whole else value)
    workbook.save(path)


def _printable(value: object) -> object:
    if not isinstance(value, str):
        return value
    return "".join(c for c in value if c >= " " or c in "\n\t")
