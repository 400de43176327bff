"""Elections: their day, their type, and the family that the type belongs to."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

import pandas as pd

from turnout.dates import parse_days, read_day
from turnout.errors import TurnoutError
from turnout.escaping import clean
from turnout.kinds import check_kind, kind_of
from turnout.language import Text
from turnout.polling_days import NATIONAL_DAYS

# Types of one family draw alike: local executive contests on one side, national ones on the other.
TYPE_GROUPS: dict[str, str] = {
    "pileg": "pemilu",
    "pilpres": "pemilu",
    "pemilu": "pemilu",
    "pilgub": "pilkada",
    "pilwako": "pilkada",
    "pilwali": "pilkada",
    "pilbup": "pilkada",
    "pemilukada": "pilkada",
    "pilkada": "pilkada",
}

# By its first word a *pemilu daerah* would be a Pemilu; it elects the heads of regions.
_GROUPS = {
    **TYPE_GROUPS,
    "pemilu daerah": "pilkada",
    "pemilu lokal": "pilkada",
    "dpr": "pemilu",
    "dpd": "pemilu",
}

TYPE_PHRASES: tuple[tuple[str, str], ...] = (
    *((kind, kind) for kind in TYPE_GROUPS if kind not in TYPE_GROUPS.values()),
    (r"presiden|capres|ppwp", "pilpres"),
    (r"legislatif|dpr\s*ri|dprd|dpd\s*ri", "pileg"),
    (r"gubernur|pgwg", "pilgub"),
    (r"wali\s*kota|pwkwwk|pilwalkot", "pilwako"),
    (r"bupati", "pilbup"),
)
"""What names a type, as a pattern of whole words, and the type that it names."""

FAMILY_PHRASES: tuple[tuple[str, str], ...] = (
    ("pilkada", "pilkada"),
    ("pemilu", "pemilu"),
    (r"pemilihan\s+kepala\s+daerah|pemilihan\s+serentak|pemilukada", "pilkada"),
    (r"pemilihan\s+umum", "pemilu"),
)
"""The same of families: a *Pemilihan Umum Presiden* names both and means the narrower one."""


def without_year(election_type: str) -> str:
    """Return a type of election without the year that names one of its elections.

    >>> without_year("2016 General Election"), without_year("Pilkada 2020"), without_year("2020")
    ('General Election', 'Pilkada', '2020')
    """
    return _YEAR_BESIDE.sub("", election_type) or election_type


_YEAR_BESIDE = re.compile(
    r"^\s*(?:19|20)\d\d\b\W*|[^\w)]*(?:\b(?:tahun|thn|th)\W*)?(?<!\d)(?:19|20)\d\d\s*$",
    re.IGNORECASE,
)


def group_of_type(election_type: str) -> str:
    """Return the family of an election type; a type that is not Indonesian is its own family.

    >>> group_of_type("pilwako"), group_of_type("municipal"), group_of_type("pemilu daerah")
    ('pilkada', 'municipal', 'pilkada')
    >>> group_of_type("Pemilihan Bupati dan Wakil Bupati"), group_of_type("Presiden")
    ('pilkada', 'pemilu')
    """
    word = election_type.strip().casefold()
    words = word.replace("-", " ").replace("_", " ").split()
    for stem in (" ".join(words[:2]), *words[:1]):
        if stem in _GROUPS:
            return _GROUPS[stem]
    for phrases in (TYPE_PHRASES, FAMILY_PHRASES):
        named = {
            TYPE_GROUPS[kind]
            for text, kind in phrases
            if re.search(rf"\b(?:{text})\b", " ".join(words))
        }
        if named:
            return named.pop() if len(named) == 1 else word
    return word


def national_days(year: int | None, election_type: str = "") -> list[dt.date]:
    """Return Indonesia's national polling days of a year: those of a type, else of its family.

    >>> [str(day) for day in national_days(2014, "pilpres")], len(national_days(2014))
    (['2014-07-09'], 2)
    """
    known = [one for one in NATIONAL_DAYS if one.date.year == year]
    if election_type in _ALONE:
        known = [one for one in known if one.election_type == election_type]
    elif election_type:
        group = group_of_type(election_type)
        known = [one for one in known if group_of_type(one.election_type) == group]
    return list(dict.fromkeys(one.date for one in known))


_ALONE = ("pileg", "pilpres")
"""Types that have days of their own within their family."""


def may_be_one(one: str, other: str) -> bool:
    """Whether two types may be of one election: they are of one family, and no office parts them.

    >>> may_be_one("pilkada", "pilwako"), may_be_one("pilpres", "pileg")
    (True, False)
    """
    ours, theirs = (kind_of(kind).offices for kind in (one, other))
    apart = bool(ours and theirs) and not ours & theirs
    return group_of_type(one) == group_of_type(other) and not apart


@dataclass(frozen=True)
class Election:
    """A coming election.

    Parameters
    ----------
    date
        Polling day, as a date or as people write it: ``"2024-11-27"``, ``"27/11/2024"`` (day
        first), ``"27 November 2024"``.
    election_type
        Its type in the words of the results table, such as ``"pilkada"``.
    type_group
        The family of the type; looked up when not given.
    name
        Label of the contest; the date and the type when not given.
    kind
        Its kind of office: the offices that are filled on the day (``"president + national
        parliament"``), or a score from 0 to 1 (`turnout.kinds.SCORES`). When not given, as the
        newest contest of the type was held, else by the words of the type.

    Raises
    ------
    DataError
        If `date` is no full date, or can be two days.
    TurnoutError
        If the type is blank, or `kind` names no known office and is no score.

    Examples
    --------
    >>> coming = Election("2024-11-27", "pilwako")
    >>> coming.name, coming.type_group, coming.date.year
    ('2024-11-27-pilwako', 'pilkada', 2024)
    """

    date: dt.date
    election_type: str
    type_group: str
    name: str
    kind: str | float | None
    written: object = field(compare=False, repr=False)
    """The day as it was given, which may be another where a file has the month first."""

    def __init__(
        self,
        date: dt.date | str,
        election_type: str,
        type_group: str | None = None,
        name: str | None = None,
        kind: str | float | None = None,
    ) -> None:
        polling_day = read_day(date)
        check_kind(kind)
        told = clean(election_type).strip() if isinstance(election_type, str) else ""
        word = without_year(told).casefold()
        if not word:
            raise TurnoutError(_NO_TYPE)
        object.__setattr__(self, "date", polling_day)
        object.__setattr__(self, "election_type", word)
        object.__setattr__(self, "type_group", type_group or group_of_type(word))
        object.__setattr__(self, "name", name or f"{polling_day.isoformat()}-{word}")
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "written", date)

    def is_kind(self, election_type: str, type_group: str | None = None) -> bool:
        """Whether it is of a type, or may be by another name: a pilwako is a pilkada, no pilgub.

        It may where both are of one family and no office keeps them apart.

        >>> coming = Election("2024-11-27", "pilwako")
        >>> [coming.is_kind(kind) for kind in ("Pilkada", "pilgub", "pilpres")]
        [True, False, False]
        """
        kind = election_type.strip().casefold()
        if kind == self.election_type:
            return True
        ours, theirs = (kind_of(one).offices for one in (self.election_type, kind))
        apart = bool(ours and theirs) and not ours & theirs
        return (type_group or group_of_type(kind)) == self.type_group and not apart

    def differs(self, rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
        """Return which rows have another day than its own, and which have another type.

        A row differs in nothing that it does not tell.
        """
        blank = pd.Series([None] * len(rows), index=rows.index, dtype="object")
        days = parse_days(rows.get("date", blank)).values
        kinds, groups = (rows.get(name, blank) for name in ("election_type", "type_group"))
        told = list(zip(kinds, groups, strict=True))
        other = {
            (kind, group): pd.notna(kind)
            and not self.is_kind(str(kind), None if pd.isna(group) else group)
            for kind, group in set(told)
        }
        other_day = days.notna() & (days != pd.Timestamp(self.date))
        return other_day, pd.Series([other[one] for one in told], index=rows.index, dtype=bool)


_NO_TYPE = Text(
    en="The type of the election is blank. Write it as the results do, such as general election.",
    id="Jenis pemilihan kosong. Tulis seperti pada berkas hasil, misalnya pilkada.",
)
