"""One contest under two names: two of one day whose places do not overlap."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from turnout.errors import Finding
from turnout.identity.keys import plain_name
from turnout.identity.names import each_name
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule
from turnout.surroundings import Setting

SAME_CONTEST = Rule(
    "contest_in_two",
    "warning",
    Text(
        en="{contest:contest} ({n:count:place:places}) and {usual:contest} ({m:count}) are of one "
        "day and have no place in common, though other contests were held in the places of both: "
        "they may be one contest under two names.",
        id="{contest:contest} ({n:count} wilayah) dan {usual:contest} ({m:count}) berlangsung pada "
        "hari yang sama tanpa satu wilayah pun yang sama, padahal pemilihan lain mencakup wilayah "
        "keduanya: mungkin satu pemilihan dengan dua nama.",
    ),
    Text(
        en="If they are one, say so: {setting}.",
        id="Bila satu pemilihan, sebutkan: {setting}.",
    ),
)

SAME_CONTEST_LABELS = Rule(
    SAME_CONTEST.name,
    SAME_CONTEST.severity,
    SAME_CONTEST.message,
    Text(
        en="If they are one, give all its rows the same label.",
        id="Bila satu pemilihan, samakan namanya pada semua barisnya.",
    ),
)


_LOOKED_AT = ["date", "election", "election_type", "contest", "key", "city", "place"]

_MOST = 4
"""Contests of one day beyond which each place has its own."""


def check_same_contest(draft: Draft) -> list[Finding]:
    """Find pairs of contests of one day that share no place, where another holds places of both.

    Contests whose places lie in different cities are two: each city votes for its own mayor. The
    one with fewer places is told, at its first row.
    """
    known = draft.table[["date", "election_type"]].notna().all(axis=1)
    rows = draft.table[_LOOKED_AT][(draft.table["scale"] == "area") & known]
    contests = rows.drop_duplicates("contest").groupby("date")["contest"].agg(list)
    findings: list[Finding] = []
    for day, names in contests[contests.map(len).between(2, _MOST)].items():
        here, elsewhere = rows[rows["date"] == day], rows[rows["date"] != day]
        for pair in combinations(names, 2):
            one, other = sorted((here[here["contest"] == name] for name in pair), key=len)
            if _in_two(one, other, elsewhere):
                findings += _told(draft, one, other)
    return findings


def _in_two(one: pd.DataFrame, other: pd.DataFrame, elsewhere: pd.DataFrame) -> bool:
    """Whether two contests share no place, lie in one city, and are held together elsewhere."""
    if one["key"].isin(other["key"]).any():
        return False
    cities = [set(each_name(rows["city"], plain_name)) - {""} for rows in (one, other)]
    if all(cities) and not cities[0] & cities[1]:
        return False
    both = [
        set(elsewhere.loc[elsewhere["key"].isin(rows["key"]), "contest"]) for rows in (one, other)
    ]
    return bool(both[0] & both[1])


def _told(draft: Draft, one: pd.DataFrame, other: pd.DataFrame) -> list[Finding]:
    kinds = [str(rows["election_type"].iloc[0]) for rows in (one, other)]
    labelled = pd.concat([one["election"], other["election"]]).notna().any()
    rule = SAME_CONTEST_LABELS if labelled or kinds[0] == kinds[1] else SAME_CONTEST
    told = one.iloc[:1].assign(
        usual=other["contest"].iloc[0],
        n=one["key"].nunique(),
        m=other["key"].nunique(),
        setting=pd.Series(
            [Setting("types", kinds[0], kinds[1])], index=one.index[:1], dtype="object"
        ),
    )
    return rule.at(draft, told.index, "election_type", told)
