"""Places of a count that are none of those to forecast, and the names that they resemble."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

import pandas as pd

from turnout.errors import Finding
from turnout.identity.codes import each_code
from turnout.identity.names import as_written, each_name, own_words, village_name
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule
from turnout.rules.spelling import cut_short

UNKNOWN_PLACE = Rule(
    "unknown_place",
    "error",
    Text(
        en="the count names {place}, which is not among the places to forecast.",
        id="hasil hitung memuat {place}, yang tidak ada di antara wilayah yang diprakirakan.",
    ),
    Text(
        en="Write the name as the roll or the past results do, use its code (area_id), or give a "
        "roll or a crosswalk that has it.",
        id="Tulis namanya seperti dalam DPT atau hasil yang lalu, pakai kode wilayahnya, "
        "atau berikan DPT atau tabel pemekaran (--crosswalk) yang memuatnya.",
    ),
)
_RESEMBLES = Rule(
    UNKNOWN_PLACE.name,
    "error",
    Text(
        en="the count names {place}, which is not among the places to forecast; similar: "
        "{near:list}.",
        id="hasil hitung memuat {place}, yang tidak ada di antara wilayah yang diprakirakan; yang "
        "mirip: {near:list}.",
    ),
    UNKNOWN_PLACE.remedy,
)


def unknown_place(near: Sequence[str]) -> Rule:
    """Return the rule on a place that is not to be forecast, by the names that resemble its."""
    return _RESEMBLES if near else UNKNOWN_PLACE


def nearest_names(name: str, known: Iterable[str]) -> list[str]:
    """Return the known name that resembles a name most, if one does.

    >>> nearest_names("kasangg", ["kasang", "murni"]), nearest_names("sukoharjo", ["murni"])
    (['kasang'], [])
    """
    return difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)


def check_known(draft: Draft, known: pd.DataFrame) -> list[Finding]:
    """Find places of a count that are none of those to forecast, by name and by code.

    Districts are looked at where they stand for themselves. Names count as in `bare_name`, codes
    without their dots. What a name that several places bear means is asked later.

    Parameters
    ----------
    draft
        The count's rows, with the columns area and area_id.
    known
        The areas to forecast and their old names: area, area_id, and district where it is known.
    """
    table = draft.table
    ours, theirs = each_code(table["area_id"], known["area_id"])
    coded = (ours != "") & ours.isin(theirs)
    found = _unknown(draft, "area", known, ~coded)
    if "district" in known and known["district"].notna().all():
        found += _unknown(draft, "district", known, table["area"].isna() & ~coded)
    return found


def _unknown(
    draft: Draft, column: str, known: pd.DataFrame, looked_at: pd.Series[bool]
) -> list[Finding]:
    """Find names of a column, in some rows, that are none of those known.

    One that resembles it is looked for among those of its district that the count lacks, then among
    all that it lacks: a name that it has is that of another place.
    """
    if as_written(draft.table[column], known[column]):
        return []
    names, ours = (each_name(one, village_name) for one in (known[column], draft.table[column]))
    strange = draft.table.index[(ours != "") & looked_at & ~ours.isin(set(names))]
    written = dict(zip(names, known[column], strict=True))
    in_words = {str(name): own_words(str(name)) for name in written.values()}
    lacked = ~names.isin(set(ours))
    above = [one.reindex(columns=["district"])["district"] for one in (known, draft.table)]
    districts, within = (each_name(one, village_name) for one in above)
    found = []
    for row in strange:
        said = str(draft.table.loc[row, column])
        near = [name for name, full in in_words.items() if cut_short(own_words(said), full)]
        inside = lacked & districts.eq(within[row]) & districts.ne("")
        for among in (names[inside], names[lacked], names):
            near = near or [
                str(written[one]) for one in nearest_names(ours[row], set(among) - {""})
            ]
        told = pd.DataFrame({"place": [said], "near": [near]}, index=[row])
        found += unknown_place(near).at(draft, pd.Index([row]), column, told)
    return found
