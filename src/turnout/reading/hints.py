"""`Hints`: what a user says of a file because the file does not say it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from turnout.dates import Order, read_day, refuse_doubtful
from turnout.elections import Election, group_of_type
from turnout.reading.headers.contests import find_contest, years_in
from turnout.reading.headers.plain import words

_T = TypeVar("_T")


@dataclass(frozen=True)
class Hints:
    """What a user says of a file.

    Parameters
    ----------
    columns
        Headers, and the columns that they name.
    dates, types
        Labels, and the polling day or type of what bears them: a year, the name of a sheet or a
        file, a label of an election, or several of their words (``"2014 pileg"``). The blank
        label speaks of all that says nothing itself.
    sheets
        Names of the sheets to read; all that hold the table when none is named.
    coming
        The election at hand: its year tells its day, where no label names another type or year.
    written
        The days as they were given, each under its label.
    whole_rolls
        Whether the registered of places of a count that are partly in are those of all stations.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, dt.date] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    coming: Election | None = None
    written: Mapping[str, object] = field(default_factory=dict)
    whole_rolls: bool = False

    @classmethod
    def of(
        cls,
        columns: Mapping[str, str] | None = None,
        dates: Mapping[str, object] | str | dt.date | None = None,
        types: Mapping[str, str] | str | None = None,
        sheet: str | Sequence[str] | None = None,
    ) -> Hints:
        """Return hints as a user gives them: a day or a type alone speaks of the whole file.

        Raises
        ------
        DataError
            If a day is no full date.

        Examples
        --------
        >>> Hints.of(dates={"2018": "27/06/2018"}, types="pilkada").day(["hasil 2018.csv"])
        datetime.date(2018, 6, 27)
        """
        days = dates if isinstance(dates, Mapping) else {} if dates is None else {"": dates}
        kinds = types if isinstance(types, Mapping) else {} if types is None else {"": types}
        return cls(
            columns=dict(columns or {}),
            dates={str(label): read_day(day) for label, day in days.items()},
            types={str(label): str(kind).strip().casefold() for label, kind in kinds.items()},
            sheets=(sheet,) if isinstance(sheet, str) else tuple(sheet or ()),
            written={str(label): day for label, day in days.items()},
        )

    def refuse_doubtful_days(self, order: Order) -> None:
        """Refuse days that are others in the order of day and month of the file.

        Raises
        ------
        DataError
            With both readings of the first such day.
        """
        coming = () if self.coming is None else (self.coming.written,)
        for day in (*self.written.values(), *coming):
            refuse_doubtful(day, order)

    def day(self, labels: Iterable[str]) -> dt.date | None:
        """Return the polling day that is told under some of `labels`."""
        named = list(labels)
        day = nearest(self.dates, named)
        if day is not None or self.coming is None:
            return day
        kind = find_contest(" ".join(named))[0].election_type
        other = kind and group_of_type(kind) != group_of_type(self.coming.election_type)
        same = {year for label in named for year in years_in(label)} == {self.coming.date.year}
        return self.coming.date if same and not other else None

    def of_election(self, coming: Election) -> Hints:
        """Return hints by which the year of the election at hand tells its day.

        Examples
        --------
        >>> said = NO_HINTS.of_election(Election("2024-11-27", "pilkada"))
        >>> said.day(["2024"]), said.day(["Pilpres 2024"])
        (datetime.date(2024, 11, 27), None)
        """
        return replace(self, coming=coming)

    def kind(self, labels: Iterable[str]) -> str | None:
        """Return the type that is told under some of `labels`."""
        return nearest(self.types, labels)


def nearest(told: Mapping[str, _T], labels: Iterable[str]) -> _T | None:
    """Return what is told under the key with most words, all of them among the labels' words."""
    known = {word for label in labels for word in words(label).split()}
    keys = [key for key in told if key and set(words(key).split()) <= known]
    return told[max(keys, key=lambda key: len(words(key).split()))] if keys else None


NO_HINTS = Hints()
