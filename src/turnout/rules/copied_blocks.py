"""Figures of a few places that stand under others, or under another election: a block pasted.

Each is held against the chance that it is none. A place's voters of two days, or its registered of
two rolls, differ by some percent: the very same number is a chance of some twentieth over the
figure. Of figures that end in 0 nothing is known, they may be rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Floats
from turnout.language import Text
from turnout.rules.copied import twice, without_estimates
from turnout.rules.copied_districts import LOOKED_AT, Copy
from turnout.rules.draft import Draft
from turnout.rules.measures import are_counted, finest_places, marked
from turnout.rules.rule import Rule

_FEWEST = 3
"""Places whose figures are a block, where only one of both is the same."""
_LIKELY = 0.01
"""Tables of so many hundredths may have a block by chance."""
_AGAIN = {"voters": 10.0, "registered": 20.0}
"""Chance that a place has its figure again, times the figure: it varies by a tenth, a twentieth."""
_BOTH = 50.0
"""Chance that both are the same again, times both figures: a fifth of that was seen in panels."""
_ALIKE = 4.0
"""The same of two places: sizes vary by a quarter at least."""
_MOST = 0.5
"""Of a contest so many places that are the same are told as a whole."""
_ONE_ROLL = pd.Timedelta(days=366)
_FIGURES = ("registered", "voters")


def check_blocks_copied(
    draft: Draft,
    places: pd.DataFrame,
    known: Iterable[Copy],
    one_roll: pd.Timedelta = _ONE_ROLL,
) -> list[Copy]:
    """Find blocks of places with the figures of other places, or of their own in another contest.

    Parameters
    ----------
    draft
        The rows that findings point at.
    places
        Those of the finest places (`turnout.rules.measures.finest_places`), perhaps with those of
        other tables, labelled below 0.
    known
        Copies that are told already.
    one_roll
        So long the same roll may be in force.
    """
    areas = places[list(LOOKED_AT)]
    told = {row for copy in known for row in copy.rows}
    copies: list[Copy] = []
    for rule, column, block in (
        *_pasted(areas[areas.index >= 0]),
        *_of_other_contests(areas, one_roll),
    ):
        own = block.index[block.index >= 0]
        if told.isdisjoint(own):
            told.update(own)
            found = rule.at(draft, own[:1], column, block)
            copies += [Copy(one, own, _COPIED.get(rule.message, _FIGURES)) for one in found]
    return copies


def check_roll_blocks(draft: Draft, rows: pd.DataFrame) -> list[Copy]:
    """Find blocks of a roll with the registered of a past election, or of other places.

    Estimates may have them by right.

    Parameters
    ----------
    draft, rows
        As of `turnout.rules.copied.check_copied_roll`.
    """
    places = finest_places(without_estimates(draft, rows), LOOKED_AT)
    copies = check_blocks_copied(draft, places, (), pd.Timedelta(0))
    return [
        replace(one, finding=replace(one.finding, message=_OF_ROLL[one.finding.message]))
        for one in copies
    ]


def _counts(rows: pd.DataFrame, figures: Sequence[str]) -> pd.DataFrame:
    """Return the rows that tell counts."""
    return marked(rows, are_counted(rows, figures))


def _telling(rows: pd.DataFrame, figures: Sequence[str]) -> Bools:
    """Return whether the figures of each row are not round."""
    return np.logical_and.reduce([rows[name].to_numpy(float) % 10 != 0 for name in figures])


def _of_other_contests(
    areas: pd.DataFrame, one_roll: pd.Timedelta
) -> Iterator[tuple[Rule, str, pd.DataFrame]]:
    """Yield blocks of one district with their own figures of another day; of both, one is a block.

    The registered are the same by right where the roll is, or where most of them are: then the
    voters alone tell a copy.
    """
    # Numbers in place of the names of contests: a nation's rows are put into groups many times.
    number, names = pd.factorize(areas["contest"])
    dated = marked(areas.assign(contest=number), areas["date"].notna())
    for figures, rule in (
        (_FIGURES, OWN_FIGURES),
        (("voters",), OWN_VOTERS),
        (("registered",), OWN_REGISTERED),
    ):
        rows = _counts(dated, figures)
        again = _again(rows, figures)
        if "registered" in figures:
            again = again[again["date"] - again["before"] > one_roll]
        if rule is OWN_FIGURES and len(again):
            again = again[~_of_one_roll(rows, again)]
        for block in _blocks(rows, again, figures):
            same = rule is OWN_VOTERS and block["same_roll"].all()
            named = block.assign(contest=names[block["contest"]], usual=names[block["usual"]])
            yield OWN_FIGURES if same else rule, figures[-1], named


def _again(rows: pd.DataFrame, figures: Sequence[str]) -> pd.DataFrame:
    """Return rows whose place had the figures on an earlier day, beside the last such contest."""
    by = ["key", *figures]
    rows = rows[twice(rows, figures[-1])]  # a number of both is quick, and leaves few
    rows = rows[rows.duplicated(by, keep=False)]
    rows = rows.sort_values([*by, "date"], kind="stable")
    rows = rows[~rows.duplicated([*by, "date"])]
    last = rows.shift()
    same = (rows[by] == last[by]).all(axis=1)
    same_roll = rows["registered"] == last["registered"]
    told = rows.assign(usual=last["contest"], before=last["date"], same_roll=same_roll)[same]
    return told.astype({"usual": np.intp})


def _of_one_roll(rows: pd.DataFrame, again: pd.DataFrame) -> Bools:
    """Mark rows of two contests of which most places that are in both have the same registered."""
    contest, key = (rows[name].to_numpy(np.intp)[::-1] for name in ("contest", "key"))
    counts = np.full((contest.max() + 1, key.max() + 1), np.nan)
    counts[contest, key] = rows["registered"].to_numpy(float)[::-1]  # of two the first
    pairs = again[["contest", "usual"]]
    marked_so = np.zeros(len(again), dtype=bool)
    for pair in pairs.drop_duplicates().itertuples(index=False):
        one, other = (counts[number] for number in pair)
        both = ~(np.isnan(one) | np.isnan(other))
        if np.mean(one[both] == other[both]) >= _MOST:
            marked_so |= pairs.eq(list(pair)).all(axis=1).to_numpy()
    return marked_so


def _chances(rows: pd.DataFrame, figures: Sequence[str]) -> pd.Series:
    """Return how likely each place has its figures again."""
    times = _BOTH if len(figures) > 1 else _AGAIN[figures[0]]
    return (times / rows[list(figures)].prod(axis=1)).clip(upper=1.0)


def _blocks(
    rows: pd.DataFrame, again: pd.DataFrame, figures: Sequence[str]
) -> Iterator[pd.DataFrame]:
    """Yield the rows of a district and contest of which more are the same than chance has.

    Of chances that add up to a sum, k or more come true with a chance of sum^k / k! at most.
    """
    by = ["contest", "within"]
    sizes = rows["contest"].value_counts()
    pairs = again.groupby(["contest", "usual"], sort=False)["key"].transform("size")
    few = again[pairs < _MOST * again["contest"].map(sizes)]
    if few.empty:
        return
    telling = marked(rows, _telling(rows, figures))
    width = int(rows["within"].max()) + 1
    sums = _chances(telling, figures).groupby(telling["contest"] * width + telling["within"]).sum()
    held = len(sums) * max(len(sizes) - 1, 1)
    own = [*by, "usual"]
    different = few[_telling(few, figures)].drop_duplicates([*own, *figures])
    found = different.groupby(own, sort=False).size().rename("k").reset_index()
    expected = sums.loc[found["contest"] * width + found["within"]].to_numpy(float)
    k = found["k"].to_numpy(np.intp)
    with np.errstate(over="ignore"):
        factorials = np.cumprod([1.0, *range(1, int(k.max(initial=0)) + 1)])
        by_chance = expected**k / factorials[k] * held
    odd = found[(k >= (1 if len(figures) > 1 else _FEWEST)) & (by_chance < _LIKELY)]
    blocks = few[pd.MultiIndex.from_frame(few[own]).isin(pd.MultiIndex.from_frame(odd[own]))]
    for _, block in blocks.groupby(own, sort=False):
        names = pd.Series([list(block["place"])] * len(block), block.index, dtype=object)
        yield block.assign(n=len(block), places=names).sort_index()


def _pasted(areas: pd.DataFrame) -> Iterator[tuple[Rule, str, pd.DataFrame]]:
    """Yield rows of one contest whose figures stand in the same order elsewhere in it.

    A place that stands twice is told as that, and is no copy of another.
    """
    areas = areas[~areas.duplicated(["contest", "key"])]
    for column, rule in (("voters", OTHERS_VOTERS), ("registered", OTHERS_REGISTERED)):
        rows = _counts(areas, [column])
        if not rows["contest"].is_monotonic_increasing:
            rows = rows.sort_values("contest", kind="stable")
        # Of n rows a run may start from so many pairs.
        ways = rows.groupby("contest")["key"].transform("size").to_numpy() ** 2 / 2
        needed = np.log10(ways / _LIKELY)
        most = np.append(0.0, np.cumsum(_surprise(rows[column])))
        for first, second, n in _runs(rows, column):
            if most[second + n] - most[second] <= needed[first]:
                continue
            one, copy = rows.iloc[first : first + n], rows.iloc[second : second + n]
            figures = copy[column][_telling(copy, [column])].drop_duplicates()
            if len(figures) >= _FEWEST and _surprise(figures).sum() > needed[first]:
                told = copy.assign(n=n, usual=one["place"].to_numpy())
                yield rule, column, pd.concat([told, one])


def _surprise(figures: pd.Series) -> Floats:
    """Return how little chance explains each figure: the tenth logarithm, 0 of round ones."""
    return np.asarray(np.log10(np.maximum(figures / _ALIKE, 1)) * (figures % 10 != 0))


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
        id="pengguna hak pilih {n:count} wilayah, misalnya {place}, pada {contest:contest} "
        "persis sama dengan {usual:contest}: mungkin salinan.",
    ),
    _PUT_IN_OWN,
)
OWN_FIGURES = Rule(
    _NAME,
    "warning",
    Text(
        en="{n:count:area has:areas have} exactly the registered and voters of {usual:contest} in "
        "{contest:contest} ({places:list}): one of the two is a copy of the other.",
        id="pemilih terdaftar dan pengguna hak pilih {n:count} wilayah ({places:list}) pada "
        "{contest:contest} persis sama dengan {usual:contest}: salah satunya salinan dari yang "
        "lain.",
    ),
    _PUT_IN_OWN,
)
OWN_REGISTERED = Rule(
    _NAME,
    "warning",
    Text(
        en="{n:count} areas, such as {place}, have exactly the registered of {usual:contest} in "
        "{contest:contest}: they may be a copy.",
        id="pemilih terdaftar {n:count} wilayah, misalnya {place}, pada {contest:contest} "
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
        id="pengguna hak pilih {n:count} wilayah mulai {place} pada {contest:contest} persis "
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
        id="pemilih terdaftar {n:count} wilayah mulai {place} pada {contest:contest} persis "
        "sama dengan {n:count} wilayah mulai {usual}: salah satunya salinan dari yang lain.",
    ),
    _PUT_IN_OWN,
)

_COPIED = {
    OWN_VOTERS.message: ("voters",),
    OTHERS_VOTERS.message: ("voters",),
    OWN_REGISTERED.message: ("registered",),
    OTHERS_REGISTERED.message: ("registered",),
}
"""What is copied, where it is not both."""

_OF_ROLL = {
    OWN_REGISTERED.message: Text(
        en="{n:count} areas of the roll, such as {place}, have exactly the registered of "
        "{usual:contest}: they may be a copy.",
        id="pemilih terdaftar {n:count} wilayah pada daftar pemilih ini, misalnya {place}, "
        "persis sama dengan {usual:contest}: mungkin salinan.",
    ),
    OTHERS_REGISTERED.message: Text(
        en="{n:count} areas of the roll from {place} on have exactly the registered of as many "
        "from {usual} on: one of the two is a copy of the other.",
        id="pemilih terdaftar {n:count} wilayah mulai {place} pada daftar pemilih ini persis "
        "sama dengan {n:count} wilayah mulai {usual}: salah satunya salinan dari yang lain.",
    ),
}
