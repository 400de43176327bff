"""How much of the past is in doubt: elections of copies, of multiples, or of other lists.

A model takes such figures as they are, so that its interval is wide or its median wrong; findings
tell each cause, and this what they come to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from turnout.errors import Finding
from turnout.rules.abstainers import ABSTAINERS
from turnout.rules.copied import SAME_FIGURES
from turnout.rules.copied_blocks import OWN_FIGURES
from turnout.rules.copied_districts import DISTRICT_COPIED
from turnout.rules.measures import described, finest_places, with_columns
from turnout.rules.multiplied import MULTIPLIED
from turnout.rules.other_rolls import DISTRICT_OF_OTHER_LISTS, OTHER_LISTS
from turnout.rules.part_for_whole import ONE_SEX_FOR_ALL, VALID_FOR_VOTERS
from turnout.rules.reordered import REORDERED
from turnout.rules.reordered_voters import VOTERS_REORDERED
from turnout.rules.shifted import SHIFTED
from turnout.schema import IDENTITY_COLUMNS

OF_MANY_PLACES = {
    one.name
    for one in (
        *(ABSTAINERS, DISTRICT_COPIED, DISTRICT_OF_OTHER_LISTS, MULTIPLIED, OTHER_LISTS),
        *(ONE_SEX_FOR_ALL, OWN_FIGURES, REORDERED, SAME_FIGURES, SHIFTED, VALID_FOR_VOTERS),
        VOTERS_REORDERED,
    )
}
"""Rules whose findings are of many places of an election at once."""
_FEWEST, _PART = 3, 0.1
"""Places of an election, and the share of all of its, from which on it is more than a few."""


@dataclass(frozen=True)
class InDoubt:
    """Elections of the past that are in doubt.

    Parameters
    ----------
    contests
        Their labels, the most places first.
    n, places
        How many places of the first, of how many.
    """

    contests: tuple[str, ...]
    n: int
    places: int


def figures_in_doubt(findings: Iterable[Finding], past: pd.DataFrame) -> InDoubt | None:
    """Return the elections of which more than a few places are in doubt; None if there are none.

    Parameters
    ----------
    findings
        What was found in the past results.
    past
        Those of them that a forecast rests on, with the canonical columns.
    """
    told = [one for one in findings if one.rule in OF_MANY_PLACES and one.severity == "warning"]
    if not told:
        return None
    rows = described(with_columns(past, [*IDENTITY_COLUMNS, "election"]))
    sizes = finest_places(rows, ["contest"])["contest"].value_counts()
    pairs = [
        (contest, one.values["n"])
        for one in told
        # Of two elections with the same figures either is the copy.
        for contest in (one.values["contest"], one.values.get("usual"))
        if contest in sizes.index
    ]
    table = pd.DataFrame(pairs, columns=["contest", "n"])
    found = table.groupby("contest", sort=False)["n"].sum()
    many = found[(found >= _FEWEST) & (found >= _PART * sizes.reindex(found.index))]
    if many.empty:
        return None
    first = many.sort_values(ascending=False, kind="stable")
    contests = tuple(str(name) for name in first.index)
    places = int(sizes[contests[0]])
    return InDoubt(contests, min(int(first.iloc[0]), places), places)
