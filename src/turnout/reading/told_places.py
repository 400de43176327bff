"""Where a count tells of each place: for what is found when its figures are held against others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from turnout.errors import DataError, Finding, Spot, TurnoutError
from turnout.identity.names import each_name, village_name
from turnout.reading.reading import Reading, rejected
from turnout.rules.draft import Draft
from turnout.rules.measures import described, place_names, with_columns
from turnout.rules.totals_of_wrong import totals_with
from turnout.schema import PLACE_COLUMNS, RESULTS_COLUMNS

_MOST = 100_000
"""Rows of a count up to which it is noted where each place stands."""
_COPIES = frozenset({"place_copied", "district_copied"})
"""Rules that tell whose figures a row has."""
_OF_TOTALS = frozenset({"total_against_parts", "total_roll"})


@dataclass(frozen=True)
class SpotsOfPlaces(Mapping[str, Spot]):
    """Where a count has the registered of each place, by its name in any spelling.

    Of what stands in several rows nobody knows which is meant. An area goes by its name alone, too.
    The rows are looked at when the first is asked for: of a clean count none is.

    Parameters
    ----------
    draft
        The count's rows.
    """

    draft: Draft

    @cached_property
    def _known(self) -> dict[str, Spot]:
        table = self.draft.table
        if len(table) > _MOST:
            return {}
        spots = self.draft.spots(table.index, "registered")
        return {name: spots[at] for name, at in _rows_of_places(table).items()}

    def __getitem__(self, name: str) -> Spot:
        """Return where a place stands."""
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        """Return the names of the places."""
        return iter(self._known)

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self._known)


def _rows_of_places(rows: pd.DataFrame) -> dict[str, int]:
    """Return the number of the one row of each place, by its name in any spelling."""
    table = with_columns(rows, PLACE_COLUMNS)
    whole = place_names(table)
    found: dict[str, int] = {}
    for names in (whole, table["area"].where(table["area"].notna(), whole)):
        bare = each_name(names, village_name)
        single = ~bare.duplicated(keep=False).to_numpy() & (bare != "").to_numpy()
        found |= dict(zip(bare[single], np.flatnonzero(single).tolist(), strict=True))
    return found


def without_places(count: Reading, findings: Sequence[Finding]) -> Reading:
    """Return a count without the rows that are found wrong: their places are not in yet.

    So are totals that add up only with such a row. Of a total and its parts nobody knows which is
    wrong, and a part would be certain: all of them are left out.

    Parameters
    ----------
    count
        What came of reading it.
    findings
        What is wrong with rows of it, with their spots (`with_spots`).

    Raises
    ------
    DataError
        With all that is found, if a finding tells no single row, or if no row is left.
    """
    bad = {_row(one.spot) for one in findings}
    names = [name for name, spot in count.spots.items() if _row(spot) in bad]
    rows = _rows_of_places(count.table)
    left_out = {rows[name] for name in names if name in rows}
    single = bad <= {_row(count.spots[name]) for name in names if name in rows}
    spots = {rows[name]: spot for name, spot in count.spots.items() if name in rows}
    totals = {_row(one.spot) for one in findings if one.rule in _OF_TOTALS}
    parts = _inside(count.table, [at for at, spot in spots.items() if _row(spot) in totals])
    left = len(count.table) - len(left_out | parts)
    if not findings or not single or not left or not parts <= spots.keys():
        raise DataError.of(findings)
    held = (_totals_with(count.table, left_out | parts) | parts) - left_out
    told = [replace(findings[0], rows=tuple(spots[at] for at in sorted(held) if at in spots))]
    gone = [*findings, *(told if told[0].rows else ())]
    return replace(
        count,
        table=count.table.drop(index=count.table.index[sorted(left_out | held)]),
        findings=(*count.findings, *findings),
        rejected=pd.concat([count.rejected, rejected(gone)], ignore_index=True),
    )


def _inside(table: pd.DataFrame, totals: Iterable[int]) -> set[int]:
    """Return the numbers of the rows that lie in the places of totals."""
    places = with_columns(table, PLACE_COLUMNS)[list(PLACE_COLUMNS)].reset_index(drop=True)
    found: set[int] = set()
    for total in totals:
        own = places.loc[total].dropna()
        found |= set(places.index[places[own.index].eq(own).all(axis=1)]) - {total}
    return found


def _totals_with(table: pd.DataFrame, left_out: set[int]) -> set[int]:
    """Return the numbers of totals that add up only with rows that are left out."""
    if not left_out:
        return set()
    rows = described(with_columns(table, RESULTS_COLUMNS)).reset_index(drop=True)
    wrong = pd.Index(sorted(left_out))
    held = (totals_with(rows, wrong, name) for name in ("registered", "voters"))
    return {row for of_figure in held for row in of_figure} - left_out


def _row(spot: Spot) -> tuple[str, str, int | str | None]:
    return spot.file, spot.sheet, spot.row


def with_spots(
    findings: Sequence[Finding], spots: Mapping[str, Spot], others: Sequence[Finding] = ()
) -> list[Finding]:
    """Return findings with where their places stand, and the copies that are their causes.

    Parameters
    ----------
    findings
        What was found; what names its place (``place``) and no file gets its spot.
    spots
        Of `SpotsOfPlaces`.
    others
        What was found in the same file; a copy told of the same row is why its figure is wrong.
    """
    copies = {_row(one.spot): one for one in others if _is_copy(one)}
    placed = [_placed(one, spots) for one in findings]
    told: list[Finding] = []
    for one in placed:
        copy = copies.get(_row(one.spot))
        cause = [replace(copy, severity="error")] if copy and one.spot.row is not None else []
        told += [*cause, one]
    return told


def _is_copy(finding: Finding) -> bool:
    return finding.rule in _COPIES


def _placed(finding: Finding, spots: Mapping[str, Spot]) -> Finding:
    name = finding.values.get("place")
    if finding.spot.file or not isinstance(name, str):
        return finding
    spot = spot_of(name, spots)
    return replace(finding, spot=spot) if spot else finding


def spot_of(name: str, spots: Mapping[str, Spot]) -> Spot | None:
    """Return where a place stands, by its name with or without what it lies in.

    Parameters
    ----------
    name
        Such as *Murni (Jelutung)*.
    spots
        Of `SpotsOfPlaces`.
    """
    return spots.get(village_name(name)) or spots.get(village_name(name.split(" (")[0]))


def at_other_rows(findings: Sequence[Finding], error: TurnoutError) -> tuple[Finding, ...]:
    """Return what is odd in rows of which an error does not tell that they are wrong.

    Parameters
    ----------
    findings
        What is odd in a file.
    error
        What is wrong with rows of it, with their spots (`with_spots`).
    """
    wrong = error.findings if isinstance(error, DataError) else ()
    rows = {_row(one.spot) for one in wrong}
    return tuple(one for one in findings if _row(one.spot) not in rows)
