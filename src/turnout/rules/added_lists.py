"""Voters of a count whom not even the lists of added voters explain."""

from __future__ import annotations

import re

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import place_names
from turnout.rules.rule import Rule
from turnout.schema import PLACE_COLUMNS

_MOVED = re.compile(r"(?:(?:jumlah|pemilih|dalam|terdaftar)\s+)*(?:dptb|dpph)", re.IGNORECASE)
_OTHERS = re.compile(r"(?:(?:jumlah|pemilih|dalam|terdaftar)\s+)*(?:dpk|dpktb)", re.IGNORECASE)

ABOVE_ALL_LISTS = Rule(
    "voters_above_all_lists",
    "error",
    Text(
        en="{voters:count} voters in {place}, but {columns} hold {all:count} together: "
        "{beyond:count} more than could vote.",
        id="{voters:count} pengguna hak pilih di {place}, padahal {columns} seluruhnya "
        "{all:count}: lebih {beyond:count} dari yang dapat memilih.",
    ),
    Text(
        en="Correct the figure that is wrong by the form of the place. Until then leave the row "
        "out (--drop-bad-rows).",
        id="Perbaiki angka yang salah sesuai formulir wilayahnya. Sebelum itu, sisihkan barisnya "
        "(--drop-bad-rows).",
    ),
)


def check_added_lists(draft: Draft) -> list[Finding]:
    """Find rows with more voters than registered on the fixed and all added lists together.

    Nobody votes who is on none: of those who moved (DPTb, DPPh) and of those who came with an
    identity card (DPK, DPKTb) the table must tell, else they may explain the voters.

    Parameters
    ----------
    draft
        Rows with registered and voters.

    Examples
    --------
    >>> count = pd.DataFrame({"area": ["A", "B"], "registered": [100, 100], "voters": [130, 131],
    ...                       "DPTb": [10, 10], "DPK": [20, 20]})
    >>> [one.values["place"] for one in check_added_lists(Draft.of_table(count))]
    ['B']
    >>> check_added_lists(Draft.of_table(count.drop(columns="DPK")))
    []
    """
    table = draft.table
    added = [_named(table, one) for one in (_MOVED, _OTHERS)]
    if not all(added):
        return []
    beside = [name for names in added for name in names]
    lists = table[beside].apply(pd.to_numeric, errors="coerce")
    everyone = table["registered"] + lists.sum(axis=1)
    # Of stations that were added up, columns of the user's own are not.
    told = lists.notna().all(axis=1) & draft.origin.reindex(columns=["stations"])["stations"].isna()
    wrong = table.index[(table["voters"] > everyone) & told]
    fixed = draft.headers.get("registered", "registered")
    values = pd.DataFrame(
        {
            "place": place_names(table.loc[wrong].reindex(columns=list(PLACE_COLUMNS))),
            "voters": table.loc[wrong, "voters"],
            "columns": " + ".join([fixed, *beside]),
            "all": everyone[wrong],
            "beyond": (table["voters"] - everyone)[wrong],
        }
    )
    return ABOVE_ALL_LISTS.at(draft, wrong, "voters", values)


def _named(table: pd.DataFrame, pattern: re.Pattern[str]) -> list[str]:
    return [str(name) for name in table if pattern.fullmatch(str(name).strip())]
