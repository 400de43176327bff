"""Figures of a few places that stand under others, or under another election: a block pasted.

Each is held against the chance that it is none. A place's voters of two days, or its registered of
two rolls, differ by some percent: the very same number is a chance of some twentieth over the
figure. Of figures that end in 0 nothing is known, they may be rounded.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from turnout.arrays import Floats
from turnout.language import Text
from turnout.rules.copied_districts import Copy
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

_FEWEST = 3
"""Places whose figures are a block."""
_LIKELY = 0.01
"""Tables of so many hundredths may have a block by chance."""
_AGAIN = {"voters": 10.0, "registered": 20.0}
"""Chance that a place has its figure again, times the figure: it varies by a tenth, a twentieth."""
_ALIKE = 4.0
"""The same of two places: sizes vary by a quarter at least."""
_MOST = 0.5
"""Of a contest so many places that are the same are told as a whole."""
_ONE_ROLL = pd.Timedelta(days=366)
_LOOKED_AT = ["contest", "date", "key", "place", "within", "registered", "voters"]


def check_blocks_copied(draft: Draft, rows: pd.DataFrame, known: Iterable[Copy]) -> list[Copy]:
    """Find blocks of places with the figures of other places, or of their own in another contest.

    Parameters
    ----------
    draft
        The rows that findings point at.
    rows
        Those rows, described, perhaps with those of other tables, labelled below 0.
    known
        Copies that are told already.
    """
    areas = rows[_LOOKED_AT][(rows["scale"] == "area") & rows["contest"].notna()]
    told = {row for copy in known for row in copy.rows}
    copies: list[Copy] = []
    for rule, column, block in (*_pasted(areas[areas.index >= 0]), *_of_other_contests(areas)):
        own = block.index[block.index >= 0]
        if told.isdisjoint(own):
            told.update(own)
            found = rule.at(draft, own[:1], column, block)
            copies += [Copy(one, own) for one in found]
    return copies


def _counts(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the rows that tell a count in `column`."""
    return rows[(rows[column] > 0) & (rows[column] % 1 == 0)]


def _telling(figures: pd.Series) -> pd.Series[bool]:
    """Mark figures that are not round."""
    return figures % 10 != 0


def _of_other_contests(areas: pd.DataFrame) -> Iterator[tuple[Rule, str, pd.DataFrame]]:
    """Yield blocks of one district with their own figures of another day."""
    dated = areas[areas["date"].notna()]
    for column, rule in (("voters", OWN_VOTERS), ("registered", OWN_REGISTERED)):
        rows = _counts(dated, column)
        again = _again(rows, column)
        if column == "registered":
            again = again[again["date"] - again["before"] > _ONE_ROLL]
        for block in _blocks(rows, again, column):
            whole = column == "voters" and block["same_roll"].all()
            yield OWN_FIGURES if whole else rule, column, block


def _again(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return rows whose place had the figure on an earlier day, beside the last such contest."""
    rows = rows[rows.duplicated(["key", column], keep=False)]
    rows = rows.sort_values(["key", column, "date"], kind="stable")
    rows = rows[~rows.duplicated(["key", column, "date"])]
    last = rows.shift()
    same = (rows["key"] == last["key"]) & (rows[column] == last[column])
    same_roll = rows["registered"] == last["registered"]
    return rows.assign(usual=last["contest"], before=last["date"], same_roll=same_roll)[same]


def _blocks(rows: pd.DataFrame, again: pd.DataFrame, column: str) -> Iterator[pd.DataFrame]:
    """Yield the rows of a district and contest of which more are the same than chance has.

    Of chances that add up to a sum, k or more come true with a chance of (e x sum / k)^k at most.
    """
    by = ["contest", "within"]
    telling = rows[_telling(rows[column])]
    chances = (_AGAIN[column] / telling[column]).groupby([telling[name] for name in by], sort=False)
    sums = chances.sum().to_dict()
    sizes = rows["contest"].value_counts()
    held = len(sums) * max(rows["contest"].nunique() - 1, 1)
    pairs = again.groupby(["contest", "usual"], sort=False)["key"].transform("size")
    few = again[pairs < _MOST * again["contest"].map(sizes)]
    own = [*by, "usual"]
    different = few[_telling(few[column])].drop_duplicates([*own, column])
    found = different.groupby(own, sort=False).size().rename("k").reset_index()
    expected = np.array(
        [sums[pair] for pair in zip(found["contest"], found["within"], strict=True)]
    )
    k = found["k"].to_numpy(float)
    odd = found[(k >= _FEWEST) & ((math.e * expected / k) ** k * held < _LIKELY)]
    blocks = few[pd.MultiIndex.from_frame(few[own]).isin(pd.MultiIndex.from_frame(odd[own]))]
    for _, block in blocks.groupby(own, sort=False):
        yield block.assign(n=len(block)).sort_index()


def _pasted(areas: pd.DataFrame) -> Iterator[tuple[Rule, str, pd.DataFrame]]:
    """Yield rows of one contest whose figures stand in the same order elsewhere in it."""
    for column, rule in (("voters", OTHERS_VOTERS), ("registered", OTHERS_REGISTERED)):
        rows = _counts(areas, column).sort_values("contest", kind="stable")
        # Of n rows a run may start from so many pairs.
        ways = rows.groupby("contest")["key"].transform("size").to_numpy() ** 2 / 2
        needed = np.log10(ways / _LIKELY)
        most = np.append(0.0, np.cumsum(_surprise(rows[column])))
        for first, second, n in _runs(rows, column):
            if most[second + n] - most[second] <= needed[first]:
                continue
            one, copy = rows.iloc[first : first + n], rows.iloc[second : second + n]
            figures = copy[column][_telling(copy[column])].drop_duplicates()
            if len(figures) >= _FEWEST and _surprise(figures).sum() > needed[first]:
                told = copy.assign(n=n, usual=one["place"].to_numpy())
                yield rule, column, pd.concat([told, one])


def _surprise(figures: pd.Series) -> Floats:
    """Return how little chance explains each figure: the tenth logarithm, 0 of round ones."""
    return np.asarray(np.log10(np.maximum(figures / _ALIKE, 1)) * _telling(figures))


def _runs(rows: pd.DataFrame, column: str) -> Iterator[tuple[int, int, int]]:
    """Yield where figures of three rows or more in turn begin, where again, and their number."""
    if len(rows) < 2 * _FEWEST:
        return
    number = rows.groupby(["contest", column], sort=False).ngroup()
    code = np.asarray(number, dtype=np.int64)
    two = pd.factorize(code[:-1] * len(code) + code[1:])[0].astype(np.int64)
    three = pd.Series(two[:-1] * len(code) + code[2:])
    twice = three[three.groupby(three).transform("size") == 2]
    pairs = twice.sort_values(kind="stable").index.to_numpy().reshape(-1, 2)
    pairs = pairs[np.argsort(pairs[:, 0], kind="stable")]
    pairs = pairs[pairs[:, 1] - pairs[:, 0] >= _FEWEST]
    goes_on = (np.diff(pairs, axis=0) == 1).all(axis=1)
    starts = np.flatnonzero(np.append(True, ~goes_on)[: len(pairs)])
    lengths = np.diff(np.append(starts, len(pairs)))
    for (first, second), length in zip(pairs[starts].tolist(), lengths.tolist(), strict=True):
        yield first, second, min(length + _FEWEST - 1, second - first)


_PUT_IN_OWN = Text(
    en="Look in the source document which is right and put in the figures of its own; if they are "
    "right, leave them.",
    id="Periksa di dokumen sumbernya mana yang benar, lalu isi angkanya sendiri; bila memang "
    "benar, biarkan.",
)
_NAME = "block_copied"

OWN_VOTERS = Rule(
    _NAME,
    "warning",
    Text(
        en="{n:count} areas, such as {place}, have exactly the voters of {usual:contest} in "
        "{contest:contest}: they may be a copy.",
        id="{n:count} wilayah, misalnya {place}, pada {contest:contest} pengguna hak pilihnya "
        "persis sama dengan {usual:contest}: mungkin salinan.",
    ),
    _PUT_IN_OWN,
)
OWN_FIGURES = Rule(
    _NAME,
    "warning",
    Text(
        en="{n:count} areas, such as {place}, have exactly the registered and voters of "
        "{usual:contest} in {contest:contest}: one of the two is a copy of the other.",
        id="{n:count} wilayah, misalnya {place}, pada {contest:contest} pemilih terdaftar dan "
        "pengguna hak pilihnya persis sama dengan {usual:contest}: salah satunya salinan dari "
        "yang lain.",
    ),
    _PUT_IN_OWN,
)
OWN_REGISTERED = Rule(
    _NAME,
    "warning",
    Text(
        en="{n:count} areas, such as {place}, have exactly the registered of {usual:contest} in "
        "{contest:contest}: they may be a copy.",
        id="{n:count} wilayah, misalnya {place}, pada {contest:contest} pemilih terdaftarnya "
        "persis sama dengan {usual:contest}: mungkin salinan.",
    ),
    _PUT_IN_OWN,
)
OTHERS_VOTERS = Rule(
    _NAME,
    "warning",
    Text(
        en="{n:count} areas from {place} on have exactly the voters of as many from {usual} on in "
        "{contest:contest}: one of the two is a copy of the other.",
        id="{n:count} wilayah mulai {place} pada {contest:contest} pengguna hak pilihnya persis "
        "sama dengan {n:count} wilayah mulai {usual}: salah satunya salinan dari yang lain.",
    ),
    _PUT_IN_OWN,
)
OTHERS_REGISTERED = Rule(
    _NAME,
    "warning",
    Text(
        en="{n:count} areas from {place} on have exactly the registered of as many from {usual} on "
        "in {contest:contest}: one of the two is a copy of the other.",
        id="{n:count} wilayah mulai {place} pada {contest:contest} pemilih terdaftarnya persis "
        "sama dengan {n:count} wilayah mulai {usual}: salah satunya salinan dari yang lain.",
    ),
    _PUT_IN_OWN,
)
