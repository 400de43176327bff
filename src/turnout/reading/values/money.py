"""Amounts of money as people write them: *Rp 1.750.000,-*, *€ 250,00*, *IDR 90,000*."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from turnout.reading.files.cells import Distinct, as_text

_CURRENCIES = {
    "rp": "IDR", "rp.": "IDR", "idr": "IDR", "€": "EUR", "eur": "EUR", "euro": "EUR", "$": "USD",
    "us$": "USD", "usd": "USD", "£": "GBP", "gbp": "GBP", "rm": "MYR", "myr": "MYR", "r$": "BRL",
    "brl": "BRL", "chf": "CHF", "fr.": "CHF", "s$": "SGD", "sgd": "SGD",
}  # fmt: skip
_MARK = "|".join(re.escape(mark) for mark in sorted(_CURRENCIES, key=len, reverse=True))
_AMOUNT = re.compile(
    rf"(?P<minus>[-−]?)\s*(?P<before>{_MARK})?\s*(?P<figure>[-−]?\d[\d\s.,'’]*?)"
    rf"(?:[.,](?:--?|–|—))?\s*(?P<after>{_MARK})?",
    re.IGNORECASE,
)


def without_currency(cells: pd.Series[Any], distinct: Distinct) -> pd.Series[Any]:
    """Return a column of money without the marks of its currency.

    Where a column names several currencies the cells keep them: such amounts do not add up.

    >>> column = pd.Series(["Rp 1.750.000,-", "Rp250.000", 90000])
    >>> without_currency(column, Distinct.of(column)).tolist()
    ['1.750.000', '250.000', 90000]
    """
    bare: dict[Any, str] = {}
    named: set[str] = set()
    for cell in (cell for cell in distinct.cells if isinstance(cell, str)):
        found = _AMOUNT.fullmatch(as_text(cell))
        if found is None:
            continue
        marks = {mark.casefold() for mark in found.group("before", "after") if mark}
        named |= {_CURRENCIES[mark] for mark in marks}
        bare[cell] = found["minus"] + found["figure"].strip()
    if len(named) > 1:
        return cells
    told = distinct.each(lambda cell: bare.get(cell, cell) if isinstance(cell, str) else cell)
    return pd.Series(told, index=cells.index, dtype="object")
