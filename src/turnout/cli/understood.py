"""What was understood of a file, said before what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from turnout.cli.fit import scale_of_rows
from turnout.escaping import label
from turnout.identity.keys import numbers_of_places
from turnout.language import Language, Text, count, day, listing, percent
from turnout.outreach_kinds import label_of
from turnout.reading import Reading
from turnout.reading.headers.aliases import RESULTS
from turnout.reading.headers.wording import column
from turnout.rules.draft import Read
from turnout.schema import RESULTS_COLUMNS, SCALE_WORDS, SCALES, parts_of_counts

if TYPE_CHECKING:
    from rich.table import Table

_MOST_CONTESTS = 30
_IN_ANY_TABLE = {"date": Text(en="date", id="tanggal"), "kind": Text(en="kind", id="jenis")}
"""Words that hold for results and for logs of activities."""


def headers_read(reading: Reading, lang: Language) -> list[str]:
    """Return what was read as which column, file by file: headers, titles, names of sheets.

    Nothing of what is called as the column itself.
    """
    files = list(dict.fromkeys(one.file for one in reading.understood))
    lines = []
    for file in files:
        sheets = [one for one in reading.understood if one.file == file]
        where = f" ({file})" if len(files) > 1 else ""
        for text, every in (
            (_COLUMNS_READ, [one.columns for one in sheets]),
            (_TITLES_READ, [one.titles for one in sheets]),
            (_NAMES_READ, [one.names for one in sheets]),
        ):
            if pairs := _pairs(every, lang):
                lines.append(text.say(lang, where=where, pairs=pairs))
    return lines


def _pairs(every: Sequence[Read], lang: Language) -> str:
    """Return what is written, each with the columns that it was read as; of many the first."""
    read: dict[str, list[str]] = {}
    for one in every:
        for written, names in one.items():
            known = read.setdefault(written, [])
            known += [told for name in names if (told := _called(name, lang)) not in known]
    pairs = [f"{label(written)} → {', '.join(names)}" for written, names in read.items()]
    more = len(pairs) - _MOST_PAIRS
    return "; ".join(pairs[:_MOST_PAIRS]) + (_MORE.say(lang, n=more) if more > 0 else "")


_MOST_PAIRS = 12


def columns_not_used(reading: Reading, role: str, lang: Language) -> str:
    """Return the headers of columns that nothing is read from; blank where there are none."""
    from turnout.cli.files import VOCABULARIES

    vocabulary = VOCABULARIES.get(role, RESULTS)  # a count has their columns
    known = {*vocabulary.names, *(RESULTS_COLUMNS if vocabulary is RESULTS else ())}
    own = [name for name in reading.headers if name not in known and not parts_of_counts([name])]
    return _NOT_USED.say(lang, headers=[reading.headers[name] for name in own]) if own else ""


def kinds_read(table: pd.DataFrame, lang: Language) -> str:
    """Return which activities of a log were read as which kind; blank where all go by its name."""
    if "kind_written" not in table:
        return ""
    renamed = table[table["kind_written"].notna()].groupby("kind", sort=False)["kind_written"]
    pairs = [
        f"{listing(list(names.unique()), lang)} → {label_of(str(kind), lang)}"
        for kind, names in renamed
    ]
    return _KINDS.say(lang, pairs="; ".join(pairs)) if pairs else ""


def _called(name: str, lang: Language) -> str:
    """Return a column by its name, which is English; else behind what it holds in words."""
    word = _IN_ANY_TABLE.get(name) or column(name)
    return name if lang == "en" or isinstance(word, str) else f"{word.say(lang)} ({name})"


def scales_read(table: pd.DataFrame, lang: Language, used: int = 0) -> str:
    """Return how many places of each scale a table names, and the totals among its rows.

    So many totals of no named place were used up (`used`): they are rows of the file, too.
    """
    if table.empty:
        return ""
    scale = scale_of_rows(table)
    finest = _finest(scale)
    if not finest:
        return ""
    named = [name for name in SCALES if name in table and table[name].notna().any()]
    told = [f"{SCALE_WORDS[name].say(lang)} {count(_places(table, name), lang)}" for name in named]
    totals = [
        f"{SCALE_WORDS[name].say(lang)} {count((scale == name).sum(), lang)}"
        for name in named
        if name != finest and (scale == name).any()
    ]
    if used:
        totals.append(f"{_OF_ALL.say(lang)} {count(used, lang)}")
    said = _SCALES.say(lang, scales=", ".join(told))
    return f"{said} {_TOTALS.say(lang, totals=', '.join(totals))}" if totals else said


def _places(table: pd.DataFrame, name: str) -> int:
    """Count the places of a scale, as they are matched."""
    finer = SCALES[: SCALES.index(name)]
    blank = [*finer, *(["area_id"] if finer else [])]
    rows = table[table[name].notna()].assign(**dict.fromkeys(blank))
    return int(numbers_of_places([rows])[0].max()) + 1


def contests_read(table: pd.DataFrame, lang: Language) -> Table | None:
    """Return the contests of a results table for the terminal, the newest last.

    The scale of their places is named where they differ in it; else `scales_read` tells it.
    """
    from rich import box
    from rich.table import Table

    if table.empty:
        return None
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    for number, title in enumerate(_COLUMNS):
        justify: Literal["left", "right"] = "left" if number < 3 else "right"
        wide = _WIDTHS[number]
        look: dict[str, Any] = {"justify": justify, "overflow": "fold", "min_width": wide}
        # A count and its unit stay on one line.
        shown.add_column(title.say(lang), no_wrap=title is _PLACES, **look)
    scale = scale_of_rows(table)
    groups = [rows for _, rows in table.groupby(["date", "election"], sort=True)]
    finest_ones = {_finest(scale[rows.index]) for rows in groups}
    for rows in groups[-_MOST_CONTESTS:]:
        date, named = rows["date"].iloc[0].date(), str(rows["election"].iloc[0])
        own = scale[rows.index]
        finest = _finest(own)
        of = f" {SCALE_WORDS[finest].say(lang)}" if len(finest_ones) > 1 and finest else ""
        parts = rows[own == finest]
        both = parts[parts["registered"].notna() & parts["voters"].notna()]
        registered, voters = both["registered"].sum(), both["voters"].sum()
        shown.add_row(
            day(date, lang),
            str(rows["election_type"].iloc[0]),
            "" if named.startswith(date.isoformat()) else named,
            f"{count(len(parts), lang)}{of}" if finest else "",
            count(registered, lang),
            count(voters, lang),
            percent(voters / registered, lang, 1) if registered else "-",
        )
    return shown


def _finest(scale: pd.Series[str]) -> str:
    """Return the finest scale of some rows; blank where they are of none."""
    return next((name for name in SCALES if (scale == name).any()), "")


_COLUMNS_READ = Text(
    en="Columns understood{where}: {pairs}.", id="Kolom yang dipahami{where}: {pairs}."
)
_TITLES_READ = Text(
    en="Titles understood{where}: {pairs}.", id="Baris judul yang dipahami{where}: {pairs}."
)
_NAMES_READ = Text(
    en="Names of sheets understood{where}: {pairs}.",
    id="Nama lembar yang dipahami{where}: {pairs}.",
)
_MORE = Text(en="; and {n:count} more", id="; dan {n:count} lainnya")
_KINDS = Text(en="Activities: {pairs}", id="Kegiatan: {pairs}")
_NOT_USED = Text(
    en="Columns not used: {headers:list9}.", id="Kolom tidak dipakai: {headers:list9}."
)
_SCALES = Text(en="Places: {scales}.", id="Wilayah: {scales}.")
_OF_ALL = Text(en="of all", id="keseluruhan")
_TOTALS = Text(en="Rows of totals: {totals}.", id="Baris jumlah: {totals}.")
_PLACES = Text(en="Places", id="Wilayah")
_COLUMNS = (
    Text(en="Polling day", id="Hari pemungutan suara"),
    Text(en="Type", id="Jenis"),
    Text(en="Label", id="Nama"),
    _PLACES,
    Text(en="Registered", id="Terdaftar"),
    Text(en="Voters", id="Pengguna hak pilih"),
    Text(en="Turnout", id="Partisipasi"),
)
_WIDTHS = (None, None, None, None, 9, 8, 11)
"""Letters that a column has at least: figures are never broken, nor cut."""
