"""Areas that a crosswalk ties together: renamed ones, and those that were split or merged.

What is one area before and after is as large as ever. Of areas that were split or merged each is
another size, and all of them together are as large as their parents.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from turnout.arrays import Ints
from turnout.errors import Finding
from turnout.identity.codes import each_code
from turnout.identity.names import bare_name, each_name
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

JUMP_TOGETHER = Rule(
    "roll_jump_together",
    "warning",
    Text(
        en="{size:count} registered in {places:list}, which the crosswalk ties to areas of "
        "{before:count} in {earlier:contest}: {change:change}.",
        id="{size:count} pemilih terdaftar di {places:list}, yang menurut tabel pemekaran terkait "
        "dengan wilayah berisi {before:count} pemilih pada {earlier:contest}: {change:change}.",
    ),
    Text(
        en="Splits and mergers leave the sum as it is: look for a digit too many or missing, or "
        "for an area that the crosswalk lacks; if it is right, leave it.",
        id="Pemekaran dan penggabungan tidak mengubah jumlahnya: periksa digit yang kurang atau "
        "berlebih, atau wilayah yang belum ada di tabel pemekaran; bila benar, biarkan.",
    ),
)


def lineages(rows: pd.DataFrame, crosswalk: pd.DataFrame | None) -> pd.DataFrame:
    """Return of each row the areas of a crosswalk that its area is tied to.

    Parameters
    ----------
    rows
        Described rows.
    crosswalk
        Table of `read_crosswalk`.

    Returns
    -------
    pandas.DataFrame
        ``lineage``, the number of these areas, -1 of a row that the crosswalk does not name; and
        how many ``links``, ``old`` and ``new`` areas there are.
    """
    none = pd.DataFrame({"lineage": -1, "links": 0, "old": 0, "new": 0}, index=rows.index)
    if crosswalk is None or crosswalk.empty:
        return none
    of_old, of_new, of_row = each_code(crosswalk["old_id"], crosswalk["new_id"], rows["area_id"])
    ends = {
        "old": _area(crosswalk["old_area"], of_old),
        "new": _area(crosswalk["new_area"], of_new),
    }
    numbers, areas = pd.factorize(pd.concat(list(ends.values())))
    old, new = np.split(numbers, 2)
    of_area = _connected(old, new, len(areas))
    of_link = pd.Series(of_area[old], crosswalk.index)
    told = pd.DataFrame({"links": of_link.groupby(of_link).size()})
    for age, names in ends.items():
        told[age] = names.groupby(of_link).nunique()
    known = pd.Series(of_area, areas)
    lineage = _area(rows["area"], of_row).map(known)
    # A row without a code goes by its name, where areas of that name are tied to each other.
    named = pd.concat(
        [each_name(crosswalk[f"{age}_area"], bare_name) for age in ends], ignore_index=True
    )
    by_name = pd.Series(of_area[numbers]).groupby(named)
    single = by_name.first()[by_name.nunique() == 1].drop("", errors="ignore")
    named_only = each_name(rows["area"], bare_name).where(rows["area_id"].isna()).map(single)
    lineage = lineage.fillna(named_only).fillna(-1).astype(int)
    return none[[]].assign(lineage=lineage).join(told, on="lineage").fillna(0).astype(int)


def _area(names: pd.Series, codes: pd.Series) -> pd.Series:
    """Return what tells each area: its code, else its name."""
    return ("#" + codes).where(codes != "", each_name(names, bare_name))


def _connected(one: Ints, other: Ints, n: int) -> Ints:
    """Return for each of n areas the first that links from `one` to `other` tie it to."""
    first = np.arange(n)
    while True:
        before, least = first.copy(), np.minimum(first[one], first[other])
        np.minimum.at(first, one, least)
        np.minimum.at(first, other, least)
        if (first == before).all():
            return first


def as_one(rows: pd.DataFrame, tied: pd.DataFrame) -> pd.DataFrame:
    """Return rows in which an area that has another name or code since then is one place.

    Parameters
    ----------
    rows
        Described rows.
    tied
        Of `lineages`.
    """
    single = tied["links"] == 1
    if not single.any():
        return rows
    single &= ~_twice(rows, tied)
    return rows.assign(key=rows["key"].where(~single, -1 - tied["lineage"]))


def _twice(rows: pd.DataFrame, tied: pd.DataFrame) -> pd.Series[bool]:
    """Mark rows of what has two rows in some contest."""
    contest_rows = rows["key"].groupby([rows["contest"], tied["lineage"]]).transform("nunique")
    return (contest_rows > 1).groupby(tied["lineage"]).transform("any")


def check_sums(
    draft: Draft, sized: pd.DataFrame, tied: pd.DataFrame, limit: float
) -> list[Finding]:
    """Find areas that were split or merged and together are of another size than before.

    Parameters
    ----------
    draft
        The rows that findings point at.
    sized
        Rows with the size of their areas, the oldest first.
    tied
        Of `lineages`.
    limit
        Change of the size that is told.
    """
    several = sized.join(tied.reindex(sized.index))
    several = several[several["links"] > 1]
    if several.empty:
        return []
    by = ["lineage", "contest"]
    whole = several.groupby(by, sort=False).agg(
        size=("size", "sum"), old=("old", "first"), new=("new", "first")
    )
    whole["keys"] = several.groupby(by, sort=False)["key"].agg(frozenset)
    whole["places"] = several.groupby(by, sort=False)["place"].agg(list)
    whole["row"] = several.index.to_series().groupby([several[one] for one in by]).first()
    whole = whole.reset_index()
    last = whole.groupby("lineage")[["size", "contest", "keys"]].shift()
    whole = whole.assign(before=last["size"], earlier=last["contest"], keys_before=last["keys"])
    whole = whole[last["contest"].notna() & (whole["row"] >= 0)]
    whole = whole[np.array([_are_whole(one) for one in whole.itertuples()], dtype=bool)]
    told = whole.assign(change=whole["size"] / whole["before"] - 1).set_index("row")
    told = told[told["change"].abs() > limit]
    return JUMP_TOGETHER.at(draft, told.index, "registered", told)


def _are_whole(areas: Any) -> bool:
    """Whether areas of a contest are all, and were in the one before: old ones, then new ones.

    Fewer, and the same in both, are new ones that were there before, or old ones of which some are
    missing.
    """
    n, n_before = len(areas.keys), len(areas.keys_before)
    if areas.keys == areas.keys_before:
        return n == max(areas.old, areas.new)
    return n_before == areas.old and n == areas.new
