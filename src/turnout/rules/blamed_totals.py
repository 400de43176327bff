"""Which figure is to blame for a total that its parts contradict: one cause is told once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from turnout.arrays import Bools
from turnout.cells import MOST_PEOPLE
from turnout.errors import Finding, Spot
from turnout.identity.keys import name_codes, path_codes
from turnout.language import Text
from turnout.rules.called_totals import at_called
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule
from turnout.schema import PLACE_COLUMNS

Pairs = Sequence[tuple[pd.DataFrame, pd.DataFrame]]
"""Totals of one scale and the rows of a finer one, matched by ``contest, basis, within``."""

_BY = ["contest", "basis", "within"]
_SCALES = ("total", *PLACE_COLUMNS)


def blamed(wrong: pd.DataFrame, pairs: Pairs, column: str) -> pd.DataFrame:
    """Return the totals that are to be told, with what they and those around them tell of why.

    Parameters
    ----------
    wrong
        Totals that contradict their parts, see `judged`.
    pairs
        All totals with their parts.
    column
        The figure that does not add up.

    Returns
    -------
    pandas.DataFrame
        As `judged` returns them. ``why`` is "cell", too, where one cell of the parts would make
        the sum right with a digit that it lacks, has too many or has exchanged with the next: its
        row is ``cell``, and it has ``worse`` in place of ``better``. ``confirmed`` are those that a
        total around agrees with, ``clear`` those whose cell is far from the turnout of the others.
    """
    told = judged(wrong).assign(cell=-1, worse=np.nan, better=np.nan, clear=False)
    told["confirmed"] = told["why"] == "part"
    for totals, parts in pairs:
        _blame_cells(told, totals, parts, column)
    return told


def judged(wrong: pd.DataFrame) -> pd.DataFrame:
    """Return totals without those that only follow from one inside them.

    Parameters
    ----------
    wrong
        Totals that contradict their parts, one row for each scale of parts: ``scale`` and
        ``finer``, what they are ``given`` and what the ``parts`` add up to, and whether that is
        ``sure`` to be wrong.

    Returns
    -------
    pandas.DataFrame
        One row of each, with its ``gap``. ``why`` is "total" or "part" where a total around tells
        which of them is wrong. What is sure follows from nothing that is not.
    """
    told = wrong.assign(gap=wrong["given"] - wrong["parts"], why="")
    follows = np.zeros(len(told), dtype=bool)
    if told["scale"].nunique() > 1:
        codes = name_codes(told).assign(
            contest=pd.factorize(told["contest"])[0], basis=pd.factorize(told["basis"])[0]
        )
        for scale in _SCALES[:-2]:
            follows |= _judge_inside(told, codes, scale)
    told = told[~follows].sort_values("sure", ascending=False, kind="stable")
    return told[~told.index.duplicated()].copy()


def at_blamed(
    rule: Rule, draft: Draft, rows: pd.DataFrame, column: str, pairs: Pairs = ()
) -> list[Finding]:
    """Return the findings of a rule on totals that are `blamed`, each with its own remedy.

    The rows that are wrong are the total and the cell to blame. Where a total around confirms the
    total, it is a cell that is clearly wrong, or else all of its parts, any of which may be. A roll
    gives no `pairs`: without its places nothing could be forecast.
    """
    findings: list[Finding] = []
    wrong = parts_of_confirmed(draft, rows, column, pairs)
    # A cell that makes the parts agree with a total shows that it is one, and no village.
    far_below = rows["called"] & (rows["given"] < rows["parts"] / 2) & (rows["why"] != "cell")
    for why, remedy in _REMEDIES.items():
        here = rows[rows["why"] == why]
        if here.empty:
            continue
        if why == "cell":
            spots = draft.spots(pd.Index(here["cell"]), column)
            totals = draft.spots(here.index, column)
            sound = here["confirmed"] & here["clear"]
            for total, cell, kept in zip(totals, spots, sound, strict=True):
                wrong.setdefault(total, (cell,) if kept else (total, cell))
            here = here.assign(
                culprit=draft.table.loc[here["cell"], "place"].to_numpy(),
                culprit_row=np.array([spot.row for spot in spots], dtype=object),
            )
        told = replace(rule, remedy=remedy or rule.remedy)
        found = at_called(told, draft, here.index, column, here, far_below)
        findings += [replace(one, rows=wrong.get(one.spot, ())) for one in found]
    return findings


def parts_of_confirmed(
    draft: Draft, rows: pd.DataFrame, column: str, pairs: Pairs
) -> dict[Spot, tuple[Spot, ...]]:
    """Return where the parts of each total stand that a total around confirms; the finest ones."""
    found: dict[Spot, tuple[Spot, ...]] = {}
    for totals, parts in pairs:
        scales = (totals["scale"].iloc[0], parts["scale"].iloc[0])
        here = (rows["scale"] == scales[0]) & (rows["finer"] == scales[1])
        here &= rows["confirmed"] & ~rows["clear"]
        if scales[1] != PLACE_COLUMNS[-1] or not here.any():
            continue
        asked = rows.loc[here, _BY].rename_axis("label").reset_index()
        held = asked.merge(parts[_BY].rename_axis("part").reset_index(), on=_BY)
        for label, own in held.groupby("label")["part"]:
            found[draft.spot(int(str(label)), column)] = (*draft.spots(pd.Index(own), column),)
    return found


def _judge_inside(told: pd.DataFrame, codes: pd.DataFrame, scale: str) -> Bools:
    """Mark totals of a scale that follow from those inside, and judge these by them.

    A total that lacks what totals inside lack agrees with them: their parts are wrong. One that
    agrees with their parts instead shows that they are wrong themselves.
    """
    number = told["scale"].map(_SCALES.index).to_numpy()
    finer = told["finer"].map(_SCALES.index).to_numpy()
    own = _SCALES.index(scale)
    place = path_codes(codes, ["contest", "basis", *PLACE_COLUMNS[:own]])
    sure = told["sure"].to_numpy(bool)
    follows = np.zeros(len(told), dtype=bool)
    # Of a total inside one gap counts: to the finest of its parts.
    last = ~pd.Series(told.index).duplicated(keep="last").to_numpy()
    for inner in range(own + 1, len(_SCALES) - 1):
        inside = np.flatnonzero((number == inner) & last)
        if not len(inside):
            continue
        gaps = np.zeros((2, int(place.max()) + 1))
        for known, those in enumerate((inside, inside[sure[inside]])):
            np.add.at(gaps[known], place[those], told["gap"].to_numpy()[those])
        lacking = gaps[sure.astype(int), place] * np.where(finer == inner, -1.0, 1.0)
        here = (number == own) & (finer >= inner) & (lacking != 0)
        here &= told["gap"].to_numpy() == lacking
        for why, mine in (("part", here & (finer > inner)), ("total", here & (finer == inner))):
            told.loc[(number == inner) & np.isin(place, place[mine]), "why"] = why
        follows |= here
    return follows


def _blame_cells(
    told: pd.DataFrame, totals: pd.DataFrame, parts: pd.DataFrame, column: str
) -> None:
    """Name the one cell of a total's parts of which a wrong digit explains what is missing."""
    scales = (totals["scale"].iloc[0], parts["scale"].iloc[0])
    open_ones = told["sure"] & (told["scale"] == scales[0]) & (told["finer"] == scales[1])
    asked = told.loc[open_ones & (told["why"] != "total"), [*_BY, "gap"]]
    if asked.empty:
        return
    counts = parts.loc[~parts["partial"], [*_BY, "registered", "voters"]]
    counts = counts.rename_axis("cell").reset_index()
    cells = asked.rename_axis("label").reset_index().merge(counts, on=_BY, how="inner")
    cells = cells[(cells[column] > 0) & (cells[column] <= MOST_PEOPLE)]
    cells["better"] = cells[column] + cells["gap"]
    beside = "voters" if column == "registered" else "registered"
    other = cells[beside]
    fits = cells["better"] >= other if column == "registered" else cells["better"] <= other
    cells = cells[cells["better"].between(1, MOST_PEOPLE) & (fits | other.isna())]
    usual = cells[beside] * (parts[column] / parts[beside]).dropna().median()
    off = np.log(cells[[column, "better"]].div(usual.where(usual > 0), axis=0)).abs()
    cells["clear"] = (off[column] > _UNUSUAL) & (off["better"] <= _UNUSUAL)
    cells = cells[~(off["better"] > off[column].clip(lower=_UNUSUAL))]
    pairs = zip(cells[column].astype(int), cells["better"].astype(int), strict=True)
    slips = cells[
        np.array([_is_slip(str(worse), str(better)) for worse, better in pairs], dtype=bool)
    ]
    single = slips[~slips["label"].duplicated(keep=False)].set_index("label")
    told.loc[single.index, "why"] = "cell"
    told.loc[single.index, "cell"] = single["cell"]
    told.loc[single.index, "worse"] = single[column]
    told.loc[single.index, "better"] = single["better"]
    told.loc[single.index, "clear"] = single["clear"]


_UNUSUAL = 0.3
"""How far, in logs, a better figure may be from the turnout of all rows, or as far as the worse."""


def _is_slip(written: str, meant: str) -> bool:
    """Whether a number has a digit too few or too many, or two neighbours exchanged.

    >>> [_is_slip("426", meant) for meant in ("4261", "4126", "42", "462", "624", "427")]
    [True, True, True, True, False, False]
    """
    if len(written) == len(meant):
        apart = [at for at, (a, b) in enumerate(zip(written, meant, strict=True)) if a != b]
        swapped = written[apart[0] : apart[-1] + 1][::-1] if apart else ""
        return len(apart) == 2 and apart[1] - apart[0] == 1 and swapped in meant[apart[0] :]
    short, long = sorted((written, meant), key=len)
    return len(long) - len(short) == 1 and any(
        long[:at] + long[at + 1 :] == short for at in range(len(long))
    )


_REMEDIES: dict[str, Text | None] = {
    "": None,
    "total": Text(
        en="The total around it agrees with these rows: this total is the wrong figure. Correct "
        "it.",
        id="Jumlah di atasnya cocok dengan rincian ini: yang keliru adalah jumlah ini. Perbaiki.",
    ),
    "part": Text(
        en="The total around it agrees with this one: one of the rows is wrong, missing or too "
        "many. Find it in the source document and correct it.",
        id="Jumlah di atasnya cocok dengan jumlah ini: salah satu rincian keliru, kurang, atau "
        "berlebih. Cari di dokumen sumbernya dan perbaiki.",
    ),
    "cell": Text(
        en="With {better:count} instead of {worse:count} in row {culprit_row}, {culprit}, the "
        "rows would add up: look there first in the source document.",
        id="Dengan {better:count}, bukan {worse:count}, pada baris {culprit_row}, {culprit}, "
        "rinciannya akan cocok: periksa angka itu lebih dahulu di dokumen sumbernya.",
    ),
}
"""What to do where it is known which figure is wrong; else what the rule says."""
