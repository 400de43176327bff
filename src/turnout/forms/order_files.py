"""order.csv and order.xlsx, and what is said of an order form."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from turnout.forms.columns import ORDER
from turnout.forms.order import BY_LAW, ORDER_COLUMNS
from turnout.language import Language, Text
from turnout.output.files import write_bytes
from turnout.output.tables import read_table, write_table
from turnout.output.workbook import Book
from turnout.report.sheets import Sheet, add_sheet, explanation
from turnout.report.workbook.columns import EXPLANATION_COLUMNS
from turnout.report.workbook.write import TITLES
from turnout.schema import PLACE_COLUMNS

_MOST_ROWS = 100_000


def write_order(order: pd.DataFrame, folder: Path, lang: Language) -> None:
    """Write order.csv and order.xlsx, a sheet per scale; those of very many places are left out."""
    whole = dict.fromkeys(("registered", "voters", "reserve", "ballots", "stations"), "Int64")
    rounded = order.round(6)
    rounded["registered"] = rounded["registered"].round()
    write_table(rounded.astype(whole), folder / "order.csv")
    sheets = [
        Sheet(TITLES[str(scale)], ORDER, _worded(rows, lang), fixed=2)
        for scale, rows in order.groupby("scale", sort=False)
        if len(rows) <= _MOST_ROWS
    ]
    book = Book()
    for sheet in sheets:
        add_sheet(book, sheet, lang)
    add_sheet(book, Sheet(_COLUMNS, EXPLANATION_COLUMNS, explanation(sheets, lang)), lang)
    write_bytes(book.content(), folder / "order.xlsx")


def read_order(folder: Path) -> pd.DataFrame | None:
    """Return the order form in a folder; None where there is none, or it was changed by hand."""
    path = folder / "order.csv"
    if not path.is_file():
        return None
    table = read_table(path, texts=["scale", *PLACE_COLUMNS, "area_id", "rule"])
    return table if set(ORDER_COLUMNS) <= set(table) and len(table) else None


def say_order(order: pd.DataFrame, lang: Language) -> str:
    """Return in words what to be ready for in the whole."""
    top = order[order["scale"] == order["scale"].iloc[0]]
    return "\n".join(
        (_LAW if row["rule"] == BY_LAW else _LEVEL).say(lang, **row.to_dict())
        for _, row in top.drop_duplicates("rule").iterrows()
    )


def say_scored_order(scored: pd.DataFrame, lang: Language) -> str:
    """Return in how many of the finest places each rule ran short, and how many were expected."""
    finest = scored[scored["scale"] == scored["scale"].iloc[-1]]
    return "\n".join(
        _SCORED.say(
            lang,
            rule=_BY_LAW.say(lang) if rule == BY_LAW else rule,
            short=int(rows["ran_short"].sum()),
            n=len(rows),
            expected=float(rows["prob_short"].sum()),
            voters=float(rows["short"].sum()),
            left=float(rows["left_over"].sum()),
        )
        for rule, rows in finest.groupby("rule", sort=False)
    )


def _worded(table: pd.DataFrame, lang: Language) -> pd.DataFrame:
    words = table["rule"].map(lambda rule: _BY_LAW.say(lang) if rule == BY_LAW else rule)
    return table.assign(rule=words)


_BY_LAW = Text(en="whole roll", id="seluruh DPT")
_COLUMNS = Text(en="Columns", id="Keterangan kolom")
_LEVEL = Text(
    en="With {rule} probability no more than {voters:count} voters; with a reserve of "
    "{reserve:count}: {ballots:count} ballots. On average {shortage:count} ballots short, "
    "{waste:count} ballots left over.",
    id="Dengan peluang {rule}, pengguna hak pilih tidak lebih dari {voters:count} orang; dengan "
    "cadangan {reserve:count} lembar: {ballots:count} surat suara. Rata-rata kurang "
    "{shortage:count} surat suara dan tersisa {waste:count} surat suara.",
)
_LAW = Text(
    en="For the whole roll: {ballots:count} ballots with the reserve; on average {waste:count} "
    "ballots left over.",
    id="Untuk seluruh DPT: {ballots:count} surat suara termasuk cadangan; rata-rata tersisa "
    "{waste:count} surat suara.",
)
_SCORED = Text(
    en="Order form, {rule}: {short:count} of {n:count} places ran short (expected "
    "{expected:amount}), by {voters:count} ballots in all; {left:count} ballots left over, added "
    "up over the places.",
    id="Formulir pesanan, {rule}: {short:count} dari {n:count} wilayah kekurangan (perkiraan "
    "{expected:amount} wilayah), seluruhnya {voters:count} surat suara; tersisa {left:count} surat "
    "suara, dijumlahkan dari semua wilayah.",
)
