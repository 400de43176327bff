"""Which election a header or a title speaks of: its day, its year, its type."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from turnout.dates import find_date
from turnout.elections import FAMILY_PHRASES, TYPE_GROUPS, TYPE_PHRASES, may_be_one
from turnout.kinds import kind_of
from turnout.reading.headers.english_types import short_type, take_english_type, without_weekday

_INDONESIAN = frozenset(TYPE_GROUPS)
_BODY = re.compile(r"\b(komisi|pengawas)\s+(?:pemilihan\s+umum|pemilu)\b", re.IGNORECASE)
"""A commission that holds elections of all types, or watches them."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def years_in(text: str) -> list[int]:
    """Return the years that a text names, each once.

    >>> years_in("Pilkada_2015 dan 2020; 2015"), years_in("NIK 1571019902")
    ([2015, 2020], [])
    """
    return list(dict.fromkeys(map(int, _YEAR.findall(text))))


def yearless(text: str) -> str:
    """Return a text without the years that it names.

    >>> yearless("hasil 2015-2020.xlsx")
    'hasil -.xlsx'
    """
    return _YEAR.sub("", text)


@dataclass(frozen=True)
class Contest:
    """What a text tells of an election; None (and "") where it is silent."""

    date: dt.date | None = None
    year: int | None = None
    election_type: str = ""

    @property
    def told(self) -> bool:
        """Whether both day and type are known."""
        return self.date is not None and bool(self.election_type)

    @property
    def silent(self) -> bool:
        """Whether the text names no election at all."""
        return self.date is None and self.year is None and not self.election_type


def find_contest(text: str) -> tuple[Contest, str]:
    """Return the election that a text names, and what is left of the text without it.

    Two types in one text name none: a title over several contests does not choose.

    >>> find_contest("DPT Pilpres 2019")
    (Contest(date=None, year=2019, election_type='pilpres'), 'DPT')
    >>> find_contest("PEMILIHAN UMUM PRESIDEN 14 Februari 2024")[0].election_type
    'pilpres'
    >>> find_contest("Komisi Pemilihan Umum Kota Jambi")[0].silent
    True
    >>> find_contest("Local Elections - Thursday 4 May 2023 Electorate")[1]
    'Electorate'
    """
    text = _BODY.sub(r"\1", text)
    found = find_date(text)
    day, rest = (found[0], without_weekday(found[1])) if found else (None, text)
    rest = rest.replace("_", " ")
    year = day.year if day else None
    if day is None and (match := _YEAR.search(rest)):
        year = int(match.group())
        rest = rest[: match.start()] + " " + rest[match.end() :]
    kinds: set[str] = set()
    for level in (TYPE_PHRASES, FAMILY_PHRASES):
        told, rest = _take(rest, level)
        kinds = kinds or told
    kind = kinds.pop() if len(kinds) == 1 else ""
    if not (kinds or kind):
        kind, rest = take_english_type(rest)
    if year is not None and not (kinds or kind):
        kind, word = short_type(text)
        rest = rest.replace(word, " ", 1)
    return Contest(date=day, year=year, election_type=kind), " ".join(rest.split())


def said_instead(told: str, said: str | None) -> str:
    """Return the type of an election that a file tells and a user says, who may word it otherwise.

    A type in Indonesian stays: of a family and its types the narrower one holds.

    >>> said_instead("general election", "parliamentary"), said_instead("pilbup", "pilkada")
    ('parliamentary', 'pilbup')
    >>> said_instead("general election", "local"), said_instead("", "mayoral")
    ('general election', 'mayoral')
    """
    if not told or not said:
        return told or said or ""
    offices = [kind_of(kind).offices for kind in (told, said)]
    apart = all(offices) and not offices[0] & offices[1]
    return told if apart or told in _INDONESIAN or types_apart(told, said) else said


def renamed(kind: str, said: str | None) -> str:
    """Return a type in the user's word for it; in the file's own where the two cannot be one."""
    return said if said and not types_apart(kind, said) else kind


def types_apart(one: str, other: str) -> bool:
    """Whether two texts name types that cannot be of one election.

    >>> types_apart("2019 pilpres", "pileg"), types_apart("Pilkada 2020", "pilbup")
    (True, False)
    >>> types_apart("PPWP", "presidential")
    False
    >>> types_apart("Local election", "Borough council election 2019"), types_apart(
    ...     "Local election", "General election"
    ... )
    (False, True)
    """
    ours, theirs = (find_contest(text)[0].election_type for text in (one, other))
    if not ours or not theirs or may_be_one(ours, theirs):
        return False
    if {ours, theirs} & _INDONESIAN:
        return True
    offices = [kind_of(kind).offices for kind in (ours, theirs)]
    return not (offices[0] & offices[1])


def is_mere_type(text: str) -> bool:
    """Whether a text is a type of election, with its year or day, and no more.

    >>> is_mere_type("Pilkada"), is_mere_type("Pemilihan Gubernur 2018"), is_mere_type("Pilkada X")
    (True, True, False)
    """
    contest, rest = find_contest(text)
    return bool(contest.election_type) and set(rest.casefold().split()) <= _OF_A_TYPE


_OF_A_TYPE = frozenset({"pemilihan", "umum", "serentak", "dan", "wakil", "tahun"})


def years_of_election(title: str) -> list[int]:
    """Return the years that a title tells of its election: beside a type, or alone.

    >>> years_of_election("PEMILIHAN WALI KOTA TAHUN 2020"), years_of_election("Tahun 2020")
    ([2020], [2020])
    >>> years_of_election("Penduduk 2020"), years_of_election("Pilkada 2015-2020")
    ([], [2015, 2020])
    """
    contest, rest = find_contest(title)
    alone = rest.strip(" :").casefold() in ("", "tahun", "th", "year")
    if contest.year is None or contest.date is not None or not (contest.election_type or alone):
        return []
    return years_in(title)


def _take(text: str, level: tuple[tuple[str, str], ...]) -> tuple[set[str], str]:
    """Return the types that a text names, and the text without their words."""
    kinds = set()
    for pattern, kind in level:
        word = re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
        if word.search(text):
            kinds.add(kind)
            text = word.sub(" ", text)
    return kinds, text
