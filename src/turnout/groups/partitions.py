"""Partitions of voters into groups, and what is held of the gaps between them beforehand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.arrays import Floats
from turnout.language import Language, Text


@dataclass(frozen=True)
class GapPrior:
    """Prior of the gap of a group to the voters beside it, a log odds ratio.

    Parameters
    ----------
    level, level_sd
        Mean and standard deviation of the common level.
    medians
        Medians of the log-normal standard deviations, in the order of
        `turnout.groups.gap.PARAMETERS`.
    log_sd
        Standard deviation of their logs.
    """

    level: float
    level_sd: float
    medians: tuple[float, ...]
    log_sd: float = 0.7

    @property
    def center(self) -> Floats:
        """Logs of the medians."""
        return np.log(self.medians)


@dataclass(frozen=True)
class Group:
    """A group of voters.

    Parameters
    ----------
    key
        What tables call it.
    name
        What people call it.
    short
        The same in a table of such groups.
    ending
        Its columns are ``registered_`` and ``voters_`` with this ending; None for the others, who
        are what is left of all.
    """

    key: str
    name: Text
    short: Text
    ending: str | None = None

    def column(self, count: str) -> str:
        """Return the column of its registered or of its voters; all of them for the others."""
        return count if self.ending is None else f"{count}_{self.ending}"


@dataclass(frozen=True)
class Partition:
    """Groups who are all voters together.

    Parameters
    ----------
    key
        What tables call the partition.
    name
        What people call it.
    groups
        Its groups; only the last may be the others.
    prior
        Of the gap of each group but the last to all groups behind it.
    """

    key: str
    name: Text
    groups: tuple[Group, ...]
    prior: GapPrior

    @property
    def gaps(self) -> tuple[Group, ...]:
        """The groups whose gap to all other voters is told: of two the first, else each."""
        return self.groups[:1] if len(self.groups) == 2 else self.groups

    @property
    def told(self) -> tuple[Group, ...]:
        """The groups that have columns of their own: all but the others."""
        return tuple(group for group in self.groups if group.ending is not None)

    @property
    def columns(self) -> list[str]:
        """The columns of results that tell the groups."""
        return [one.column(count) for count in ("registered", "voters") for one in self.told]

    def told_by(self, results: pd.DataFrame) -> bool:
        """Whether any row of results tells all groups, whether or not they add up."""
        columns = self.columns
        return bool(set(columns) <= set(results) and results[columns].notna().all(axis=1).any())


DISABILITY_PRIOR = GapPrior(-1.2, 1.0, (0.5, 0.5, 0.3, 0.4, 0.3))
"""Docs/model.md, section 18, tells where it comes from."""

AGE_PRIOR = GapPrior(0.0, 0.7, (0.15, 0.15, 0.1, 0.15, 0.15))

DISABILITY = "disability"
AGE = "age"
NAMES = {
    DISABILITY: Text(en="Voters with disabilities", id="Pemilih penyandang disabilitas"),
    AGE: Text(en="Age groups", id="Kelompok usia"),
}
_DISABLED = Group(
    "disabled",
    Text(en="voters with disabilities", id="pemilih penyandang disabilitas"),
    Text(en="with disabilities", id="penyandang disabilitas"),
    ending="disabled",
)
_OTHERS = Group(
    "others",
    Text(en="all other voters", id="pemilih lain"),
    Text(en="all others", id="pemilih lain"),
)
_AGE = re.compile(r"registered_(age_\w+)")


def groups_told(results: pd.DataFrame) -> tuple[Partition, ...]:
    """Return the partitions by disability and by age that a results table tells.

    Voters with disabilities (``registered_disabled``, ``voters_disabled``) are set beside all
    others; a single age group likewise. Several age groups (``registered_age_17_25``,
    ``voters_age_17_25`` and so on) are to be all voters together.

    Examples
    --------
    >>> table = pd.DataFrame({"registered": [90], "voters": [60], "registered_disabled": [10],
    ...                       "voters_disabled": [4]})
    >>> [(one.key, [group.key for group in one.groups]) for one in groups_told(table)]
    [('disability', ['disabled', 'others'])]
    """
    found = [Partition(DISABILITY, NAMES[DISABILITY], (_DISABLED, _OTHERS), DISABILITY_PRIOR)]
    if ages := ages_of(results.columns):
        whole = ages if len(ages) > 1 else (*ages, _OTHERS)
        found.append(Partition(AGE, NAMES[AGE], whole, AGE_PRIOR))
    return tuple(one for one in found if one.told_by(results))


def ages_of(columns: Iterable[object]) -> tuple[Group, ...]:
    """Return the age groups of a table, the youngest first.

    Examples
    --------
    >>> ages = ages_of(["registered_age_60_up", "voters_age_60_up", "registered_age_17_25",
    ...                 "voters_age_17_25", "registered_age_26_59"])
    >>> [one.name.say("en") for one in ages]
    ['voters aged 17 to 25', 'voters aged 60 and over']
    """
    names = {str(name) for name in columns}
    endings = [found[1] for name in names if (found := _AGE.fullmatch(name))]
    told = [ending for ending in endings if f"voters_{ending}" in names]
    return tuple(_age_group(one) for one in sorted(told, key=_years))


def _years(ending: str) -> tuple[int, str]:
    found = re.search(r"\d+", ending)
    return int(found[0]) if found else 1000, ending


def _age_group(ending: str) -> Group:
    """Return an age group with its ages in words; with the user's own word where they are none."""
    said = ending.removeprefix("age_")
    if found := re.fullmatch(r"(\d+)_(\d+)", said):
        low, high = found.groups()
        short = Text(en=f"{low} to {high}", id=f"{low}–{high} tahun")
    elif found := re.fullmatch(r"(\d+)_up", said):
        short = Text(en=f"{found[1]} and over", id=f"{found[1]} tahun ke atas")
    else:
        word = said.replace("_", " ")
        return Group(
            ending,
            Text(en=f"voters {word}", id=f"pemilih {word}"),
            Text(en=f"{word}", id=f"{word}"),
            ending=ending,
        )
    name = Text(en=f"voters aged {short.en}", id=f"pemilih usia {short.id}")
    return Group(ending, name, short, ending=ending)


def name_of(group: str, lang: Language) -> str:
    """Return what people call a group of a table.

    >>> name_of("disabled", "id"), name_of("age_17_25", "en")
    ('pemilih penyandang disabilitas', 'voters aged 17 to 25')
    """
    known = {one.key: one.name for one in (_DISABLED, _OTHERS)}
    return (known.get(group) or _age_group(group).name).say(lang)


def headed(group: Text) -> Text:
    """Return a group's name as it begins a line.

    >>> headed(Text(en="voters aged 17 to 25", id="pemilih usia 17–25 tahun")).say("id")
    'Pemilih usia 17–25 tahun'
    """
    return Text(
        en=f"{group.en[0].upper()}{group.en[1:]}", id=f"{group.id[0].upper()}{group.id[1:]}"
    )
