"""What is wrong with the headers of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from turnout.errors import Finding, Spot
from turnout.language import Text, listing
from turnout.reading.files.cells import as_text
from turnout.reading.files.sheets import Grid
from turnout.reading.headers.aliases import STATION, Vocabulary
from turnout.reading.headers.match import Header, words
from turnout.reading.layouts.tables import Table, Told


def complain_of_headers(table: Table, columns: Mapping[str, str] | None) -> list[Finding]:
    """Return everything wrong with a table's headers; values of personal data are never told."""
    return [
        *_personal(table),
        *_questions(table),
        *_doubled(table),
        *_nameless(table),
        *_longer(table),
        *_unknown(table, columns or {}),
    ]


def complain_of_missing(
    names: Iterable[str], headers: Iterable[str], vocabulary: Vocabulary, spot: Spot
) -> list[Finding]:
    """Return one finding for all needed columns that are neither there nor told, if any."""
    held = set(names)
    missing = [group for group in vocabulary.needed if not held & set(group)]
    if not missing:
        return []
    once = {"date", "election_type"} & {group[0] for group in missing}
    values = {
        "names": "; ".join("/".join(group) for group in missing),
        "first": missing[0][0],
        "found": ", ".join(header for header in headers if header),
    }
    remedy = _TELL_ONCE if once else _RENAME
    return [Finding("missing_column", "error", _MISSING, remedy, spot, values)]


def asked_about(table: Table) -> set[str]:
    """Return the columns that questions are about, so that nothing is told twice."""
    return {name for h in table.headers if h.meaning == "question" for name in h.names}


def doubt_date_in_title(told: Mapping[str, Told], spot: Spot) -> list[Finding]:
    """Return a warning where the polling day is read from a title, which may tell other days."""
    date = told.get("date")
    if date is None or not date.in_title:
        return []
    spot = replace(spot, row=date.row, value=date.label)
    return [Finding("date_in_title", "warning", _IN_TITLE, _SAY_SO, spot, {"day": date.value})]


def complain_of_private(grids: Sequence[Grid], told: Sequence[Finding]) -> list[Finding]:
    """Return what holds numbers of persons in each sheet of which nothing is told yet.

    Parameters
    ----------
    grids
        The sheets, those from which nothing is read among them.
    told
        What was found in their headers.
    """
    known = {(f.spot.file, f.spot.sheet) for f in told if f.rule == "personal_data"}
    findings = []
    for grid in grids:
        if not grid.private or (grid.file, grid.sheet) in known:
            continue
        rows = list(dict.fromkeys(str(row) for rows in grid.private.values() for row in rows))
        values = {"n": sum(map(len, grid.private.values())), "rows": listing(rows, "en")}
        spot = Spot(grid.file, grid.sheet)
        findings.append(Finding("personal_data", "error", _PRIVATE, _REMOVE_CELLS, spot, values))
    return findings


def _personal(table: Table) -> list[Finding]:
    return [
        Finding(
            "personal_data",
            "error",
            _PERSONAL,
            _REMOVE,
            Spot(table.grid.file, table.grid.sheet, column=header.written),
        )
        for header in table.headers
        if header.meaning == "personal"
    ]


def _questions(table: Table) -> list[Finding]:
    findings = []
    for header in table.headers:
        if header.meaning != "question":
            continue
        values = {
            "header": header.written,
            "names": ", ".join(header.names),
            "first": header.names[1 if header.names[0] == STATION else 0],
        }
        spot = Spot(table.grid.file, table.grid.sheet, column=header.written)
        findings.append(Finding("ambiguous_header", "error", _AMBIGUOUS, _CHOOSE, spot, values))
    return findings


def _doubled(table: Table) -> list[Finding]:
    groups: dict[tuple[object, ...], list[Header]] = {}
    for header in table.headers:
        if header.meaning == "column":
            groups.setdefault((header.names[0], header.contest), []).append(header)
    return [
        Finding(
            "doubled_column",
            "error",
            _DOUBLED,
            _RENAME_ONE,
            Spot(table.grid.file, table.grid.sheet, column=headers[0].written),
            {"headers": ", ".join(h.written for h in headers), "name": headers[0].names[0]},
        )
        for headers in groups.values()
        if len(headers) > 1
    ]


def _nameless(table: Table) -> list[Finding]:
    """Return a warning for each column with something in it but no header."""
    findings = []
    for position, header in enumerate(table.headers):
        if header.meaning != "blank":
            continue
        filled = int(table.cells.iloc[:, position].map(as_text).ne("").sum())
        if filled:
            spot = Spot(table.grid.file, table.grid.sheet)
            values = {"position": position + 1, "n": filled}
            findings.append(Finding("nameless_column", "warning", _NAMELESS, _NAME, spot, values))
    return findings


def _longer(table: Table) -> list[Finding]:
    return [
        Finding(
            "row_longer_than_header",
            "error",
            _LONGER,
            _QUOTE,
            Spot(table.grid.file, table.grid.sheet, row=row),
            {"width": len(table.headers)},
        )
        for row in table.longer
    ]


def _unknown(table: Table, columns: Mapping[str, str]) -> list[Finding]:
    spot = Spot(table.grid.file, table.grid.sheet)
    found = [header.written for header in table.headers]
    there = {words(header) for header in found}
    return [
        Finding(
            "unknown_header",
            "error",
            _UNKNOWN,
            _SPELL,
            spot,
            {"header": header, "found": ", ".join(filter(None, found))},
        )
        for header in columns
        if words(header) not in there
    ]


_MISSING = Text(
    en="needed columns are missing: {names} (found: {found}).",
    id="kolom yang diperlukan tidak ada: {names} (yang ada: {found}).",
)
_RENAME = Text(
    en="If another column holds it, rename that column or tell "
    'columns={{"its header": "{first}"}}.',
    id='Bila kolom lain memuatnya, ganti judulnya atau sebutkan columns={{"judulnya": "{first}"}}.',
)
_TELL_ONCE = Text(
    en='If other columns hold them, rename those or tell columns={{"its header": "{first}"}}; '
    "polling day and type can also stand once above the table: 'Tanggal: 27 November 2024', "
    "'Jenis pemilihan: pilkada'.",
    id="Bila kolom lain memuatnya, ganti judulnya atau sebutkan "
    'columns={{"judulnya": "{first}"}}; hari dan jenis pemilihan cukup ditulis sekali di atas '
    "tabel: 'Tanggal: 27 November 2024', 'Jenis pemilihan: pilkada'.",
)
_IN_TITLE = Text(
    en="{day:day} is taken for the polling day, for lack of a column.",
    id="{day:day} dianggap hari pemungutan suara, karena kolomnya tidak ada.",
)
_SAY_SO = Text(
    en="If that is wrong, write 'Tanggal: 27 November 2024' on a line above the table.",
    id="Bila keliru, tulis 'Tanggal: 27 November 2024' pada satu baris di atas tabel.",
)
_PERSONAL = Text(
    en="a column of personal data; nothing was read from it.",
    id="kolom data pribadi; isinya tidak dibaca.",
)
_REMOVE = Text(
    en="Delete the column: counts per area are all that is needed.",
    id="Hapus kolomnya: yang diperlukan hanya jumlah per wilayah.",
)
_PRIVATE = Text(
    en="{n:count:cell holds a number:cells hold numbers} of a person (identity card, telephone or "
    "e-mail); rows: {rows}.",
    id="{n:count} sel memuat nomor pribadi seseorang (NIK, telepon, atau surel); baris: {rows}.",
)
_REMOVE_CELLS = Text(
    en="Delete them: counts per area are all that is needed.",
    id="Hapus isinya: yang diperlukan hanya jumlah per wilayah.",
)
_AMBIGUOUS = Text(
    en="the header can mean several columns: {names}.",
    id="judul kolom ini bisa berarti beberapa kolom: {names}.",
)
_CHOOSE = Text(
    en='Rename it to the one that is meant, or tell columns={{"{header}": "{first}"}}; another '
    "name keeps it as a column of your own.",
    id='Ganti dengan yang dimaksud, atau sebutkan columns={{"{header}": "{first}"}}; nama lain '
    "menjadikannya kolom tambahan.",
)
_DOUBLED = Text(
    en="several headers name the column {name}: {headers}.",
    id="beberapa judul menyebut kolom {name}: {headers}.",
)
_RENAME_ONE = Text(
    en='Rename all but one, or tell columns={{"header": "{name}"}} for the right one.',
    id='Ganti nama yang lain, atau sebutkan columns={{"judul": "{name}"}} untuk yang benar.',
)
_NAMELESS = Text(
    en="column {position} has {n:count} cell(s) but no header and is left out.",
    id="kolom ke-{position} berisi {n:count} sel tetapi tanpa judul, sehingga tidak dibaca.",
)
_NAME = Text(en="Give it a header if it matters.", id="Beri judul bila diperlukan.")
_LONGER = Text(
    en="the row is longer than the header of {width:count} columns.",
    id="baris ini lebih panjang daripada judul yang berisi {width:count} kolom.",
)
_QUOTE = Text(
    en="Look for a number with a comma, such as 1,026, or a name with one; put it in quotation "
    "marks or save the file with semicolons.",
    id="Periksa angka berkoma seperti 1,026 atau nama berkoma; beri tanda kutip atau simpan berkas "
    "dengan titik koma.",
)
_UNKNOWN = Text(
    en="columns= names the header '{header}', which is not there (found: {found}).",
    id="columns= menyebut judul '{header}' yang tidak ada (yang ada: {found}).",
)
_SPELL = Text(en="Correct its spelling.", id="Perbaiki ejaannya.")
