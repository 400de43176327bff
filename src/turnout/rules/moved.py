"""Areas that lie in another district than before, by themselves or as two districts' names swap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.other_district import SWAPPED
from turnout.rules.rule import Rule

CHANGED_DISTRICT = Rule(
    "changed_district",
    "warning",
    Text(
        en="{place} lay in {before} in {earlier:contest}.",
        id="{place} berada di {before} pada {earlier:contest}.",
    ),
    Text(
        en="It is taken as one area, which keeps its history; if these are two areas, give each "
        "its code (area_id).",
        id="Dianggap satu wilayah yang pindah kecamatan; riwayatnya ikut pindah. Bila sebenarnya "
        "dua wilayah, isi kode masing-masing (kolom kode_wilayah).",
    ),
)

DISTRICTS_SWAPPED = Rule(
    SWAPPED.name,
    "warning",
    Text(
        en="the names {one} and {other} are swapped in {contest:contest}, or in "
        "{earlier:contest}: {n:count} of the {all:count} areas under {one} lay in {other} then, "
        "and {m:count} of the {others:count} under {other} in {one}.",
        id="nama {one} dan {other} tertukar pada {contest:contest}, atau pada {earlier:contest}: "
        "{n:count} dari {all:count} desa/kelurahan di bawah {one} waktu itu berada di {other}, dan "
        "{m:count} dari {others:count} di bawah {other} berada di {one}.",
    ),
    SWAPPED.remedy,
)

SWAPPED_BETWEEN = Rule(
    SWAPPED.name,
    "warning",
    Text(
        en="the names {one} and {other} are swapped in {contest:contest}: {n:count} of the "
        "{all:count} areas under {one} lie in {other} before and after it, and {m:count} of the "
        "{others:count} under {other} in {one}.",
        id="nama {one} dan {other} tertukar pada {contest:contest}: {n:count} dari {all:count} "
        "desa/kelurahan di bawah {one} berada di {other} pada pemilihan sebelum dan sesudahnya, "
        "dan {m:count} dari {others:count} di bawah {other} berada di {one}.",
    ),
    SWAPPED.remedy,
)
_SEVERAL = 2
"""Areas from which on a district's name, and not that of its areas, is in the wrong place."""


def check_moved(draft: Draft, areas: pd.DataFrame) -> tuple[list[Finding], set[str]]:
    """Find areas that were in another district in the contest before.

    Where most areas of two districts stand under the name of the other, that is told once instead
    of each of them, also when they go back.

    Parameters
    ----------
    draft
        The rows that findings point at.
    areas
        Those of areas, perhaps with those of other tables, the oldest first.

    Returns
    -------
    list of Finding, set of str
        What is told, and the districts whose names have changed places.
    """
    known = areas["district"].notna()
    areas = areas[["contest", "key", "place", "within", "district"]][known]
    by_area = areas.groupby("key", sort=False)
    within = by_area["within"].shift()
    changed = within.notna() & (areas["within"] != within)
    if not changed.any():
        return [], set()
    before = {"before": by_area["district"].shift(), "earlier": by_area["contest"].shift()}
    moved = areas.assign(came_from=within, **before)[changed]
    swaps = _swaps(areas, moved)
    back = _back(swaps)
    findings: list[Finding] = []
    for one in swaps:
        own = one.rows[one.rows >= 0][:1]
        if one not in back and len(own):
            rule = SWAPPED_BETWEEN if one in back.values() else DISTRICTS_SWAPPED
            values = pd.DataFrame({name: [value] for name, value in one.said.items()}, own)
            findings += rule.at(draft, own, "district", values)
    alone = moved.drop(pd.Index([row for one in swaps for row in one.rows]))
    findings += CHANGED_DISTRICT.at(draft, alone.index[alone.index >= 0], "district", alone)
    swapped = moved.loc[[row for one in swaps for row in one.rows], ["district", "before"]]
    return findings, {*swapped.to_numpy().ravel().tolist()}


@dataclass(frozen=True, eq=False)
class _Swap:
    """Two districts whose names have changed places from one contest to another.

    Parameters
    ----------
    pair
        Their numbers.
    rows
        Labels of the areas that lie in the other one now.
    said
        What is told of it.
    """

    pair: tuple[int, int]
    rows: pd.Index
    said: Mapping[str, object]


def _swaps(areas: pd.DataFrame, moved: pd.DataFrame) -> list[_Swap]:
    """Return the pairs of districts most of whose areas have gone to the other one."""
    times = moved.groupby(["contest", "within", "came_from"], sort=False).size()
    sizes = areas.groupby(["contest", "within"], sort=False).size()
    of = sizes.loc[[(contest, within) for contest, within, _ in times.index]].to_numpy()
    most = times[(times >= _SEVERAL) & (2 * times > of)]
    found = []
    for contest, one, other in most.index:
        if one > other or (contest, other, one) not in most.index:
            continue
        here = moved[moved["contest"] == contest]
        there = here[(here["within"] == one) & (here["came_from"] == other)]
        back = here[(here["within"] == other) & (here["came_from"] == one)]
        said = {
            "contest": contest,
            "earlier": there["earlier"].iloc[0],
            "one": there["district"].iloc[0],
            "other": back["district"].iloc[0],
            "n": len(there),
            "all": int(sizes[contest, one]),
            "m": len(back),
            "others": int(sizes[contest, other]),
        }
        found.append(_Swap((int(one), int(other)), there.index.union(back.index), said))
    return found


def _back(swaps: Sequence[_Swap]) -> dict[_Swap, _Swap]:
    """Return the swaps that only undo the one before, with that."""
    back: dict[_Swap, _Swap] = {}
    for one in swaps:
        before = [
            other
            for other in swaps
            if other.pair == one.pair and other.said["contest"] == one.said["earlier"]
        ]
        if before and before[0] not in back:
            back[one] = before[0]
    return back
