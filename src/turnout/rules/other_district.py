"""Areas that a count puts into another district than the roll, or the past, does."""

from __future__ import annotations

import pandas as pd

from turnout.errors import Finding
from turnout.identity.names import bare_name, each_name
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

OTHER_DISTRICT = Rule(
    "other_district",
    "error",
    Text(
        en="{area} stands in {district} here; by the roll, or by past results, it lies in {usual}.",
        id="{area} di sini ditulis di {district}; menurut daftar pemilih atau hasil yang lalu, "
        "letaknya di {usual}.",
    ),
    Text(
        en="Correct the name of the district, and look whether its total is that of these rows.",
        id="Perbaiki nama kecamatannya, dan periksa apakah baris jumlahnya memang jumlah dari "
        "baris-baris itu.",
    ),
)


def check_district(draft: Draft, known: pd.DataFrame) -> list[Finding]:
    """Find areas of a count that stand in another of the known districts.

    A district that nobody knows is another spelling, and an area that is known without its district
    may lie anywhere.

    Parameters
    ----------
    draft
        The count's rows, with the columns area and district.
    known
        The areas to forecast and their old names: area, and district where it is known.
    """
    if "district" not in known:
        return []
    theirs = _bare(known).assign(written=known["district"])
    theirs = theirs[theirs["area"] != ""]
    anywhere = set(theirs["area"][theirs["district"] == ""])
    ours = _bare(draft.table)
    named = (ours["area"] != "") & ours["district"].isin(set(theirs["district"]) - {""})
    ours = ours[named & ours["area"].isin(set(theirs["area"]) - anywhere)]
    pairs = pd.MultiIndex.from_frame(theirs[["area", "district"]])
    other = ours[~pd.MultiIndex.from_frame(ours).isin(pairs)]
    usual = theirs.drop_duplicates("area", keep="last").set_index("area")["written"]
    rows = draft.table.loc[other.index, ["area", "district"]]
    told = rows.assign(usual=other["area"].map(usual).astype("object"))
    return OTHER_DISTRICT.at(draft, told.index, "district", told)


def _bare(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the bare names of areas and their districts, "" where none is told."""
    return pd.DataFrame({name: each_name(rows[name], bare_name) for name in ("area", "district")})
