"""Changes of a workbook that offices make, each with what the workbook shows after it."""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import random
from collections.abc import Callable

from tests.hostile.books import (
    FIGURES,
    Book,
    Column,
    Line,
    Odd,
    Sheet,
    day_in_words,
)

Mutation = Callable[[Book, random.Random], str | None]
"""Changes a book in place; says what it did, or None where it does not apply."""


def mutate(book: Book, chance: random.Random) -> None:
    """Change a book by one to three mutations, most often by one."""
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        for _ in range(20):
            mutation, told = chance.choice(MUTATIONS), None
            with contextlib.suppress(IndexError):  # the book has no such part (any more)
                told = mutation(book, chance)
            if told is not None:
                book.done.append(f"{mutation.__name__}: {told}")
                break


# Cells of figures.


def ways(n: int, chance: random.Random) -> list[Odd]:
    """Return a count as people write it, and what people write where a count should stand."""
    points, commas = f"{n:,}".replace(",", "."), f"{n:,}"
    as_counts = [
        points, commas, f"{n:,}".replace(",", " "), f"{n:,}".replace(",", "\u00a0"),
        f"{n:,}".replace(",", "'"), str(n), f" {n} ", f"{n}.0", f"{n},00", f"{n}.00",
        f"{points},00", f"{commas}.00", f"{points},-", f"{n}*", f"{points} 1)", f"{n} pemilih",
        f"{points} orang", f"{points} jiwa", f"'{n}", f"+{n}", f"Rp {points}", f"{n}\n",
        "".join(chr(ord(c) + 0xFEE0) for c in str(n)), "".join(chr(ord(c) + 0x630) for c in str(n)),
        f"\u200e{n}", f"{n}\u200b", f"\ufeff{n}", f"{n}\u0000", f"\x07{n}", f"{points}.",
        f"\u202a{points}\u202c", f"{n}{chr(0xB9)}", f"{n}²", f"{n}{chr(0x2020)}",
    ]  # fmt: skip
    digits = str(n)
    no_counts: list[object] = [
        None, "", " ", "-", "–", "n/a", "NA", "tidak ada", "...", "?", "#REF!", "#DIV/0!", "#N/A",
        "=A1+B1", "65,2%", "65.2 %", "0,652", "0.652", 0.652, f"{digits[:-1]}.{digits[-1:]}",
        f"{digits[:-2]},{digits[-2:]}", f"{digits[:-2]} {digits[-2:]}", f"{n} / {n + 9}",
        f"{n}-{n + 9}", f"{n} atau {n + 9}", digits[:-1] + "O", f"l{digits[1:]}", -n, f"-{n}",
        f"({n})", f"\u2212{n}", n + 0.5, f"{n},5", f"{n}.5", True, "ya", dt.date(2018, 6, 27),
        dt.datetime(2018, 6, 27, 12, 30), dt.time(4, 30), f"=HYPERLINK({n})", f"{n}; {n}",
        f"<b>{n}</b>", f"{n}e400", f"{n}\n{n + 1}", "\x00", "∞",
        f"{n}x", f"±{n}", f"~{n}", f"<{n}", f">{n}", f"≈{n}", f"1/{n}", f"{n}½",
    ]  # fmt: skip
    other = n + chance.choice([-3, -2, -1, 1, 2, 3])
    others = [
        Odd(other, (other,)), Odd(f"{other:,}".replace(",", "."), (other,)),
        Odd(n * 1000, (n * 1000,), tell=True), Odd(n * 10, (n * 10,), tell=True),
        Odd(n // 10, (n // 10,), tell=True), Odd(0, (0,), tell=True), Odd(1, (1,), tell=True),
        Odd(10**12, (10**12,), tell=True), Odd(1e300, tell=True), Odd(10**16, (), tell=True),
        Odd(float(n) + 1e-9, (n,)), Odd(f"{n / 1000}E+03", (n,)),
    ]  # fmt: skip
    written = [Odd(text, (n,)) for text in as_counts]
    return [*written, *(Odd(text, _decimal(text)) for text in no_counts), *others, *others]


def _decimal(text: object) -> tuple[float, ...]:
    """Return the whole number that a text shows with a decimal sign and zeros: 29,00 is 29."""
    whole, _, zeros = str(text).replace(",", ".").partition(".")
    whole = whole.strip()
    return (float(whole),) if whole.isdigit() and zeros and not zeros.strip("0") else ()


def figure_written_otherwise(book: Book, chance: random.Random) -> str | None:
    sheet, line = _data(book, chance)
    at = _figure(sheet, chance)
    cell = line.cells[at]
    if not isinstance(cell, int):
        return None
    new = chance.choice(ways(cell, chance))
    if book.role == "count":
        new = Odd(new.written, new.shows)  # stations that are missing explain much
    if sheet.columns[at].means in ("reached", "cost"):
        new = Odd(new.written, new.shows or (None, 0.652, 65.2, cell + 0.5, 0))
    line.cells[at] = _of_sums(sheet, at, cell, new)
    return f"{sheet.name} {sheet.columns[at].means} {cell} -> {new.written!r}"


def _of_sums(sheet: Sheet, at: int, old: int, new: Odd) -> Odd:
    """Return a cell that the counts by sex beside it tell too: blank, it can be their sum."""
    beside = any(one.means == "part" for one in sheet.columns[:at]) and _by_sex(sheet)
    return Odd(new.written, (*new.shows, old), new.tell) if beside else new


def _by_sex(sheet: Sheet) -> bool:
    told = {value for row in sheet.header for value in row if isinstance(value, str)}
    return bool(told & {"L", "P", "Laki-laki", "Perempuan"})


def column_written_otherwise(book: Book, chance: random.Random) -> str | None:
    """Write all figures of a column in one way of thousands."""
    sheet = _sheet(book, chance)
    at, kind = _figure(sheet, chance), chance.randrange(6)
    for line in sheet.body:
        cell = line.cells[at] if at < len(line.cells) else None
        if isinstance(cell, int) and not isinstance(cell, bool):
            text = [
                f"{cell:,}".replace(",", "."), f"{cell:,}", f"{cell},00", f"{cell}.0",
                f"{cell:,}".replace(",", " "), f"{cell:,}".replace(",", ".") + ",00",
            ][kind]  # fmt: skip
            line.cells[at] = Odd(text, (cell,))
    return f"{sheet.name} {sheet.columns[at].means} way {kind}"


def figures_swapped(book: Book, chance: random.Random) -> str | None:
    """Swap the figures of a row, or of two places."""
    sheet, line = _data(book, chance)
    _, other = _data_of(sheet, chance)
    at, also = _figure(sheet, chance), _figure(sheet, chance)
    line.cells[at], other.cells[also] = other.cells[also], line.cells[at]
    return f"{sheet.name} columns {at} and {also}"


# Cells of names and days.


def name_changed(book: Book, chance: random.Random) -> str | None:
    sheet, line = _data(book, chance)
    at = (sheet.column("area") or [None])[0]
    name = None if at is None else line.cells[at]
    if not isinstance(name, str):
        return None
    new = chance.choice(
        [
            f"{name} Baru", name.upper(), name.replace(" ", "  "), f"{name}\n", f" {name}",
            f"{name}*", f"Kel. {name}", name[:-1], f"{name} (RW 1-3)", "JUMLAH", "Total", "12",
            f"=\"{name}\"", "#NAME?", "-", f"{name}\u200b", name.replace("a", "а"), "x" * 300,
            f"{name}\x00", f"{name}\x1b[31m", "2018", "27 Juni 2018", "{area}", "Kecamatan Baru",
            name.replace(" ", ""), f"{name} 2", f"{name}/Desa", f"'{name}",
        ]
    )  # fmt: skip
    line.cells[at] = new
    return f"{sheet.name} {name!r} -> {new!r}"


def name_blanked(book: Book, chance: random.Random) -> str | None:
    sheet, line = _data(book, chance)
    at = chance.choice(sheet.column("area", "district"))
    line.cells[at] = None
    if sheet.columns[at].means == "area" and book.role != "count":  # there: of the whole district
        book.must_tell.append("no name")
    return f"{sheet.name} {sheet.columns[at].means}"


def name_of_another(book: Book, chance: random.Random) -> str | None:
    sheet, line = _data(book, chance)
    _, other = _data_of(sheet, chance)
    at = (sheet.column("area") or [0])[0]
    if line.cells[at] == other.cells[at] or book.role == "log":
        return None
    districts = {tuple(one.cells[i] for i in sheet.column("district")) for one in (line, other)}
    if sheet.column("station") and len(districts) > 1:
        return None  # two areas of a name, which the oracle would add up
    line.cells[at] = other.cells[at]
    if not sheet.column("station") and len(districts) == 1:
        book.must_tell.append("two rows of a place")
    return f"{sheet.name} {other.cells[at]!r}"


def day_written_otherwise(book: Book, chance: random.Random) -> str | None:
    sheet, line = _data(book, chance)
    days = sheet.column("date")
    if not days or not isinstance(line.cells[days[0]], dt.date):
        return None
    day = line.cells[days[0]]
    assert isinstance(day, dt.date)
    serial = (day - dt.date(1899, 12, 30)).days
    same = [
        f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", f"{day:%Y-%m-%d}", f"{day:%d.%m.%Y}",
        f"{day:%Y/%m/%d}",
        day_in_words(day.isoformat()) if day.month in (4, 6, 11) else f"{day:%d %b %Y}",
        f"{day:%d %B %Y}", f"{day:%Y-%m-%d} 00:00:00", f"{day:%Y-%m-%dT%H:%M:%S}",
        dt.datetime(day.year, day.month, day.day, 7, 30), f"{day:%d/%m/%y}", serial, str(serial),
        f"{day:%Y%m%d}", f"{day:%B %d, %Y}",
    ]  # fmt: skip
    none = [None, "", "?", f"{day:%Y}", f"{day:%m/%Y}", "32/06/2018", "30 Februari 2018", "#VALUE!",
            "0000-00-00", "9999-12-31", -1, 1e10, f"{day:%m/%d}", "kemarin", True]  # fmt: skip
    new: object = chance.choice([*same, *none])
    if new in none:
        line.cells[days[0]] = new
        if book.role == "results":
            book.must_tell.append("no day")
    else:
        line.cells[days[0]] = Odd(new, day=day)
    return f"{day} -> {new!r}"


def type_changed(book: Book, chance: random.Random) -> str | None:
    sheet, line = _data(book, chance)
    types = sheet.column("type")
    if not types:
        return None
    new = chance.choice([None, "", "PILKADA", "Pemilu ", "pilpres", "x", "2018", 7, "{type}", "-"])
    line.cells[types[0]] = new
    return repr(new)


# Rows.


def row_doubled(book: Book, chance: random.Random) -> str | None:
    sheet, line = _data(book, chance)
    if book.role == "log":
        return None
    new = Line(list(line.cells))
    where = chance.choice([sheet.body.index(line) + 1, chance.randrange(len(sheet.body))])
    areas = sheet.column("area")
    nested = sheet.body[0].cells[1] and sheet.contest and len(sheet.columns) == 5
    if nested or not areas:
        where = sheet.body.index(line) + 1
    if chance.random() < 0.4:
        at = _figure(sheet, chance)
        if isinstance(new.cells[at], int):
            new.cells[at] += 1
    sheet.body.insert(where, new)
    book.must_tell.append("row doubled")
    return f"{sheet.name} {line.cells!r} to {where}"


def _forget_double(book: Book, sheet: Sheet, line: Line) -> None:
    """Ask for no word of a row that was doubled where one of the two goes again."""
    areas = sheet.column("area")
    twins = [
        other
        for other in sheet.body
        if other is not line
        and len(other.cells) == len(line.cells)
        and any(line.cells[at] and other.cells[at] == line.cells[at] for at in areas)
    ]
    if twins and "row doubled" in book.must_tell:
        book.must_tell.remove("row doubled")


def row_removed(book: Book, chance: random.Random) -> str | None:
    sheet, line = _data(book, chance)
    at = sheet.body.index(line)
    district = sheet.column("district")
    below = sheet.body[at + 1] if at + 1 < len(sheet.body) else None
    if district and line.cells[district[0]] and below and not below.cells[district[0]]:
        return None  # the row that names the kecamatan of those below
    sheet.body.remove(line)
    _forget_double(book, sheet, line)
    return f"{sheet.name} {line.cells!r}"


def row_emptied(book: Book, chance: random.Random) -> str | None:
    sheet, line = _data(book, chance)
    district = sheet.column("district")
    at = sheet.body.index(line)
    below = sheet.body[at + 1] if at + 1 < len(sheet.body) else None
    if district and line.cells[district[0]] and below and not below.cells[district[0]]:
        return None
    _forget_double(book, sheet, line)
    line.cells, line.kind = [None] * len(line.cells), "blank"
    return f"{sheet.name} {at}"


def row_moved(book: Book, chance: random.Random) -> str | None:
    sheet, line = _data(book, chance)
    if any(one.kind == "total" for one in sheet.body) and sheet.contest:
        return None  # nested: it would go to another kecamatan
    sheet.body.remove(line)
    last = sum(one.kind == "data" for one in sheet.body)
    sheet.body.insert(chance.randrange(last + 1), line)
    return sheet.name


def line_put_in(book: Book, chance: random.Random) -> str | None:
    """Put in a blank line, a remark, the header again, or the numbers of the columns."""
    sheet = _sheet(book, chance)
    width, where = len(sheet.columns), chance.randrange(len(sheet.body) + 1)
    kind = chance.randrange(6)
    cells: list[object] = [
        [None] * width,
        ["Sumber: KPU Kota Jambi", *[None] * (width - 1)],
        list(sheet.header[-1]),
        [*range(1, width + 1)],
        [f"({n})" for n in range(1, width + 1)],
        ["-"] * width,
    ][kind]
    where = 0 if kind in (3, 4) else where
    where = len(sheet.body) if kind == 1 else where
    sheet.body.insert(where, Line(cells, "blank"))
    return f"{sheet.name} kind {kind} at {where}"


def row_hidden(book: Book, chance: random.Random) -> str | None:
    sheet, line = _data(book, chance)
    line.hidden = True
    return sheet.name


def total_changed(book: Book, chance: random.Random) -> str | None:
    sheet = _sheet(book, chance)
    totals = [line for line in sheet.body if line.kind == "total"]
    if not totals:
        return None
    line, at = chance.choice(totals), _figure(sheet, chance)
    if not isinstance(line.cells[at], int):
        return None
    new = chance.choice([line.cells[at] + 100, line.cells[at] - 1, 0, line.cells[at] * 10])
    old, line.cells[at] = line.cells[at], new
    book.must_tell.append("total changed")
    return f"{sheet.name} {old} -> {new}"


def total_labelled(book: Book, chance: random.Random) -> str | None:
    sheet = _sheet(book, chance)
    totals = [line for line in sheet.body if line.kind == "total"]
    if not totals:
        return None
    line = chance.choice(totals)
    at = next(i for i, cell in enumerate(line.cells) if isinstance(cell, str))
    new = chance.choice(
        ["Jumlah", "Total", "T O T A L", "Grand Total", "JUMLAH TOTAL", "Jml", "KOTA JAMBI",
         "Jumlah Keseluruhan", None, "Rata-rata", "Sum", "TOTAL :", "Jumlah/Total"]
    )  # fmt: skip
    line.cells[at] = new
    return f"{sheet.name} {new!r}"


# Columns and headers.


def _each_line(sheet: Sheet) -> list[list[object]]:
    return [*sheet.header, *(line.cells for line in sheet.body)]


def header_replaced(book: Book, chance: random.Random) -> str | None:
    sheet = _sheet(book, chance)
    row = chance.choice(sheet.header)
    at = chance.randrange(len(row))
    new = chance.choice(
        [None, "", "Kolom", "DPTb", "DPK", "Suara Sah", "Jumlah", "%", "Partisipasi", "L", "2024",
         "Kode", "x" * 200, "{n}", "#REF!", "Pemilih", "Keterangan", 7, "DPT", "Pengguna Hak Pilih",
         "Kelurahan", "Kecamatan", "Tanggal", "Golput", "Tidak Menggunakan Hak Pilih", "NIK", "-",
         "Suara Tidak Sah", "Jumlah Penduduk", "Unnamed: 3", "Total"]
    )  # fmt: skip
    if new == row[at]:
        return None
    old, row[at] = row[at], new
    return f"{sheet.name} {old!r} -> {new!r}"


def header_said_otherwise(book: Book, chance: random.Random) -> str | None:
    sheet = _sheet(book, chance)
    row = chance.choice(sheet.header)
    at = chance.randrange(len(row))
    old = row[at]
    if not isinstance(old, str):
        return None
    row[at] = chance.choice(
        [old.upper(), old.lower(), f" {old} ", old.replace(" ", "\n"), old.replace(" ", "_"),
         f"{old}*", f"{old}:", f"{old} 1)", old.replace(" ", "\u00a0"), f"{old}\u200b",
         f"{old} ({at + 1})", f"\ufeff{old}"]
    )  # fmt: skip
    return f"{sheet.name} {old!r} -> {row[at]!r}"


def headers_swapped(book: Book, chance: random.Random) -> str | None:
    sheet = _sheet(book, chance)
    row = sheet.header[-1]
    one, other = (chance.randrange(len(row)) for _ in range(2))
    if row[one] == row[other]:
        return None
    row[one], row[other] = row[other], row[one]
    return f"{sheet.name} {row[one]!r} and {row[other]!r}"


def header_lost(book: Book, chance: random.Random) -> str | None:
    sheet = _sheet(book, chance)
    if not sheet.header:
        return None
    del sheet.header[chance.randrange(len(sheet.header))]
    return f"{sheet.name}"


def column_moved(book: Book, chance: random.Random) -> str | None:
    sheet = _sheet(book, chance)
    if len(sheet.header) > 1:
        return None
    at, to = (chance.randrange(len(sheet.columns)) for _ in range(2))
    for cells in [sheet.columns, *_each_line(sheet)]:
        if len(cells) == len(sheet.columns) or cells is sheet.columns:
            cells.insert(to, cells.pop(at))
    return f"{sheet.name} {at} to {to}"


def column_lost(book: Book, chance: random.Random) -> str | None:
    sheet = _sheet(book, chance)
    at = chance.randrange(len(sheet.columns))
    if any(row[at] is not None for row in sheet.header[:-1]):
        return None  # it would take the header of those beside it along
    lost = sheet.columns[at]
    for cells in _each_line(sheet):
        if at < len(cells):
            del cells[at]
    del sheet.columns[at]
    if at < len(sheet.columns) and sheet.columns[at].means == "copy":
        sheet.columns[at], lost = lost, Column("copy")
    if lost.means == "copy":
        _told_once(book, "two columns of a figure")
    elif lost.means in ("area", *FIGURES[:2]) and not (
        _twins(book, sheet) and _told_once(book, "sheet doubled")
    ):
        book.must_tell.append("column lost")
    return f"{sheet.name} {lost.means}"


def _told_once(book: Book, doubled: str) -> bool:
    """Whether something was told twice, of which only one is left now: the file is whole."""
    if doubled not in book.must_tell:
        return False
    book.must_tell.remove(doubled)
    return True


def _twins(book: Book, sheet: Sheet) -> bool:
    """Whether another sheet is its copy, or what it is a copy of."""
    others = {one.name for one in book.sheets if one is not sheet}
    return _copied(sheet.name) in others or any(_copied(name) == sheet.name for name in others)


def _copied(name: str) -> str:
    return f"{name[:20]} (2)"


def column_doubled(book: Book, chance: random.Random) -> str | None:
    sheet = _sheet(book, chance)
    at, change = chance.randrange(len(sheet.columns)), chance.random() < 0.5
    for cells in _each_line(sheet):
        if at < len(cells):
            cell = cells[at]
            other = cell + 7 if change and isinstance(cell, int) else cell
            cells.insert(at + 1, other)
    sheet.columns.insert(at + 1, Column("copy"))
    if change and sheet.columns[at].means in FIGURES and book.role != "log":
        book.must_tell.append("two columns of a figure")
    return f"{sheet.name} {at} {'changed' if change else 'alike'}"


def column_put_in(book: Book, chance: random.Random) -> str | None:
    sheet = _sheet(book, chance)
    at = chance.randrange(len(sheet.columns) + 1)
    name, value = chance.choice(
        [(None, None), ("Keterangan", "-"), ("No", 1), ("Suara Sah", 5), ("%", 0.65), ("%", "65%"),
         ("Partisipasi", 65.5), ("Golput", 200), ("DPTb", 12), ("Catatan", "x\x07y"), (None, 5)]
    )  # fmt: skip
    top = len(sheet.header) - 1
    for number, cells in enumerate(_each_line(sheet)):
        if at <= len(cells):
            cells.insert(at, name if number == top else None if number < top else value)
    sheet.columns.insert(at, Column("own"))
    return f"{sheet.name} {name!r} of {value!r} at {at}"


def column_hidden(book: Book, chance: random.Random) -> str | None:
    sheet = _sheet(book, chance)
    sheet.hidden_columns.add(chance.randrange(len(sheet.columns)))
    return sheet.name


# Sheets.


def titles_changed(book: Book, chance: random.Random) -> str | None:
    sheet = _sheet(book, chance)
    kind = chance.randrange(4)
    if kind == 0 and sheet.titles:
        lost = sheet.titles.pop(chance.randrange(len(sheet.titles)))
        return f"{sheet.name} lost {lost!r}"
    new = [
        "PEMERINTAH KOTA JAMBI",
        "",
        "Lampiran III",
        "Dicetak 3 Januari 2025",
        "Halaman 1 dari 2",
    ]
    sheet.titles.insert(chance.randrange(len(sheet.titles) + 1), chance.choice(new))
    return f"{sheet.name} {sheet.titles!r}"


def sheet_renamed(book: Book, chance: random.Random) -> str | None:
    sheet = _sheet(book, chance)
    old, sheet.name = sheet.name, chance.choice(["Sheet1", "Data (2)", "DPT", "x", "Rekap KOTA"])
    if len({one.name for one in book.sheets}) < len(book.sheets):
        sheet.name = old
        return None
    return f"{old} -> {sheet.name}"


def sheet_added(book: Book, chance: random.Random) -> str | None:
    kind = chance.randrange(3)
    if kind == 0:
        new = Sheet("Petunjuk", [], [], [Line(["Isi kolom DPT dengan jumlah pemilih"], "blank")])
    elif kind == 1:
        new = Sheet("Kosong", [], [], [])
    else:
        new = copy.deepcopy(chance.choice(book.sheets))
        new.name = _copied(new.name)
        if new.name in {one.name for one in book.sheets}:
            return None
        book.must_tell.append("sheet doubled")
    book.sheets.insert(chance.randrange(len(book.sheets) + 1), new)
    return new.name


def role_swapped(book: Book, chance: random.Random) -> str | None:
    others = {"results": ["roll", "log", "count"], "roll": ["results", "log", "count"]}
    book.role = chance.choice(others.get(book.role, ["results", "roll"]))
    book.done.append("swapped")
    return f"given as {book.role}"


def _sheet(book: Book, chance: random.Random) -> Sheet:
    return chance.choice([sheet for sheet in book.sheets if sheet.columns])


def _data(book: Book, chance: random.Random) -> tuple[Sheet, Line]:
    sheets = [sheet for sheet in book.sheets if any(one.kind == "data" for one in sheet.body)]
    return _data_of(chance.choice(sheets), chance)


def _data_of(sheet: Sheet, chance: random.Random) -> tuple[Sheet, Line]:
    return sheet, chance.choice([line for line in sheet.body if line.kind == "data"])


def _figure(sheet: Sheet, chance: random.Random) -> int:
    return chance.choice(sheet.column(*FIGURES))


MUTATIONS: list[Mutation] = [
    *[figure_written_otherwise] * 8, *[column_written_otherwise] * 2, figures_swapped,
    *[name_changed] * 2, name_blanked, name_of_another, *[day_written_otherwise] * 2, type_changed,
    *[row_doubled] * 2, row_removed, row_emptied, row_moved, *[line_put_in] * 2, row_hidden,
    *[total_changed] * 2, total_labelled, *[header_replaced] * 3, header_said_otherwise,
    headers_swapped, header_lost, column_moved, *[column_lost] * 2, *[column_doubled] * 2,
    *[column_put_in] * 2, column_hidden, titles_changed, sheet_renamed, sheet_added, role_swapped,
]  # fmt: skip
