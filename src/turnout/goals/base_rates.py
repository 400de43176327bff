"""How often goals like this one were reached before: base rates from Indonesian elections.

A model's probability rests on a place's own past; how goals fare elsewhere is a second opinion that
owes nothing to the model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pandas as pd

from turnout.datasets import load_goals, load_indonesia
from turnout.elections import TYPE_GROUPS, Election
from turnout.language import Language, Text

_PILKADA, _PEMILU = "pilkada", "pemilu"

_BEFORE = {
    "pilkada_2015": "pemilu_2014",
    "pilkada_2017": "pemilu_2014",
    "pilkada_2018": "pemilu_2014",
    "pilkada_2020": "pemilu_2019",
}
# The newest contest of each family of which most regions are known.
_KNOWN_BEST = {_PILKADA: "pilkada_2015", _PEMILU: "pemilu_2019"}


@dataclass(frozen=True)
class Frequency:
    """So many of so many."""

    hits: int
    n: int


@dataclass(frozen=True)
class LastPemilu:
    """Turnout of a place's last Pemilu (share), and the share of its voters that it is of."""

    turnout: float
    coverage: float = 1.0

    def say(self, lang: Language = "en") -> str:
        """Return the turnout, with a mark where it is the sum of a part."""
        told = _OF_ALL if self.coverage >= _ALL else _OF_PART
        return told.say(lang, turnout=self.turnout, coverage=self.coverage)


_ALL = 0.995
"""Share of the voters from which on a sum is shown as of 100% of them."""


@dataclass(frozen=True)
class BaseRates:
    """How often something like a goal happened.

    Parameters
    ----------
    goal
        The goal, a share.
    family
        ``pilkada`` or ``pemilu``.
    stated
        Goals of offices that were reached, of those known.
    year
        Year of the contest that the next two are about.
    passed, passed_kota
        Kabupaten and kota, and kota alone, with a turnout of the goal or more; of kota alone
        None where the place is not known as one.
    last_pemilu
        The place's own last Pemilu; None where not known or not asked for.
    above
        Pilkada that came as far above the Pemilu before as the goal is above `last_pemilu`, or
        at least to it where the goal is no higher.
    """

    goal: float
    family: str
    stated: Frequency
    year: int
    passed: Frequency
    passed_kota: Frequency | None
    last_pemilu: LastPemilu | None
    above: Frequency | None

    def say(self, lang: Language = "en") -> list[str]:
        """Return the base rates in words, one statement each."""
        lines = [
            _STATED.say(lang, k=self.stated.hits, n=self.stated.n),
            _PASSED.say(
                lang,
                k=self.passed.hits,
                n=self.passed.n,
                kota=self._say_kota(lang),
                contest=self.family.capitalize(),
                year=str(self.year),
                goal=self.goal,
            ),
        ]
        if self.above is None or self.last_pemilu is None:
            return lines
        over = self.goal - self.last_pemilu.turnout
        told = _ABOVE if over > 0 else _REACHED
        values = {"over": over, "last": self.last_pemilu, "k": self.above.hits, "n": self.above.n}
        return [*lines, told.say(lang, goal=self.goal, **values)]

    def _say_kota(self, lang: Language) -> str:
        if self.passed_kota is None:
            return ""
        return _KOTA_ALONE.say(lang, k=self.passed_kota.hits, n=self.passed_kota.n)


def base_rates(
    election: Election, goal: float, last_pemilu: LastPemilu | None = None, place: str = ""
) -> BaseRates | None:
    """Return how often a goal like this was reached in Indonesia before November 2024.

    Parameters
    ----------
    election
        The election that the goal is for.
    goal
        The goal, a share.
    last_pemilu
        The place's own last Pemilu.
    place
        What the place is called: a kota is held against kota, too.

    Returns
    -------
    BaseRates or None
        None where the election's type is not an Indonesian one.

    Examples
    --------
    >>> rates = base_rates(Election("2024-11-27", "pilwako"), 0.775)
    >>> rates.stated, rates.passed, rates.passed_kota
    (Frequency(hits=5, n=24), Frequency(hits=46, n=283), Frequency(hits=3, n=44))
    >>> base_rates(Election("2026-11-03", "midterm"), 0.5) is None
    True
    """
    family = election.type_group
    if family not in TYPE_GROUPS.values():
        return None
    goals, turnout = _shipped()
    contest = _KNOWN_BEST[family]
    known = turnout[turnout[contest].notna()]
    passed = known[contest] >= 100 * goal
    last = last_pemilu if family == _PILKADA else None
    is_kota = election.election_type == _OF_KOTA or _KOTA.match(place)
    return BaseRates(
        goal=goal,
        family=family,
        stated=_frequency(goals["reached"] == "yes"),
        year=int(contest.split("_")[1]),
        passed=_frequency(passed),
        passed_kota=_frequency(passed[known["kota"]]) if is_kota else None,
        last_pemilu=last,
        above=None if last is None else _above(turnout, goal - last.turnout),
    )


_OF_KOTA = "pilwako"
_KOTA = re.compile(r"\s*kota\b", re.IGNORECASE)


def last_pemilu_of(history: pd.DataFrame, scale: str) -> LastPemilu | None:
    """Return the whole's last Pemilu from a forecast's history: a total, else a sum of places.

    Of several on the last day the one that is known of most voters.
    """
    if history.empty:
        return None
    past = history[(history["scale"] == scale) & (history["type_group"] == _PEMILU)]
    if past.empty:
        return None
    last = past.sort_values(["date", "coverage"], kind="stable").iloc[-1]
    return LastPemilu(float(last["turnout"]), float(last["coverage"]))


def _above(turnout: pd.DataFrame, over: float) -> Frequency:
    """Count the Pilkada that came at least `over` (but not less than 0) above the Pemilu before."""
    gaps = pd.concat([turnout[pilkada] - turnout[before] for pilkada, before in _BEFORE.items()])
    return _frequency(gaps.dropna() >= 100 * max(over, 0.0))


def _frequency(hit: pd.Series) -> Frequency:
    return Frequency(int(hit.sum()), len(hit))


@cache
def _shipped() -> tuple[pd.DataFrame, pd.DataFrame]:
    return load_goals(), load_indonesia()


_STATED = Text(
    en="For comparison: of {n:count} turnout goals in Indonesia from before November 2024 "
    "whose outcome we know, {k:count} were reached. (They were found in reports and news, "
    "where failures are reported more often.)",
    id="Sebagai pembanding: dari {n:count} target partisipasi di Indonesia sebelum November 2024 "
    "yang hasilnya diketahui, {k:count} tercapai. (Sumbernya laporan dan berita, yang lebih sering "
    "memuat target yang tidak tercapai.)",
)
_PASSED = Text(
    en="In the {contest} of {year}, {k:count} of the {n:count} kabupaten and kota in Indonesia "
    "whose turnout we know came to {goal:goal} or more{kota}.",
    id="Pada {contest} {year}, {k:count} dari {n:count} kabupaten/kota di Indonesia yang tingkat "
    "partisipasinya diketahui mencapai {goal:goal} atau lebih{kota}.",
)
_KOTA_ALONE = Text(
    en=" (of the kota alone: {k:count} of {n:count})",
    id=" (khusus kota: {k:count} dari {n:count})",
)
_OF_ALL = Text(en="{turnout:percent}", id="{turnout:percent}")
_OF_PART = Text(
    en="{turnout:percent} in the places with {coverage:percent0} of its voters that are known",
    id="{turnout:percent} di wilayah yang datanya ada, {coverage:percent0} dari pemilihnya",
)
_ABOVE = Text(
    en="{goal:goal} is {over:points} points above the last Pemilu here ({last}). From "
    "2015 to 2020, {k:count} of {n:count} Pilkada came that far above the Pemilu before.",
    id="Target {goal:goal} berada {over:points} poin persen di atas tingkat partisipasi "
    "Pemilu terakhir di sini ({last}). Dari 2015 sampai 2020, {k:count} dari {n:count} "
    "Pilkada melampaui Pemilu sebelumnya sejauh itu.",
)
_REACHED = Text(
    en="From 2015 to 2020, {k:count} of {n:count} Pilkada reached the turnout of the Pemilu before "
    "(the last one here: {last}).",
    id="Dari 2015 sampai 2020, {k:count} dari {n:count} Pilkada menyamai atau melampaui tingkat "
    "partisipasi Pemilu sebelumnya (yang terakhir di sini: {last}).",
)
