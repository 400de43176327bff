"""Figures of one election that are given as those of another: an old file under a new name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.arrays import Bools
from turnout.errors import Finding, Spot
from turnout.identity.keys import numbers_of_places
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import row_scales, with_columns
from turnout.rules.rule import Rule
from turnout.schema import PLACE_COLUMNS, RESULTS_COLUMNS

_LEAST, _PART = 3, 0.5
"""Of the places that both tell, so many have exactly the figures of one past contest: no chance."""


@dataclass(frozen=True)
class Copied:
    """A past contest whose figures a table has.

    Parameters
    ----------
    election
        The contest.
    n, places
        How many places have its very figures, of how many that both tell.
    """

    election: str
    n: int
    places: int


def copied_contest(ours: pd.DataFrame, past: pd.DataFrame) -> Copied | None:
    """Return the past contest whose registered and voters a table has in most of its places.

    Parameters
    ----------
    ours
        Rows of one contest, with place columns, registered and voters.
    past
        Past results: the same columns, and election.

    Examples
    --------
    >>> past = pd.DataFrame({"area": ["A", "B", "C"], "registered": 9, "voters": [5, 6, 7]})
    >>> copied_contest(past, past.assign(election="2020"))
    Copied(election='2020', n=3, places=3)
    >>> copied_contest(past.assign(voters=[5, 5, 5]), past.assign(election="2020")) is None
    True
    """
    of_row, of_past = numbers_of_places((ours, past))
    figures = ["registered", "voters"]
    theirs = past[[*figures, "election"]].assign(place=of_past)
    scale = row_scales(with_columns(ours, PLACE_COLUMNS))
    here = ours[figures].assign(place=of_row, scale=scale)
    both = theirs.merge(here, on="place", suffixes=("", "_now"))
    return _copied_among(both, figures)


def _copied_among(both: pd.DataFrame, figures: Sequence[str]) -> Copied | None:
    """Return the contest most of whose figures beside those of now (``_now``) are the same."""
    both = both[_are_finest(both["scale"], both["election"])]
    same = np.ones(len(both), dtype=bool)
    for name in figures:
        same &= (both[name] == both[f"{name}_now"]).to_numpy()
    told = pd.Series(same).groupby(both["election"].to_numpy(), sort=False).agg(["sum", "size"])
    copied = told[(told["sum"] >= _LEAST) & (told["sum"] >= _PART * told["size"])]
    if copied.empty:
        return None
    n, places = copied.iloc[0]
    return Copied(str(copied.index[0]), int(n), int(places))


def _are_finest(scales: pd.Series, groups: pd.Series | None = None) -> Bools:
    """Return which rows of each group are of its finest scale: totals of places are no more."""
    rank = scales.map({name: at for at, name in enumerate(PLACE_COLUMNS)}).fillna(-1)
    finest = rank.max() if groups is None else rank.groupby(groups.to_numpy()).transform("max")
    return np.asarray(rank == finest, dtype=bool)


def check_copied(draft: Draft, rows: pd.DataFrame) -> list[Finding]:
    """Find that a count has the figures of a past contest.

    Parameters
    ----------
    draft
        The count's rows.
    rows
        Those rows, described, behind those of past elections, whose labels are below 0.
    """
    ours, past = rows[rows.index >= 0], rows[rows.index < 0]
    here = ours[["key", "scale", *_FIGURES]]
    theirs = past[["key", *_FIGURES]].assign(election=past["contest"])
    found = _copied_among(theirs.merge(here, on="key", suffixes=("", "_now")), _FIGURES)
    if found is None:
        return []
    spot = Spot(str(draft.origin["file"].iloc[0]))
    told = {"contest": found.election, "n": found.n, "places": found.places}
    rule = COUNT_OF_PAST
    return [rule.once(spot, told)]


def check_same_figures(draft: Draft) -> list[Finding]:
    """Find contests of several days most of whose places have the very same figures.

    The registered alone are the same by right where the roll was not made anew: at a second round,
    a repeat poll.

    Parameters
    ----------
    draft
        Described rows (`turnout.rules.measures.completed`).
    """
    number, names = pd.factorize(draft.table["contest"])
    if len(names) < _SEVERAL:
        return []
    rows = draft.table[["date", "key", "scale", *_FIGURES]].assign(contest=number)
    rows = rows[(rows["registered"] > 0) & (rows["voters"] > 0) & rows["date"].notna()]
    registered, voters = (rows[twice(rows, name)] for name in _FIGURES)
    findings: list[Finding] = []
    told: set[tuple[int, int]] = set()
    for rule, column, same in (
        (SAME_FIGURES, "voters", _again(registered, _FIGURES)),
        (SAME_REGISTERED, "registered", _of_other_rolls(_again(registered, ["registered"]))),
        (SAME_VOTERS, "voters", _again(voters, ["voters"])),
    ):
        for pair, copy, places in _copies(rows, same):
            if pair not in told:
                told.add(pair)
                one, other = (names[at] for at in pair)
                values = {"contest": one, "usual": other, "n": len(copy), "places": places}
                at = pd.DataFrame(values, [copy.index.min()])
                findings += rule.at(draft, at.index, column, at)
    return findings


def lists_of(results: pd.DataFrame) -> list[str]:
    """Return the columns of the user's own that hold a list of most of the registered, as DPT does.

    Parameters
    ----------
    results
        Canonical results.

    Examples
    --------
    >>> results = pd.DataFrame({"registered": [110, 90], "DPT": [100, 85], "DPTb": [10, 5]})
    >>> lists_of(results)
    ['DPT']
    """
    own = results.drop(columns=[*RESULTS_COLUMNS], errors="ignore").select_dtypes("number")
    found = []
    for name in own:
        part = (own[name] / results["registered"]).dropna()
        if len(part) and ((part > _PART) & (part <= 1)).mean() >= _NEARLY:
            found.append(str(name))
    return found


def check_copied_roll(draft: Draft, rows: pd.DataFrame, of: str | None = None) -> list[Finding]:
    """Find that a roll has the registered of a past contest; estimates may have them by right.

    Parameters
    ----------
    draft
        The roll's rows.
    rows
        Described rows of the past, labelled below 0, and behind them those of the roll.
    of
        The list that the registered of the past are of, where it is one of several.
    """
    counts = without_estimates(draft, rows)
    counts = counts[["key", "scale", "registered", "contest"]][counts["registered"] > 0]
    ours = counts[counts.index >= 0]
    past = counts[counts.index < 0].rename(columns={"contest": "election"})
    both = past.merge(ours[["key", "registered"]], on="key", suffixes=("", "_now"))
    found = _copied_among(both, ["registered"])
    finest = both[_are_finest(both["scale"], both["election"])]
    if found is None or finest["registered_now"].nunique() < _MANY:
        return []
    told = {"contest": found.election, "n": found.n, "places": found.places, "header": of}
    spot = Spot(str(draft.origin["file"].iloc[0]))
    rule = ROLL_OF_PAST if of is None else ROLL_OF_LIST
    return [rule.once(spot, told)]


def without_estimates(roll: Draft, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows without those of a roll that are estimates: they may be the past's by right.

    Parameters
    ----------
    roll
        The roll's rows.
    rows
        Those rows, labelled alike, perhaps with those of other tables.
    """
    estimated = roll.table.reindex(columns=["estimated"])["estimated"].eq(other=True)
    return rows.drop(index=roll.table.index[estimated], errors="ignore")


def twice(rows: pd.DataFrame, figure: str) -> pd.Series[bool]:
    """Mark rows whose place has the same figure in another row; one number of both is quick."""
    # Figures that are too large for people are alike here: they are errors elsewhere.
    people = rows[figure].to_numpy(float).clip(0, _ABOVE_ALL - 1).astype(np.int64)
    code = rows["key"].to_numpy(np.int64) * _ABOVE_ALL + people
    return pd.Series(code, rows.index).duplicated(keep=False)


def _again(rows: pd.DataFrame, figures: list[str]) -> pd.DataFrame:
    """Return rows whose place had the same figures before, beside the last day and its contest.

    Each is held against one other: of many days that are the same all pairs are more than fit.
    """
    rows = rows.sort_values(["key", *figures, "date"], kind="stable")
    rows = rows[~rows.duplicated(["key", *figures, "date"])]
    last = rows.shift()
    same = np.logical_and.reduce([rows[name] == last[name] for name in ("key", *figures)])
    return rows.assign(usual=last["contest"], before=last["date"])[same]


def _of_other_rolls(again: pd.DataFrame) -> pd.DataFrame:
    """Return those rows whose day is so long after the other that there is another roll."""
    return again[again["date"] - again["before"] > _ONE_ROLL]


def _copies(
    rows: pd.DataFrame, again: pd.DataFrame
) -> Iterator[tuple[tuple[int, int], pd.DataFrame, int]]:
    """Yield pairs of contests most of whose finest places are the same, and how many both have.

    Tables that are made up have the same figures everywhere: these are no copies.
    """
    for _, same in again.groupby(["contest", "usual"], sort=False):
        pair = int(same["contest"].iloc[0]), int(same["usual"].iloc[0])
        if len(same.drop_duplicates(_FIGURES)) < _MANY:
            continue
        here, there = (rows[rows["contest"] == name] for name in pair)
        both = here[here["key"].isin(there["key"])]
        both = both[_are_finest(both["scale"])]
        same = same[same["key"].isin(both["key"])]
        if len(same) >= _PART * len(both) and len(same.drop_duplicates(_FIGURES)) >= _MANY:
            yield pair, same, len(both)


_FIGURES = ["registered", "voters"]
_SEVERAL = 2
_NEARLY = 0.9
"""Share of the rows in which a list holds most of the registered."""
_ABOVE_ALL = 2**31
"""What no count of voters reaches."""
_ONE_ROLL = pd.Timedelta(days=366)
"""Days from one contest to another on which the same roll may have been in force."""
_MANY = 10
"""Places of so many different figures that are the same on two days are no chance."""

SAME_FIGURES = Rule(
    "contest_copied",
    "warning",
    Text(
        en="{n:count} of {places:count} places have exactly the figures of {usual:contest} in "
        "{contest:contest}: one of the two is a copy of the other.",
        id="angka {n:count} dari {places:count} wilayah pada {contest:contest} persis sama "
        "dengan {usual:contest}: salah satunya salinan dari yang lain.",
    ),
    Text(
        en="Put the results of its own day in place of the copy, or leave it out.",
        id="Ganti salinan itu dengan hasil pemilihannya sendiri, atau keluarkan dari tabel.",
    ),
)
SAME_REGISTERED = Rule(
    "registered_copied",
    "warning",
    Text(
        en="{n:count} of {places:count} places have exactly the registered of {usual:contest} in "
        "{contest:contest}: one of the two is a copy of the other, and its turnout is "
        "computed from another election's roll.",
        id="pemilih terdaftar {n:count} dari {places:count} wilayah pada {contest:contest} "
        "persis sama dengan {usual:contest}: salah satunya salinan dari yang lain, sehingga "
        "partisipasinya dihitung dari DPT pemilihan lain.",
    ),
    Text(
        en="Put in the registered of its own day; where they are not known and these stand in for "
        "them, leave it.",
        id="Isi DPT pemilihannya sendiri; bila tidak diketahui dan angka ini memang penggantinya, "
        "biarkan.",
    ),
)
ROLL_OF_PAST = Rule(
    SAME_REGISTERED.name,
    "warning",
    Text(
        en="{n:count} of {places:count} places of the roll have exactly the registered of "
        "{contest:contest}: it may be that election's roll.",
        id="pemilih terdaftar {n:count} dari {places:count} wilayah pada daftar pemilih ini "
        "persis sama dengan {contest:contest}: mungkin ini DPT pemilihan itu.",
    ),
    Text(
        en="Give the roll of the coming election; where it is not yet known and this one stands in "
        "for it, leave it.",
        id="Berikan DPT pemilihan yang akan datang; bila belum ada dan yang ini memang "
        "penggantinya, biarkan.",
    ),
)
ROLL_OF_LIST = Rule(
    SAME_REGISTERED.name,
    "warning",
    Text(
        en="{n:count} of {places:count} places of the roll have exactly the {header} of "
        "{contest:contest}: it may be that election's list.",
        id="pemilih terdaftar {n:count} dari {places:count} wilayah pada daftar pemilih ini "
        "persis sama dengan kolom {header} pada {contest:contest}: mungkin ini daftar pemilih "
        "pemilihan itu.",
    ),
    ROLL_OF_PAST.remedy,
)
SAME_VOTERS = Rule(
    SAME_FIGURES.name,
    "warning",
    Text(
        en="{n:count} of {places:count} places have exactly the voters of {usual:contest} in "
        "{contest:contest}: one of the two is a copy of the other.",
        id="pengguna hak pilih {n:count} dari {places:count} wilayah pada {contest:contest} "
        "persis sama dengan {usual:contest}: salah satunya salinan dari yang lain.",
    ),
    SAME_FIGURES.remedy,
)
COUNT_OF_PAST = Rule(
    "count_of_past",
    "error",
    Text(
        en="{n:count} of {places:count} places have exactly the figures of {contest:contest}: this "
        "is that election, not a count of the coming one.",
        id="angka {n:count} dari {places:count} wilayah persis sama dengan {contest:contest}: "
        "ini hasil pemilihan itu, bukan hasil hitung pemilihan mendatang.",
    ),
    Text(
        en="Give the count of the coming election.",
        id="Berikan hasil hitung pemilihan mendatang.",
    ),
)
