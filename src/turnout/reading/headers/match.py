"""Headers as written, and the columns that they name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from turnout.privacy.headers import is_personal_header
from turnout.reading.files.cells import listed
from turnout.reading.headers.ages import age_column
from turnout.reading.headers.contests import Contest, find_contest
from turnout.reading.headers.english_types import behind_election
from turnout.reading.headers.measures import Measure, measure_of, without_measure
from turnout.reading.headers.plain import COUNT_NOISE, in_full, split_sex, without_noise, words
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.headers.voting_ways import is_of_a_part
from turnout.voter_lists import of_all_lists

Meaning = Literal["column", "question", "thousands", "personal", "own", "blank"]

_BY_SEX = ("registered", "voters")
_NAME_NOISE = listed("nama | name")
_SILENT = Contest()
_LONGEST = 1_000


@dataclass(frozen=True)
class Header:
    """One header of a file and what it says.

    Parameters
    ----------
    written
        As in the file; headers of two lines are joined with a space.
    meaning
        Whether it names a known column, may mean several (a question), counts in thousands, would
        hold personal data, is a column of the user's own, or is blank.
    names
        The canonical column, or those that a question is about.
    contest
        The election that the header names, as in *DPT Pilpres 2019*.
    strength
        Of several headers for one column the strongest names it: the canonical name itself (2),
        an alias (1), a weak alias (0); what `columns` tells goes before all (3).
    """

    written: str
    meaning: Meaning
    names: tuple[str, ...] = ()
    contest: Contest = _SILENT
    strength: int = 1


@lru_cache(maxsize=4096)
def understand(header: str, vocabulary: Vocabulary) -> Header:
    """Tell what a header names.

    >>> from turnout.reading.headers.aliases import RESULTS
    >>> understand("Jumlah Pengguna Hak Pilih (orang)", RESULTS).names
    ('voters',)
    >>> understand("DPT Pilpres 2019 LK", RESULTS).contest.year
    2019
    """
    if not header.strip():
        return Header(header, "blank")
    if is_personal_header(header):
        return Header(header, "personal")
    if len(header) > _LONGEST:  # a text, no header
        return Header(header, "own")
    return _understood(header, vocabulary)


def _understood(header: str, vocabulary: Vocabulary) -> Header:
    """Tell which column a header names, as far as its words tell one."""
    lookup = _lookup(vocabulary)
    if (measure := measure_of(header)) and (found := _measured(header, measure, vocabulary)):
        return found
    for text in (words(header), words(_REMARK.sub(_unless_a_part, header))):
        if found := lookup.meaning(header, text):
            return found
    if name := age_column(header, lookup.of_age):
        return Header(header, "own", (name,))
    if _counted_of_all(header, lookup):
        return Header(header, "column", ("stations_counted",))
    contest, rest = find_contest(header)
    if contest.silent or not rest:
        return Header(header, "own")
    found = lookup.meaning(header, words(rest)) or _behind_election(header, lookup)
    if found is None or vocabulary.kind(found.names[0]) != "count":
        return Header(header, "own")
    return replace(found, contest=contest, strength=1)


def _behind_election(header: str, lookup: _Lookup) -> Header | None:
    """Tell what a header names behind an election of a type that is not known."""
    rest = find_contest(behind_election(header))[1]
    return lookup.meaning(header, words(rest)) if rest else None


_REMARK = re.compile(r"\([^)]*\)|\[[^]]*\]")


def _unless_a_part(remark: re.Match[str]) -> str:
    """Leave a remark in brackets out, but for those that tell which of the voters are counted."""
    return remark[0] if is_of_a_part(words(remark[0])) else " "


def _counted_of_all(header: str, lookup: _Lookup) -> bool:
    """Whether a header is of cells such as *3/15*: *TPS Masuk/Jumlah TPS*, *masuk dari total*."""
    counted, *rest = (in_full(words(part)) for part in _OF_ALL.split(header))
    if len(rest) != 1 or "stations_counted" not in lookup.kinds:
        return False
    total = without_noise(rest[0])
    named = counted in _IN or (lookup.find(counted) or ("",))[0] == "stations_counted"
    return named and (not total or (lookup.find(rest[0]) or ("",))[0] == "stations_total")


_OF_ALL = re.compile(r"/|\b(?:dari|of)\b", re.IGNORECASE)
_STATIONS_IN = "stations_share"
_IN = ("masuk", "sudah masuk", "data masuk", "terhitung", "counted", "reporting", "reported")
"""What is said of stations, as a share of all, without naming them."""


def _measured(header: str, measure: Measure, vocabulary: Vocabulary) -> Header | None:
    """Tell what a header of shares or thousands names; None where it is no such thing.

    A share of those who voted is a turnout, one of the stations that are in that of the stations;
    any other share of a count is a column of the user's own.
    """
    contest, rest = find_contest(without_measure(header))
    if measure == "share" and _STATIONS_IN in vocabulary.names and words(rest) in _IN:
        return Header(header, "column", (_STATIONS_IN,), contest)
    found = _lookup(vocabulary).meaning(header, words(rest))
    if found is None:
        return None
    counts = [name for name in found.names if vocabulary.kind(name) in ("count", "amount")]
    if measure == "share" and vocabulary.kind(found.names[0]) == "share":
        return replace(found, contest=contest)
    if not counts:
        return None
    if measure == "thousands":
        return Header(header, "thousands", found.names, contest)
    if counts == ["voters"] and "turnout" in vocabulary.names:
        return Header(header, "column", ("turnout",), contest)
    if counts == ["stations_counted"] and _STATIONS_IN in vocabulary.names:
        return Header(header, "column", (_STATIONS_IN,), contest)
    return Header(header, "own")


def understand_all(
    headers: Sequence[str], vocabulary: Vocabulary, columns: Mapping[str, str] | None = None
) -> list[Header]:
    """Tell what each header of a table names; the user's own word in `columns` goes first.

    Parameters
    ----------
    headers
        As written.
    vocabulary
        The columns to look for.
    columns
        Headers and what they are to be read as: a canonical name, a canonical name with an
        election ("registered 2019-04-17 pilpres"), or a name of the user's own.
    """
    said = columns or {}
    others = {words(header): meant for header, meant in said.items() if header not in headers}
    meant = [said.get(header, others.get(words(header))) for header in headers]
    found = [
        understand(header, vocabulary) if name is None else _overruled(header, name, vocabulary)
        for header, name in zip(headers, meant, strict=True)
    ]
    return _without_rivals(found, vocabulary)


def _overruled(header: str, meant: str, vocabulary: Vocabulary) -> Header:
    if meant in vocabulary.names:
        return Header(header, "column", (meant,), strength=3)
    understood = understand(meant, vocabulary)
    if understood.meaning == "column":
        return Header(header, "column", understood.names, understood.contest, strength=3)
    return Header(header, "own", (meant,), strength=3)


def _without_rivals(headers: list[Header], vocabulary: Vocabulary) -> list[Header]:
    """Keep the strongest header of a column, and only the questions that matter.

    A question of which one needed column alone is not named yet is answered by it.
    """
    best: dict[tuple[str, Contest], int] = {}
    for header in headers:
        if header.meaning == "column":
            key = (header.names[0], header.contest)
            best[key] = max(best.get(key, 0), header.strength)
    named = {name for name, _ in best}
    needed = {name for group in vocabulary.needed for name in group}
    left = [
        _open(header.names, needed, named) for header in headers if header.meaning == "question"
    ]
    lookup = _lookup(vocabulary)
    summed = {
        name
        for name, ways in vocabulary.derived.items()
        for parts in ways
        if set(parts) <= named and all(part.startswith(f"{name}_") for part in parts)
    }

    def is_told(header: Header, asked: set[str]) -> bool:
        """Whether the whole of a group's column is asked about, and the others' parts are there."""
        usual = vocabulary.evident.get(lookup.parted(header.written)[0])
        return usual in named and asked - named <= summed

    def settle(header: Header) -> Header:
        if header.meaning == "column":
            beaten = header.strength < best[header.names[0], header.contest]
            redundant = header.names[0] == "year" and "date" in named
            return Header(header.written, "own") if beaten or redundant else header
        if header.meaning != "question":
            return header
        asked = needed & set(header.names) or set(header.names)
        if asked <= named or is_told(header, asked):
            return Header(header.written, "own")
        open_names = _open(header.names, asked, named)
        alone = len(open_names) == 1 < len(asked) and left.count(open_names) == 1
        return replace(header, meaning="column", names=(open_names[0],)) if alone else header

    settled = _by_sex([settle(header) for header in headers], vocabulary)
    return _without_non_voters(_without_parts(settled), vocabulary)


def _open(names: Sequence[str], asked: set[str], named: set[str]) -> list[str]:
    """Return those of `names` that no column holds; men and women who voted are all the voters."""
    left = [name for name in names if name in asked - named]
    voters = ["voters"] if len(left) > 1 and {"voters_l", "voters_p"} <= named else []
    return [name for name in left if name not in voters]


def _by_sex(headers: list[Header], vocabulary: Vocabulary) -> list[Header]:
    """Answer what asks for one sex, such as *Jml Pemilih L*, as *Jml Pemilih* is, or would be.

    Where the whole is asked about itself, its answer is that of the sexes too.
    """
    lookup = _lookup(vocabulary)
    named = {(header.names[0], header.contest) for header in headers if header.meaning == "column"}
    parted = [lookup.parted(header.written) for header in headers]
    wholes = {
        (base, header.contest): header
        for (base, sex), header in zip(parted, headers, strict=True)
        if not sex and base in lookup.questions
    }

    def settle(header: Header, base: str, sex: str) -> Header:
        if header.meaning != "question" or not sex or base not in lookup.questions:
            return header
        names = lookup.questions[base]
        whole = wholes.get((base, header.contest))
        if whole is not None:
            left = whole.names if whole.meaning == "column" else ()
        else:
            taken = {name for name, contest in named if contest == header.contest}
            left = tuple(name for name in names if not {name, name + sex} & taken)
            if "voters" in left:
                return header
        meant = [name + sex for name in left if name in _BY_SEX]
        return replace(header, meaning="column" if meant else "own", names=tuple(meant))

    return [settle(header, *of) for header, of in zip(headers, parted, strict=True)]


def is_evident(header: Header, vocabulary: Vocabulary) -> bool:
    """Whether what an unclear header was read as needs no word.

    So it is where its own words leave no other way once the others have columns, and for one sex:
    what is told of the whole holds for it.
    """
    base, sex = _lookup(vocabulary).parted(header.written)
    return bool(sex) or vocabulary.evident.get(base) == header.names[0]


def _without_parts(headers: list[Header]) -> list[Header]:
    """Keep no question on *L* and *P* where both sums stand there: men and women are not needed."""
    named = {header.names[0] for header in headers if header.meaning == "column"}
    parts = {name + sex for name in _BY_SEX for sex in ("_l", "_p")}
    return [
        Header(header.written, "own")
        if header.meaning == "question" and set(header.names) <= parts and named >= set(_BY_SEX)
        else header
        for header in headers
    ]


def _without_non_voters(headers: list[Header], vocabulary: Vocabulary) -> list[Header]:
    """Keep those who did not vote only where nothing else tells the voters of their election."""

    def are_told(contest: Contest) -> bool:
        of = (one for one in headers if one.meaning == "column" and one.contest == contest)
        return vocabulary.has("voters", {one.names[0] for one in of} - {"non_voters"})

    return [
        Header(one.written, "own")
        if one.meaning == "column" and one.names == ("non_voters",) and are_told(one.contest)
        else one
        for one in headers
    ]


@dataclass(frozen=True)
class _Lookup:
    """A vocabulary's aliases without spaces, so that *kab/kota* and *kabkota* are one."""

    strong: Mapping[str, str]
    weak: Mapping[str, str]
    questions: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, str]

    def meaning(self, header: str, text: str) -> Header | None:
        """Return what a header says, from its plain words `text`; None where they say nothing."""
        text = in_full(text)
        if found := self.find(text) or self._of_alternatives(header):
            strength = 2 if text == words(found[0]) else found[1]
            return Header(header, "column", (found[0],), strength=strength)
        names = self.question(text)
        return Header(header, "question", names) if names else None

    def question(self, text: str) -> tuple[str, ...] | None:
        """Return the columns that plain words may mean; of counts beside *jumlah* or *L* too."""
        if text in self.questions:
            return self.questions[text]
        bare = without_noise(text)
        names = self.questions.get(bare) or self._question_by_sex(bare)
        return names if names and {self.kinds[name] for name in names} == {"count"} else None

    def _question_by_sex(self, text: str) -> tuple[str, ...]:
        base, sex = split_sex(text)
        names = self.questions.get(base, ())
        known = sex is not None and set(names) <= set(_BY_SEX)
        return tuple(f"{name}{sex}" for name in names) if known else ()

    def parted(self, header: str) -> tuple[str, str]:
        """Return the plain words of a header without noise, and the ending of the sex they name."""
        base, sex = split_sex(without_noise(in_full(words(find_contest(header)[1]))))
        return base, sex or ""

    def _of_alternatives(self, header: str) -> tuple[str, int] | None:
        """Return the column of *City/Municipality*, words that name places of one scale."""
        one, *others = {self._find_alias(in_full(words(part))) for part in header.split("/")}
        alike = "/" in header and not others
        return one if alike and one and self.kinds[one[0]] == "name" else None

    def of_age(self, text: str) -> str | None:
        """Return whose count a header is without its ages; *pemilih* beside ages are registered."""
        names = self.question(text) or ((found := self.find(text)) and found[:1]) or ()
        return next((name for name in _BY_SEX if name in names), None)

    def find(self, text: str) -> tuple[str, int] | None:
        """Return the column that a header in plain words names, and how strongly (1 or 0)."""
        if text in self.questions:
            return None
        if found := self._find_alias(text):
            return found
        base, sex = split_sex(text)
        if sex is None or base in self.questions:
            return None
        found = self._find_alias(base)
        if found is None or (sex and found[0] not in _BY_SEX) or self.kinds[found[0]] != "count":
            return None
        return found[0] + sex, found[1]

    def _find_alias(self, text: str) -> tuple[str, int] | None:
        for noise, kind in ((frozenset(), ""), (COUNT_NOISE, "count"), (_NAME_NOISE, "name")):
            key = "".join(word for word in text.split() if word not in noise)
            for names, strength in ((self.strong, 1), (self.weak, 0)):
                if (name := names.get(key)) and (not noise or self.kinds[name] == kind):
                    return name, strength
        return ("registered", 0) if "registered" in self.kinds and of_all_lists(text) else None


@lru_cache(maxsize=16)
def _lookup(vocabulary: Vocabulary) -> _Lookup:
    """Return the aliases of a vocabulary in normal form, in whatever way they are written."""
    strong: dict[str, str] = {}
    weak: dict[str, str] = {}
    for column in vocabulary.columns:
        strong[words(column.name).replace(" ", "")] = column.name
        for aliases, names in ((column.aliases, strong), (column.weak, weak)):
            for alias in aliases.split(" | ") if aliases else ():
                names[words(alias).replace(" ", "")] = column.name
    questions = {words(header): names for header, names in vocabulary.questions.items()}
    kinds = {column.name: column.kind for column in vocabulary.columns}
    return _Lookup(strong, weak, questions, kinds)
