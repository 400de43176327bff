"""Where a count tells of each place: for what is found when its figures are held against others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.identity.names import bare_name
from turnout.rules.draft import Draft
from turnout.rules.measures import place_names, with_columns
from turnout.schema import PLACE_COLUMNS

_MOST = 100_000
"""Rows of a count up to which it is noted where each place stands."""
_COPIES = frozenset({"place_copied", "district_copied"})
"""Rules that tell whose figures a row has."""


def spots_of_places(draft: Draft) -> dict[str, Spot]:
    """Return where a count has the registered of each place, by its name in any spelling.

    Of what stands in several rows nobody knows which is meant. An area goes by its name alone, too.
    """
    if len(draft.table) > _MOST:
        return {}
    table = with_columns(draft.table, PLACE_COLUMNS)
    alone = table["area"].where(table["area"].notna(), place_names(table))
    spots = draft.spots(table.index, "registered")
    found: dict[str, Spot] = {}
    for names in (place_names(table), alone):
        bare = pd.Series([bare_name(str(name)) for name in names])
        single = ~bare.duplicated(keep=False) & (bare != "")
        found |= {bare[at]: spots[at] for at in bare.index[single]}
    return found


def with_spots(
    findings: Sequence[Finding], spots: Mapping[str, Spot], others: Sequence[Finding] = ()
) -> list[Finding]:
    """Return findings with where their places stand, and the copies that are their causes.

    Parameters
    ----------
    findings
        What was found; what names its place (``place``) and no file gets its spot.
    spots
        Of `spots_of_places`.
    others
        What was found in the same file; a copy told of the same row is why its figure is wrong.
    """
    copies = {(one.spot.file, one.spot.sheet, one.spot.row): one for one in others if _is_copy(one)}
    placed = [_placed(one, spots) for one in findings]
    told: list[Finding] = []
    for one in placed:
        copy = copies.get((one.spot.file, one.spot.sheet, one.spot.row))
        cause = [replace(copy, severity="error")] if copy and one.spot.row is not None else []
        told += [*cause, one]
    return told


def _is_copy(finding: Finding) -> bool:
    return finding.rule in _COPIES


def _placed(finding: Finding, spots: Mapping[str, Spot]) -> Finding:
    name = finding.values.get("place")
    if finding.spot.file or not isinstance(name, str):
        return finding
    spot = spots.get(bare_name(name)) or spots.get(bare_name(name.split(" (")[0]))
    return replace(finding, spot=spot) if spot else finding
