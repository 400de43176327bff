"""Totals that add up only with a figure that is wrong: where its row is left out, so are they.

They would speak for the place that was left out, with the very figure that was found wrong. A total
that adds up without it, or not at all, is told as that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from turnout.errors import Finding
from turnout.rules.draft import Draft
from turnout.rules.totals import TOTAL_ABOVE_PARTS, TOTAL_BELOW_PARTS
from turnout.rules.wholes import wholes_and_parts

_FIGURES = ("registered", "voters")
_BY = ["contest", "within"]
_OF_TOTALS = (TOTAL_BELOW_PARTS.name, TOTAL_ABOVE_PARTS.name)


def totals_with(table: pd.DataFrame, wrong: pd.Index, figure: str) -> dict[int, int]:
    """Return the rows of totals that are the sum of parts of which one is wrong, and which it is.

    Parameters
    ----------
    table
        Described rows.
    wrong
        Labels of those whose figure is wrong.
    figure
        Its column.
    """
    found: dict[int, int] = {}
    for totals, parts in wholes_and_parts(table):
        within = parts.loc[parts.index.isin(wrong), _BY]
        if within.empty:
            continue
        sums = parts.groupby(_BY)[figure].sum(min_count=1).rename("parts")
        first = within.reset_index(names="wrong").drop_duplicates(_BY).set_index(_BY)["wrong"]
        held = totals[[*_BY, figure]].join(sums, on=_BY).join(first, on=_BY)
        held = held[(held[figure] == held["parts"]) & held["wrong"].notna()]
        found |= dict(zip(held.index.tolist(), held["wrong"].astype(int).tolist(), strict=True))
    return found


def _without_sound_parts(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings in which a part that is an error by itself is why its total does not add up.

    The others of its parts are sound then, and so is a total that another confirms.
    """
    wrong = Counter(
        spot for one in findings if one.severity == "error" for spot in dict.fromkeys(one.spots)
    )
    told = []
    for one in findings:
        known = tuple(spot for spot in one.rows if wrong[spot] > 1 and spot != one.spot)
        told.append(replace(one, rows=known) if known and one.rule in _OF_TOTALS else one)
    return told


def with_totals_of_wrong(draft: Draft, findings: Sequence[Finding]) -> list[Finding]:
    """Return findings in which an error at a figure has the rows of totals that hold it, too.

    Parameters
    ----------
    draft
        The described rows.
    findings
        What was found in them.
    """
    told = _without_sound_parts(findings)
    errors = [spot for one in told if one.severity == "error" for spot in one.spots]
    rows = draft.rows_at(spot for spot in errors if spot.row is not None)
    for figure in _FIGURES if len(rows) else ():
        at = dict(zip(draft.spots(rows, figure), rows, strict=True))
        wrong = pd.Index([at[spot] for spot in dict.fromkeys(errors) if spot in at])
        held = totals_with(draft.table, wrong, figure) if len(wrong) else {}
        for total, part in held.items():
            [spot] = draft.spots([part], figure)
            number = next(n for n, one in enumerate(told) if spot in one.spots)
            more = draft.spot(total, figure)
            told[number] = replace(told[number], rows=(*told[number].spots, more))
    return told
