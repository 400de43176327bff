"""What staff can do: a budget, kinds of activity with their reach and cost, and limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from turnout.doses.placing import canonical_log
from turnout.errors import TurnoutError
from turnout.language import Text
from turnout.outreach_kinds import OTHER_ATTENDANCE, attendance_of, kind_of, label_of

Unit = Literal["activities", "people", "money"]


@dataclass(frozen=True)
class Budget:
    """What may be spent.

    Parameters
    ----------
    amount
        How much.
    unit
        Of what: ``activities``, ``people`` (to be met) or ``money``.

    Raises
    ------
    TurnoutError
        If the amount is not a finite number above 0.
    ValueError
        If the unit is unknown.
    """

    amount: float
    unit: Unit = "activities"

    def __post_init__(self) -> None:
        if not (np.isfinite(self.amount) and self.amount > 0):
            raise TurnoutError(_NO_BUDGET, amount=f"{self.amount:g}")
        if self.unit not in ("activities", "people", "money"):
            raise ValueError(f"unit must be activities, people or money, got {self.unit!r}")


@dataclass(frozen=True)
class Option:
    """A kind of activity that staff can hold.

    Parameters
    ----------
    kind
        As a log names it.
    reach
        People that one activity meets.
    cost
        Money that one activity costs; NaN where it is not known.
    segment
        Voters it is for. Options of one kind for different segments meet different people.

    Raises
    ------
    ValueError
        If `reach` is not positive or `cost` is negative.
    """

    kind: str = "face_to_face"
    reach: float = 100.0
    cost: float = np.nan
    segment: str = ""

    def __post_init__(self) -> None:
        if not self.reach > 0 or self.cost < 0:
            raise ValueError(
                f"an activity must reach someone and cannot cost less than nothing: {self}"
            )
        object.__setattr__(self, "kind", kind_of(self.kind))

    @property
    def name(self) -> str:
        """The option as a column's name: kind, and segment where it has one."""
        return f"{self.kind}:{self.segment}" if self.segment else self.kind

    def price(self, unit: Unit) -> float:
        """Return what one activity takes of a budget in `unit`.

        Raises
        ------
        TurnoutError
            If the budget is money and the cost is not known.
        """
        if unit == "money" and not self.cost > 0:
            raise TurnoutError(_NO_COST, kind=label_of(self.kind))
        return {"activities": 1.0, "people": self.reach, "money": self.cost}[unit]


@dataclass(frozen=True)
class Floor:
    """A least share of the work for every district, or for segments of voters.

    Parameters
    ----------
    by
        ``segment``, or the scale whose places each get the floor.
    least
        The least for every place or segment of that kind, or for the ones named.
    unit
        ``activities`` or ``people``.
    """

    by: str
    least: float | Mapping[str, float]
    unit: Literal["activities", "people"] = "activities"


@dataclass(frozen=True)
class Means:
    """What staff can do, and what they must.

    Parameters
    ----------
    options
        Kinds of activity.
    areas
        Limits of single areas: area_id, or area (and district), with any of minimum and maximum
        (activities) and reachable (False where staff cannot go). Areas not named are free.
    floors
        Fairness floors.
    done
        Log of activities already held for the coming election; meeting the same area again is
        worth less.
    """

    options: tuple[Option, ...] = (Option(),)
    areas: pd.DataFrame | None = None
    floors: tuple[Floor, ...] = ()
    done: pd.DataFrame | None = field(default=None)

    def __post_init__(self) -> None:
        names = [option.name for option in self.options]
        if not names or len(set(names)) < len(names):
            raise ValueError(f"give each kind of activity once, and at least one; got {names}")


def options_of_log(outreach: pd.DataFrame) -> tuple[Option, ...]:
    """Return the kinds of activity of a log, with the median reach and cost of each.

    Kinds without attendance, such as media, are left out unless it is known what they reach.

    Parameters
    ----------
    outreach
        An activity log.

    Examples
    --------
    >>> log = pd.DataFrame({"date": ["2024-10-01"] * 2, "area": ["Kasang"] * 2,
    ...                     "kind": ["tatap muka"] * 2, "reached": [80, 120], "cost": [5e6, 7e6]})
    >>> options_of_log(log)
    (Option(kind='face_to_face', reach=100.0, cost=6000000.0, segment=''),)
    """
    log = canonical_log(outreach)
    usual = log.groupby("kind")[["reached", "cost"]].median()
    options = []
    for kind, row in usual.iterrows():
        reach = row["reached"] if row["reached"] > 0 else attendance_of(str(kind))
        if reach > 0:
            options.append(Option(str(kind), float(reach), float(row["cost"])))
    return tuple(options) or (Option(reach=OTHER_ATTENDANCE),)


def options_of_table(table: pd.DataFrame) -> tuple[Option, ...]:
    """Return the options of a table with the columns kind, reach, and optionally cost and segment.

    Raises
    ------
    TurnoutError
        If kind or reach is missing.
    """
    if not {"kind", "reach"} <= set(table.columns):
        raise TurnoutError(_NO_COLUMNS, found=", ".join(map(str, table.columns)))
    options = []
    for _, row in table.iterrows():
        segment = row.get("segment")
        options.append(
            Option(
                str(row["kind"]),
                float(row["reach"]),
                float(row.get("cost", np.nan)),
                segment if isinstance(segment, str) else "",
            )
        )
    return tuple(options)


_NO_BUDGET = Text(
    en="A budget must be a number above 0, got {amount}. To see what meeting every voter would "
    "gain, read the row 'everyone' of any plan.",
    id="Anggaran harus berupa angka di atas 0, tetapi tertulis {amount}. Untuk melihat hasil bila "
    "semua pemilih ditemui, baca baris 'everyone' pada rencana mana pun.",
)
_NO_COST = Text(
    en="The budget is money, but what one '{kind}' costs is not known. Give its cost.",
    id="Anggaran berupa uang, tetapi biaya satu '{kind}' tidak diketahui. Isi biayanya.",
)
_NO_COLUMNS = Text(
    en="A table of kinds of activity needs the columns kind and reach (found: {found}); cost and "
    "segment are optional.",
    id="Tabel jenis kegiatan memerlukan kolom kind dan reach (yang ada: {found}); cost dan segment "
    "boleh kosong.",
)
