"""An election whose registered are counted several times: each of the rows added up had them all.

Exports have a row per way of voting, list or party, and the registered of the place in each. Who
adds such rows up has two or three times as many registered everywhere, and turnout falls to a half
or a third.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import finest_places, is_partial
from turnout.rules.rule import Rule

_FEWEST = 5
"""Places that grow alike by no chance."""
_NEARLY_ALL = 0.9
"""Share of the places that have as many times their registered."""
_ALIKE = 0.2
"""How far these times may be from each other, and from a whole number, as a share."""
_LEAST = 2 * (1 - _ALIKE)
"""Times from which on they may be two."""
_FALLS = 1.5
"""Turnout is at most so many times what it would be with as many voters as ever."""
_ONE_DAY, _EPOCH = 1, pd.Timestamp(0)
_LOOKED_AT = ["contest", "date", "key", "registered", "voters"]

MULTIPLIED = Rule(
    "registered_multiplied",
    "warning",
    Text(
        en="{n:count} of {places:count} places of {contest:contest} have about {times} times as "
        "many registered as in the election next to it: perhaps rows were added up of which each "
        "holds all of them.",
        id="pemilih terdaftar {n:count} dari {places:count} wilayah pada {contest:contest} "
        "sekitar {times} kali pemilihan terdekatnya: mungkin beberapa baris dijumlahkan padahal "
        "masing-masing memuat seluruh DPT-nya.",
    ),
    Text(
        en="Where rows are of ways of voting, lists or parties, add up their voters alone and keep "
        "the registered once per place. If the figures are right, leave them.",
        id="Bila baris-baris itu per cara memilih, per daftar, atau per partai, jumlahkan pengguna "
        "hak pilihnya saja dan tulis DPT-nya satu kali per wilayah. Bila angkanya memang benar, "
        "biarkan.",
    ),
)


def check_multiplied(draft: Draft, rows: pd.DataFrame) -> tuple[list[Finding], pd.Index]:
    """Find elections with two, three or more times the registered of the next in all places.

    Parameters
    ----------
    draft
        The rows that findings point at.
    rows
        Those rows, described, perhaps with those of other tables, labelled below 0.

    Returns
    -------
    list of Finding, Index
        One per such election, and its rows, whose sizes are no measure for others.
    """
    known = (rows["registered"] > 0) & ~is_partial(rows)
    told = rows[["scale", "contest", "registered"]][known]
    usual = told.groupby(["scale", "contest"])["registered"].median()
    of_scale = usual.groupby(level="scale")
    if not (of_scale.max() >= _LEAST * of_scale.min()).any():
        return [], rows.index[:0]
    findings: list[Finding] = []
    concerned = rows.index[:0]
    for multiplied in _multiplied(finest_places(rows[known], _LOOKED_AT)):
        own = multiplied.index[multiplied.index >= 0]
        findings += MULTIPLIED.at(draft, own[:1], "registered", multiplied)
        concerned = concerned.union(own)
    return findings, concerned


def _multiplied(places: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the rows of contests that have several times the registered of the nearest others."""
    places = places[places["date"].notna()].drop_duplicates(["contest", "key"])
    places = places.assign(turnout=places["voters"] / places["registered"])
    for _, own in places.join(_nearest(places)).groupby("contest", sort=False):
        both = own[own["registered_usual"].notna()]
        ratio = both["registered"] / both["registered_usual"]
        times = round(float(ratio.median())) if len(both) >= _FEWEST else 0
        if times < 2 or not _alike(ratio.median() / times):
            continue
        alike = (ratio / ratio.median() - 1).abs() <= _ALIKE
        falls = (both["turnout"] / both["turnout_usual"]).dropna()
        stays = len(falls) > 0 and falls.median() > _FALLS / times
        if alike.mean() >= _NEARLY_ALL and not stays:
            yield own.assign(n=int(alike.sum()), places=len(both), times=times)


def _nearest(places: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of every row's place on the nearest other day, NaN where there is none.

    Elections of one day have one roll, and may be added up alike: they are not held against each
    other, whether the day is one or two.
    """
    told = places[["key", "registered", "turnout"]].rename_axis("row")
    told = told.assign(day=(places["date"] - _EPOCH).dt.days).reset_index()
    told = told.sort_values("day", kind="stable", ignore_index=True)
    days = told.drop(columns="row").drop_duplicates(["key", "day"])
    days = days.assign(other=days["day"])

    def beside(away: int, direction: Literal["backward", "forward"]) -> pd.DataFrame:
        own = told[["key"]].assign(day=told["day"] + away)
        found = pd.merge_asof(
            own, days, on="day", by="key", allow_exact_matches=False, direction=direction
        )
        return found.assign(away=(found["other"] - told["day"]).abs())

    before, after = beside(-_ONE_DAY, "backward"), beside(_ONE_DAY, "forward")
    nearest = before.where(after["away"].isna() | (before["away"] <= after["away"]), after)
    return nearest.set_index(told["row"])[["registered", "turnout"]].add_suffix("_usual")


def _alike(ratio: float) -> bool:
    return abs(ratio - 1) <= _ALIKE
