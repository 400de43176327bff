"""Names of a count as the roll writes them, where they are cut short and one alone can be meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

import pandas as pd

from turnout.errors import Finding
from turnout.identity.codes import each_code
from turnout.identity.names import as_written, bare_name, each_name, own_words
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule
from turnout.rules.shortened import may_be
from turnout.rules.spelling import cut_short, nearly_equal

CUT_SHORT = Rule(
    "names_cut_short",
    "warning",
    Text(
        en="{n:count:name is:names are} written in another way in the count than in the roll or "
        "the past results, and read as the only one that fits: {names}.",
        id="{n:count} nama dalam hasil hitung ditulis berbeda dari daftar pemilih atau hasil yang "
        "lalu, dan dibaca sebagai berikut karena hanya itu yang cocok: {names}.",
    ),
    Text(
        en="If one of them is another place, write its name in full.",
        id="Bila ada yang sebenarnya wilayah lain, tulis namanya secara lengkap.",
    ),
)
BY_ITS_AREAS = Rule(
    "district_by_areas",
    "warning",
    Text(
        en="{district}, which neither the roll nor the past results have, is taken for {usual}: "
        "{n:count} of the {m:count:area:areas} under it lie there.",
        id="{district} tidak ada dalam daftar pemilih atau hasil yang lalu, dan dianggap {usual}: "
        "{n:count} dari {m:count} desa/kelurahan di bawahnya terletak di sana.",
    ),
    Text(
        en="Write the name of the district as the roll does.",
        id="Tulis nama kecamatannya seperti dalam daftar pemilih.",
    ),
)

Forms = Mapping[str, str]
"""Names as they are written, by their bare forms."""


def named_as_known(draft: Draft, places: pd.DataFrame) -> Draft:
    """Return a count with its names as the roll writes them, and what is to be told of that.

    A district that is cut short (*Kt. Baru*) or a letter off is the only one that it fits; one that
    fits none is where its areas lie. An area that is cut short (*Sei Rengas*, *Pasar Mad*) is the
    only one of its district that it fits, unless another name of the count is that one too.

    Parameters
    ----------
    draft
        The count's rows.
    places
        The areas to forecast and their old names: area, area_id, and district where it is known.
    """
    known = places.reindex(columns=["area", "area_id", "district"])
    draft = draft if "area" in draft.table else replace(draft, table=draft.table.assign(area=None))
    return _with_areas(_with_districts(draft, known), known)


def _with_districts(draft: Draft, known: pd.DataFrame) -> Draft:
    """Return a count with its districts as they are known."""
    theirs = _by_form(known["district"])
    ours = _by_form(draft.table["district"]) if "district" in draft.table else {}
    if not theirs or not ours:
        return draft
    strange = [form for form in ours if form not in theirs]
    if not strange:
        return draft
    by_name = {one: meant for one in strange if (meant := _meant(ours[one], theirs)) is not None}
    taken = {form for form in ours if form in theirs} | {*by_name.values()}
    labels = each_name(draft.table["district"], bare_name)
    found = _told(draft, "district", {ours[one]: theirs[by_name[one]] for one in by_name})
    by_areas = {}
    lie_in = _districts_of(draft.table, known)
    for label in strange:
        if label in by_name or (usual := _where_most_lie(lie_in[labels == label], taken)) is None:
            continue
        by_areas[label] = usual
        rows = lie_in[labels == label].dropna()
        values = {
            "district": ours[label],
            "usual": theirs[usual],
            "n": int((rows == usual).sum()),
            "m": len(rows),
        }
        told = pd.DataFrame(values, index=rows.index[:1])
        found += BY_ITS_AREAS.at(draft, told.index, "district", told)
    renamed = {label: theirs[form] for label, form in {**by_name, **by_areas}.items()}
    return _renamed(draft, "district", labels.map(renamed), found)


def _meant(name: str, known: Forms) -> str | None:
    """Return the only known form that a district's name is cut short from, or a letter off."""
    words, bare = own_words(name), bare_name(name)
    fits = [form for form, full in known.items() if _shorter(words, own_words(full))]
    fits = fits or [form for form in known if nearly_equal(bare, form)]
    return fits[0] if len(fits) == 1 else None


def _districts_of(table: pd.DataFrame, known: pd.DataFrame) -> pd.Series:
    """Return the form of the only district that each row's area lies in; blank where several."""
    pairs = pd.DataFrame(
        {name: each_name(known[name], bare_name) for name in ("area", "district")}
    ).drop_duplicates()
    alone = pairs[~pairs["area"].duplicated(keep=False) & (pairs["area"] != "")]
    alone = alone[alone["district"] != ""]
    of_area = alone.set_index("area")["district"].to_dict()
    return each_name(table["area"], bare_name).map(of_area)


def _where_most_lie(districts: pd.Series, taken: Iterable[str]) -> str | None:
    """Return where most areas under a label lie, if it can be that district's name.

    A district that has its name in the count already has another only if several areas, and no
    area of elsewhere, stand under it.
    """
    times = Counter(districts.dropna())
    if not times:
        return None
    (usual, most), *_ = times.most_common(1)
    whole = most == times.total()
    if usual in taken:
        return usual if whole and most > 1 else None
    return usual if whole or 2 * most > times.total() else None


def _with_areas(draft: Draft, known: pd.DataFrame) -> Draft:
    """Return a count with the areas that are cut short as they are known."""
    table = draft.table
    if as_written(table["area"], known["area"]):
        return draft
    bare = _bare(table)
    theirs = _bare(known).assign(written=known["area"])
    theirs = theirs[theirs["area"] != ""].drop_duplicates(["area", "district"])
    placed = set(theirs["area"][theirs["district"] != ""])
    theirs = theirs[(theirs["district"] != "") | ~theirs["area"].isin(placed)]
    strange = (bare["area"] != "") & ~bare["area"].isin(set(theirs["area"]))
    if "area_id" in table:
        own_codes, codes = each_code(table["area_id"], known["area_id"])
        strange &= (own_codes == "") | ~own_codes.isin(codes)
    if not strange.any():
        return draft
    there: dict[str, set[str]] = {}
    for form, district in zip(bare["area"], bare["district"], strict=True):
        there.setdefault(form, set()).add(district)
    words_of = theirs.assign(words=[own_words(str(name)) for name in theirs["written"]])
    listed = [*words_of[["area", "written", "words"]].itertuples(index=False, name=None)]
    within: dict[str, list[tuple[str, str, str]]] = {}
    for district, one in zip(theirs["district"], listed, strict=True):
        within.setdefault(district, []).append(one)
    meant = {}
    for row in bare.index[strange]:
        district = bare["district"][row]
        near = within.get(district, []) + within.get("", []) if district else listed
        words = own_words(str(table["area"][row]))
        fits = [(form, name) for form, name, full in near if _shorter(words, full)]
        if len(fits) == 1 and not _is_there(there.get(fits[0][0], set()), district):
            meant[row] = (district, bare["area"][row], *fits[0])
    claims = Counter((place[0], place[2]) for place in set(meant.values()))
    single = {row: one for row, one in meant.items() if claims[one[0], one[2]] == 1}
    said = {str(table["area"][row]): str(one[3]) for row, one in single.items()}
    names = pd.Series({row: one[3] for row, one in single.items()}, dtype="object")
    return _renamed(draft, "area", names.reindex(table.index), _told(draft, "area", said))


def _shorter(one: str, other: str) -> bool:
    """Whether one of two plain names is the other in short."""
    return cut_short(one, other) or may_be(one, other)


def _is_there(districts: Collection[str], district: str) -> bool:
    """Whether an area that the count has in some districts may be the one of a district."""
    return bool(districts) if not district else district in districts or "" in districts


def _bare(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.reindex(columns=["area", "district"])
    return pd.DataFrame({name: each_name(rows[name], bare_name) for name in rows})


def _by_form(names: pd.Series) -> dict[str, str]:
    return {form: name for name in map(str, names.dropna().unique()) if (form := bare_name(name))}


def _renamed(draft: Draft, column: str, names: pd.Series, told: list[Finding]) -> Draft:
    """Return a count with other names in a column where there are some, and what is told."""
    if not told:
        return draft
    table = draft.table.assign(**{column: names.where(names.notna(), draft.table[column])})
    return replace(draft, table=table, findings=(*draft.findings, *told))


def _told(draft: Draft, column: str, said: Mapping[str, str]) -> list[Finding]:
    """Return one remark on all names of a column that were written otherwise."""
    if not said:
        return []
    first = draft.table.index[draft.table[column].isin(list(said))][:1]
    names = ", ".join(f"{one} = {name}" for one, name in said.items())
    told = pd.DataFrame({"n": len(said), "names": names}, index=first)
    spots = CUT_SHORT.at(draft, first, column, told)
    return [replace(one, spot=replace(one.spot, row=None, value="")) for one in spots]
