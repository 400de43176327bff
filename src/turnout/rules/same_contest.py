"""One contest taken for two, of two names or two days, whose places do not overlap."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import pandas as pd

from turnout.errors import Finding
from turnout.identity.keys import plain_name
from turnout.identity.names import each_name
from turnout.language import Text
from turnout.polling_days import is_polling_day
from turnout.rules.draft import Draft
from turnout.rules.measures import marked
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

ON_TWO_DAYS = Rule(
    "election_on_two_days",
    "warning",
    Text(
        en="{n:count:place:places} voted on {day:day} and {m:count} on {usual_day:day} "
        "({kind}), with no place in common, though other contests were held in the places of both: "
        "they are read as two elections, and one of the days may be wrong.",
        id="{n:count} wilayah tertulis memilih pada {day:day} dan {m:count} pada {usual_day:day} "
        "({kind}), tanpa satu wilayah pun yang sama, padahal pemilihan lain mencakup wilayah "
        "keduanya: keduanya dibaca sebagai dua pemilihan, dan mungkin salah satu tanggalnya "
        "keliru.",
    ),
    Text(
        en="If they are one election, give all its rows or sheets the same day; if some did vote "
        "later, leave it.",
        id="Bila satu pemilihan, samakan tanggalnya pada semua baris atau lembarnya; bila sebagian "
        "wilayah memang memilih pada hari lain (pemungutan suara susulan), biarkan.",
    ),
)

_NEAR = dt.timedelta(days=366)
"""Time within which two elections of one type, each of a part of the places, are hardly two."""

_LOOKED_AT = ["date", "election", "election_type", "contest", "key", "city", "place"]

_FEW = 30
"""Contests of a type beyond which pairs are not compared: then each place has its own."""
_MOST = 4
"""Contests of one day beyond which each place has its own."""


def check_same_contest(draft: Draft) -> list[Finding]:
    """Find pairs of contests of one day that share no place, where another holds places of both.

    Contests whose places lie in different cities are two: each city votes for its own mayor. The
    one with fewer places is told, at its first row.
    """
    known = draft.table[["date", "election_type"]].notna().all(axis=1)
    rows = marked(draft.table[_LOOKED_AT], (draft.table["scale"] == "area") & known)
    contests = rows.drop_duplicates("contest").groupby("date")["contest"].agg(list)
    findings: list[Finding] = []
    for day, names in contests[contests.map(len).between(2, _MOST)].items():
        here, elsewhere = rows[rows["date"] == day], rows[rows["date"] != day]
        for pair in combinations(names, 2):
            one, other = sorted((here[here["contest"] == name] for name in pair), key=len)
            if _in_two(one, other, elsewhere):
                findings += _told(draft, one, other)
    return [*findings, *_on_two_days(draft, rows)]


def _on_two_days(draft: Draft, rows: pd.DataFrame) -> list[Finding]:
    """Find pairs of contests of one type and nearly one time that share no place, likewise.

    A title of one sheet may have the wrong month. Of both days the one that is no nationwide
    polling day is told, else that of fewer places.
    """
    findings: list[Finding] = []
    for kind, of_type in rows.groupby("election_type"):
        first = of_type.drop_duplicates("contest").sort_values("contest")
        days = dict(zip(first["contest"], first["date"].dt.date, strict=True))
        for pair in combinations(days if len(days) <= _FEW else (), 2):
            apart = abs(days[pair[0]] - days[pair[1]])
            if not apart or apart > _NEAR:
                continue
            parts = (of_type[of_type["contest"] == name] for name in pair)
            one, other = sorted(parts, key=lambda part: (is_polling_day(_day(part)), len(part)))
            elsewhere = rows[~rows["contest"].isin(pair)]
            if _few(of_type, one) and _in_two(one, other, elsewhere):
                told = one.iloc[:1].assign(
                    day=_day(one),
                    usual_day=_day(other),
                    kind=kind,
                    n=one["key"].nunique(),
                    m=other["key"].nunique(),
                )
                findings += ON_TWO_DAYS.at(draft, told.index, "date", told)
    return findings


def _few(of_type: pd.DataFrame, one: pd.DataFrame) -> bool:
    """Whether few contests of the type are of that time: else each place has its own."""
    near = abs(of_type["date"] - one["date"].iloc[0]) <= _NEAR
    return of_type.loc[near, "contest"].nunique() <= _MOST


def _day(rows: pd.DataFrame) -> dt.date:
    return pd.Timestamp(rows["date"].iloc[0]).date()


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
