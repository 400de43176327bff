"""Areas that a count puts into another district than the roll, or the past, does."""

from __future__ import annotations

import pandas as pd

from turnout.errors import Finding
from turnout.identity.names import as_written, bare_name, each_name
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


UNKNOWN_DISTRICT = Rule(
    "unknown_district",
    "error",
    Text(
        en="{area} stands in {district} here, which neither the roll nor past results have; by "
        "them it lies in {usual}.",
        id="{area} di sini ditulis di {district}, yang tidak ada dalam daftar pemilih atau hasil "
        "yang lalu; menurut data itu letaknya di {usual}.",
    ),
    OTHER_DISTRICT.remedy,
)
SWAPPED = Rule(
    "districts_swapped",
    "error",
    Text(
        en="the names {one} and {other} are swapped: {n:count} of the {all:count} areas under "
        "{one} lie in {other}, and {m:count} of the {others:count} under {other} in {one}.",
        id="nama {one} dan {other} tertukar: {n:count} dari {all:count} desa/kelurahan di bawah "
        "{one} terletak di {other}, dan {m:count} dari {others:count} di bawah {other} terletak "
        "di {one}.",
    ),
    Text(
        en="Write each of the two names where the other stands; look whether the figures stand "
        "beside the right areas.",
        id="Tukar kembali kedua nama itu, dan periksa apakah angkanya berada pada desa/kelurahan "
        "yang benar.",
    ),
)
_SEVERAL = 2
"""Areas from which on a district's name, and not that of its areas, is in the wrong place."""


def check_district(draft: Draft, known: pd.DataFrame) -> list[Finding]:
    """Find areas of a count that stand in another district than they are known in.

    An area that is known without its district may lie anywhere. Where most areas of two districts
    stand under the name of the other, that is told instead of each of them.

    Parameters
    ----------
    draft
        The count's rows, its names as they are known where one alone can be meant.
    known
        The areas to forecast and their old names: area, and district where it is known.
    """
    if "district" not in known:
        return []
    if as_written(_in_districts(draft.table), _in_districts(known)):
        return []
    theirs = _bare(known).assign(written=known["district"])
    theirs = theirs[theirs["area"] != ""]
    anywhere = set(theirs["area"][theirs["district"] == ""])
    ours = _bare(draft.table)
    ours = ours[(ours["area"] != "") & (ours["district"] != "")]
    ours = ours[ours["area"].isin(set(theirs["area"]) - anywhere)]
    pairs = pd.MultiIndex.from_frame(theirs[["area", "district"]])
    other = ours[~pd.MultiIndex.from_frame(ours).isin(pairs)]
    usual = theirs.drop_duplicates("area", keep="last").set_index("area")
    found, swapped = _swapped(draft, ours, other, usual)
    other = other.drop(swapped)
    rows = draft.table.loc[other.index, ["area", "district"]]
    told = rows.assign(usual=other["area"].map(usual["written"]).astype("object"))
    strange = other.index[~other["district"].isin(set(theirs["district"]))]
    return [
        *found,
        *OTHER_DISTRICT.at(draft, told.index.difference(strange), "district", told),
        *UNKNOWN_DISTRICT.at(draft, strange, "district", told),
    ]


def _swapped(
    draft: Draft, ours: pd.DataFrame, other: pd.DataFrame, usual: pd.DataFrame
) -> tuple[list[Finding], pd.Index]:
    """Find pairs of districts most of whose areas stand under each other's name, and the rows.

    Parameters
    ----------
    draft
        The count's rows.
    ours, other
        The bare names of its areas, and of those that stand in another district.
    usual
        The district of each area, bare and as written.
    """
    lies = other.assign(usual=other["area"].map(usual["district"]))
    times = lies.groupby(["district", "usual"]).size()
    all_of = ours.groupby("district").size()
    most = times[(times >= _SEVERAL) & (2 * times > all_of.reindex(times.index, level=0))]
    written = usual.drop_duplicates("district").set_index("district")["written"]
    found: list[Finding] = []
    rows = other.index[:0]
    for one, two in most.index:
        if one < two and (two, one) in most.index:
            under = (lies["district"] == one) & (lies["usual"] == two)
            back = (lies["district"] == two) & (lies["usual"] == one)
            rows = rows.union(lies.index[under | back])
            values = {
                "one": written[one],
                "other": written[two],
                "n": int(under.sum()),
                "all": int(all_of[one]),
                "m": int(back.sum()),
                "others": int(all_of[two]),
            }
            told = pd.DataFrame(values, index=lies.index[under][:1])
            found += SWAPPED.at(draft, told.index, "district", told)
    return found, rows


def _in_districts(rows: pd.DataFrame) -> pd.Series:
    """Return each area with its district as they are written."""
    pairs = zip(rows["area"], rows["district"], strict=True)
    return pd.Series([*pairs], index=rows.index, dtype="object")


def _bare(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the bare names of areas and their districts, "" where none is told."""
    return pd.DataFrame({name: each_name(rows[name], bare_name) for name in ("area", "district")})
