"""Voters beside other places' registered: one of the two was sorted without the other.

Turnout of places differs far less than their size. So voters that do not rise with the registered
beside them, but fit them once both are sorted, were put into another order, if there are more of
them than registered somewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from turnout.arrays import Floats
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.misplaced import Misplaced
from turnout.rules.reordered import FAR, FITS, middle_distance
from turnout.rules.rule import Rule
from turnout.rules.shifted import check_shifted

_MANY = 8
"""Places that tell it."""
_MOST = 0.5
"""Share of these that may be those of the row beside them, by chance."""
_UNLIKE = 0.6
"""Correlation of voters with the registered beside them, in logs, at most."""

VOTERS_REORDERED = Rule(
    "voters_reordered",
    "warning",
    Text(
        en="the voters and the registered of {contest:contest} seem to be of different places: "
        "{over:count} of {n:count} places have more voters than registered, and turnout runs from "
        "{low:percent} to {high:percent}, while the same figures fit each other in another order.",
        id="pengguna hak pilih dan pemilih terdaftar pada {contest:contest} tampaknya dari wilayah "
        "yang berlainan: di {over:count} dari {n:count} wilayah pengguna hak pilihnya melebihi "
        "pemilih terdaftar, dan partisipasinya {low:percent} sampai {high:percent}, padahal angka "
        "yang sama cocok bila urutannya lain.",
    ),
    Text(
        en="One of the two columns was probably sorted without the other. Copy both again from the "
        "source document, each figure beside its own place.",
        id="Mungkin salah satu kolom diurutkan tanpa kolom lainnya. Salin lagi keduanya dari "
        "dokumen sumbernya, tiap angka pada baris wilayahnya sendiri.",
    ),
)
_WITHIN = replace(
    VOTERS_REORDERED,
    message=Text(
        en="the voters and the registered of {around} in {contest:contest} seem to be of different "
        "places: {over:count} of its {n:count} places have more voters than registered, and "
        "turnout runs from {low:percent} to {high:percent}, while the same figures fit each other "
        "in another order.",
        id="pengguna hak pilih dan pemilih terdaftar {around} pada {contest:contest} tampaknya "
        "dari wilayah yang berlainan: di {over:count} dari {n:count} wilayahnya pengguna hak "
        "pilihnya melebihi pemilih terdaftar, dan partisipasinya {low:percent} sampai "
        "{high:percent}, padahal angka yang sama cocok bila urutannya lain.",
    ),
)


def check_reordered_voters(draft: Draft, shifted: Sequence[Misplaced]) -> list[Misplaced]:
    """Find elections, or districts of one, whose voters stand beside other places' registered.

    Parameters
    ----------
    draft
        The described rows.
    shifted
        Rows whose voters are those of the row beside: where most are, and fit, that is the cause.

    Examples
    --------
    >>> sizes = [400, 900, 2500, 700, 1600, 3100, 500, 1200, 2100, 800]
    >>> rows = pd.DataFrame({"contest": "x", "scale": "area", "registered": sizes})
    >>> rows["voters"] = [0.7 * size for size in sorted(sizes)]
    >>> [one] = check_reordered_voters(Draft.of_table(rows), [])
    >>> len(one.rows)
    10
    """
    table = draft.table
    usable = (table["registered"] > 0) & (table["voters"] > 0) & (table["scale"] == "area")
    columns = ["contest", "district", "registered", "voters"]
    rows = table.loc[usable].reindex(columns=columns)
    rows["over"] = rows["voters"] > rows["registered"]
    fitting = rows.index[:0].append([one.rows for one in shifted if one.left <= FITS])
    found: list[Misplaced] = []
    for rule, by in (
        (VOTERS_REORDERED, ["contest"]),
        (_WITHIN, ["contest", "district"]),
    ):
        told = rows.groupby(by, sort=False)["over"]
        looked_at = rows[(told.transform("sum") > 0) & (told.transform("size") >= _MANY)]
        for _, own in looked_at.groupby(by, sort=False):
            if own.index.isin(fitting).mean() > _MOST:
                continue
            voters, of = np.log(own[["voters", "registered"]].to_numpy(float)).T
            if _is_reordered(voters, of):
                found.append(_told(rule, draft, own, _left(voters, of)))
                rows = rows.drop(index=own.index)
    return found


def check_misplaced(draft: Draft) -> list[Misplaced]:
    """Find rows whose voters are those of other rows: of the row beside, or in another order.

    Parameters
    ----------
    draft
        The described rows.
    """
    shifted = check_shifted(draft)
    reordered = check_reordered_voters(draft, shifted)
    of_these = draft.table.index[:0].append([one.rows for one in reordered])
    return [*reordered, *(one for one in shifted if not one.rows.isin(of_these).any())]


def _is_reordered(voters: Floats, registered: Floats) -> bool:
    """Return whether voters are those of others, by logs of them and of the registered.

    Examples
    --------
    >>> size = np.log([1200.0, 410, 2900, 860, 1750, 3300, 560, 2250, 990, 1480])
    >>> _is_reordered(np.roll(size, 3) - 0.4, size), _is_reordered(size - 0.4, size)
    (True, False)
    """
    if middle_distance(voters - registered) < FAR or not voters.std() or not registered.std():
        return False
    if _left(voters, registered) > FITS:
        return False
    return bool(np.corrcoef(voters, registered)[0, 1] <= _UNLIKE)


def _left(voters: Floats, registered: Floats) -> float:
    """Return the share of the spread of turnout that is left once both are sorted."""
    return middle_distance(np.sort(voters) - np.sort(registered)) / middle_distance(
        voters - registered
    )


def _told(rule: Rule, draft: Draft, own: pd.DataFrame, left: float) -> Misplaced:
    """Return what is told of an election, or of a district in one."""
    spots = draft.spots(own.index, "voters")
    turnout = own["voters"] / own["registered"]
    values = {
        "n": len(own),
        "over": int(own["over"].sum()),
        "low": float(turnout.min()),
        "high": float(turnout.max()),
        "contest": own["contest"].iloc[0],
        "around": own["district"].iloc[0],
    }
    spot = replace(spots[0], row=None, value="")
    finding = rule.once(spot, values, tuple(spots))
    return Misplaced(finding, own.index, left)
