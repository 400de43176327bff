"""Voters that were entered a row too low or too high: those of many places, for one cause.

Turnout of neighbours differs far less than their size. So in rows whose voters fit the registered
of the row above, and not their own, a cell was put in or left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.misplaced import Misplaced
from turnout.rules.rule import Rule

SHIFTED = Rule(
    "voters_shifted",
    "warning",
    Text(
        en="rows {first} to {last} ({contest:contest}) each have the voters of the row {side}: "
        "their turnout runs from {low:percent} to {high:percent}, and with the registered of that "
        "row from {fit_low:percent} to {fit_high:percent}.",
        id="pengguna hak pilih pada baris {first} sampai {last} ({contest:contest}) masing-masing "
        "milik baris {side}: partisipasinya {low:percent} sampai {high:percent}, sedangkan bila "
        "dibagi DPT baris itu {fit_low:percent} sampai {fit_high:percent}.",
    ),
    Text(
        en="Move the voters of these rows back by one row, and look at both ends in the source "
        "document: one figure is missing, or too many.",
        id="Geser kembali angka pengguna hak pilih pada baris-baris itu satu baris, lalu periksa "
        "kedua ujungnya di dokumen sumber: ada angka yang terlewat atau berlebih.",
    ),
)
_ABOVE = Text(en="above", id="di atasnya")
_BELOW = Text(en="below", id="di bawahnya")

_SPREAD = 0.05
"""Standard deviation of the log of turnout, at least."""
_MOST = 8.0
"""What one row tells for or against, at most (logs): it may have another fault."""
_STRONG, _ROWS = 2.0, 4
"""So many rows must each tell so much."""
_LEFT = 0.5
"""Share of the spread of a block's turnout that may be left by the registered beside its rows."""
_SURE = 20.0
"""What all rows together must tell (logs)."""


def check_shifted(draft: Draft) -> list[Misplaced]:
    """Find rows, one below the other, whose voters fit the registered of the row above, or below.

    Parameters
    ----------
    draft
        The described rows.

    Examples
    --------
    >>> sizes = [400, 900, 2500, 700, 1600, 3100, 500, 1200, 2100, 800]
    >>> rows = pd.DataFrame({"contest": "x", "scale": "area", "registered": sizes})
    >>> rows["voters"] = [0.7 * n for n in [*sizes[:3], *sizes[2:8], *sizes[9:]]]
    >>> [one] = check_shifted(Draft.of_table(rows))
    >>> list(one.rows)
    [3, 4, 5, 6, 7, 8]
    """
    table = draft.table
    usable = (table["registered"] > 0) & (table["voters"] > 0) & (table["scale"] == "area")
    rows = table.loc[usable, ["contest", "registered", "voters"]]
    if len(rows) <= _ROWS:
        return []
    origin = draft.origin.loc[rows.index]
    tables = [pd.factorize(rows["contest"])[0], origin["file"], origin["sheet"]]
    table_of = rows.groupby(tables, sort=False).ngroup()
    beside_of = rows.groupby(table_of, sort=False)["registered"].shift
    own = _logs(rows["voters"], rows["registered"])
    found = []
    for step, side in ((1, _ABOVE), (-1, _BELOW)):
        beside = beside_of(step)
        gain = _gain(own, _logs(rows["voters"], beside), rows["contest"])
        strong = table_of[gain >= _STRONG].value_counts()
        several = table_of.isin(strong.index[strong >= _ROWS])
        for _, of_table in gain[several].groupby(table_of[several]):
            for block in _blocks(of_table.tolist()):
                told = rows.loc[of_table.index[block]].assign(beside=beside)
                if _left(told) <= _LEFT:  # else all of it votes otherwise than other places do
                    found.append(_told(draft, told, side))
    return found


def _logs(voters: pd.Series[float], registered: pd.Series[float]) -> pd.Series[float]:
    with np.errstate(divide="ignore"):
        return pd.Series(np.log((voters / registered).to_numpy(float)), voters.index)


def _gain(own: pd.Series[float], beside: pd.Series[float], contest: pd.Series) -> pd.Series[float]:
    """Return how much likelier each turnout is with the registered beside it than with its own.

    What is usual in a contest is learned from the one of the two that varies less in it.
    """
    medians, spreads = [], []
    for logs in (own, beside):
        medians.append(logs.groupby(contest).transform("median"))
        away = (logs - medians[-1]).abs()
        spreads.append(1.4826 * away.groupby(contest).transform("median"))
    narrow = spreads[1] < spreads[0]
    median = medians[0].where(~narrow, medians[1])
    spread = np.maximum(spreads[0].where(~narrow, spreads[1]), _SPREAD)
    off, fit = ((((logs - median) / spread) ** 2 / 2).clip(upper=_MOST) for logs in (own, beside))
    return (off - fit).fillna(0.0)


def _blocks(gain: Sequence[float]) -> Iterator[slice]:
    """Yield the runs of rows whose sum is largest, where they and enough of their rows are sure."""
    start, total, best, end = 0, 0.0, 0.0, 0
    for at, one in enumerate([*gain, -np.inf]):
        total += one
        if total > best:
            best, end = total, at + 1
        if total <= max(0.0, best - _SURE):
            if best >= _SURE and sum(one >= _STRONG for one in gain[start:end]) >= _ROWS:
                yield slice(start, end)
            start, total, best = at + 1, 0.0, 0.0


def _left(block: pd.DataFrame) -> float:
    """Return the share of the spread of a block's turnout that is left by the registered beside."""
    own, fit = (_logs(block["voters"], block[name]) for name in ("registered", "beside"))
    return float(fit.std() / own.std()) if own.std() > 0 else 1.0


def _told(draft: Draft, block: pd.DataFrame, side: Text) -> Misplaced:
    """Return what is told of a block."""
    spots = draft.spots(block.index, "voters")
    turnout, fit = (block["voters"] / block[name] for name in ("registered", "beside"))
    values = {
        "n": len(spots),
        "first": str(spots[0].row),
        "last": str(spots[-1].row),
        "contest": block["contest"].iloc[0],
        "side": side,
        "low": float(turnout.min()),
        "high": float(turnout.max()),
        "fit_low": float(fit.min()),
        "fit_high": float(fit.max()),
    }
    spot = replace(spots[0], row=None, value="")
    rule = SHIFTED
    finding = rule.once(spot, values, tuple(spots))
    return Misplaced(finding, block.index, _left(block))
