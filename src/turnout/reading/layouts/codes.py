"""Codes of areas, and columns that only look like them: running numbers, codes of coarser places.

A code is believed where it goes with the names over contests. Where no name comes twice, the codes
of the offices are believed by their form, and counting numbers are not.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from turnout.identity.codes import each_code
from turnout.identity.keys import name_codes, path_codes
from turnout.language import Text
from turnout.reading.files.cells import listed
from turnout.reading.headers.aliases import STATION
from turnout.reading.headers.plain import words
from turnout.rules.draft import Draft
from turnout.rules.measures import contest_names, with_blanks
from turnout.rules.rule import Rule
from turnout.schema import PLACE_COLUMNS, SCALES

_OFFICIAL = re.compile(
    r"\d{10}|\d{13}|\d{2}\.\d{2}\.\d{2}\.\d{4}|\d{2}\.\d{2}\.\d{6}|[A-Z]{1,3}\d{5,}|\d{5}|\d{8}"
)
"""Forms of official codes: Kemendagri, BPS and KPU (10 and 13 digits), ONS (E05000001), FIPS and
official municipality keys (5 and 8 digits)."""

_RUNNING = re.compile(r"\d{1,7}")

_MOSTLY = 0.5
"""Share of the names that must keep their code; all must where the codes only count the rows."""

_VAGUE = listed("id | kode | code | no | nomor | number | fid | objectid | row id")
"""Headers that stand over running numbers as often as over codes."""

_OF_STATION, _AREA_CODE = re.compile(r"\d{13}"), 10


def believe_codes(draft: Draft) -> Draft:
    """Return the draft with `area_id` only if it holds codes of areas.

    Else the column goes back to the user's own, under its own header, and that is told. Codes of
    polling stations (13 digits) are cut to those of their areas (10).
    """
    if "area_id" not in draft.table or draft.table["area_id"].isna().all():
        return draft
    draft = _areas_of_stations(draft)
    places: list[str] = [scale for scale in SCALES if scale in draft.table]
    if not places:
        return draft
    doubt = _doubt(draft, places)
    return draft if doubt is None else _disowned(draft, doubt)


def _areas_of_stations(draft: Draft) -> Draft:
    codes = draft.table["area_id"]
    stations = [code for code in codes.dropna().unique() if _OF_STATION.fullmatch(code)]
    if not stations:
        return draft
    cut = codes.map({code: code[:_AREA_CODE] for code in stations}).astype("object")
    return replace(draft, table=draft.table.assign(area_id=cut.where(cut.notna(), codes)))


def _doubt(draft: Draft, places: list[str]) -> Rule | None:
    """Return what speaks against the codes, if anything does."""
    table = with_blanks(draft.table, ("election", "date", "election_type", *PLACE_COLUMNS))
    named = table[places[0]].notna() & table["area_id"].notna()
    contest = contest_names(table)
    rows = pd.DataFrame(
        {
            "contest": pd.factorize(contest)[0],
            # Their codes are what is asked about: they part no names here.
            "name": path_codes(name_codes(table.assign(area_id=None), contest), PLACE_COLUMNS),
            "number": pd.factorize(each_code(table["area_id"])[0])[0],
            "code": table["area_id"].astype("object"),
        }
    )[named]
    if rows.empty:
        return None
    pairs = rows[["contest", "name", "number"]].drop_duplicates()
    if _is_coarse(pairs):
        return COARSE_CODE
    goes_with = _goes_with_names(pairs)
    numbered = _counts(rows["code"])
    if goes_with is None:
        per_row = (
            STATION in draft.table and rows["code"].is_unique and rows["name"].duplicated().any()
        )
        official = rows["code"].map(lambda code: bool(_OFFICIAL.fullmatch(code))).mean() > _MOSTLY
        vague = words(draft.headers.get("area_id", "")) in _VAGUE
        return ROW_NUMBER if vague and (numbered or per_row) and not official else None
    by_contest = all(_counts(codes) for _, codes in rows.groupby("contest")["code"])
    needed = 1.0 if numbered or by_contest else _MOSTLY
    return ROW_NUMBER if goes_with < needed else None


def _is_coarse(pairs: pd.DataFrame) -> bool:
    """Whether most codes stand for several names of one contest: they are of a coarser place."""
    shared = pairs.duplicated(["contest", "number"], keep=False)
    return len(pairs) > 2 and bool(shared.mean() > 0.5)


def _goes_with_names(pairs: pd.DataFrame) -> float | None:
    """Return the share of the names of several contests that keep their code; None without any.

    A name that several areas of one contest bear keeps its codes if each of them comes again.
    """
    contests = pairs.groupby("name")["contest"].nunique()
    again = pairs[pairs["name"].isin(contests.index[contests > 1])]
    if again.empty:
        return None
    kept = again.groupby(["name", "number"])["contest"].nunique().gt(1)
    return float(kept.groupby(level="name").any().mean()) if len(kept) else None


def _counts(codes: pd.Series) -> bool:
    """Whether codes only count the rows: 1, 2, 3 ... in order, perhaps with gaps of a few."""
    if len(codes) < 2 or not all(_RUNNING.fullmatch(str(code)) for code in codes):
        return False
    numbers = codes.astype("int64")
    in_order = numbers.is_monotonic_increasing and numbers.is_unique
    return bool(in_order and numbers.iloc[0] <= 1 and numbers.iloc[-1] < 2 * len(numbers))


def _disowned(draft: Draft, rule: Rule) -> Draft:
    """Return the draft with the column under the header that the user gave it."""
    header = draft.headers.get("area_id", "area_id")
    own = header if header not in (*draft.table, "area_id") else f"{header} (2)"
    own = "row_id" if own == "area_id (2)" else own
    spot = replace(draft.spots(draft.table.index[:1], "area_id")[0], row=None, value="")
    finding = rule.once(spot, {"header": header})
    last = [*(name for name in draft.table if name != "area_id"), "area_id"]
    headers = {name: told for name, told in draft.headers.items() if name != "area_id"}
    return replace(
        draft,
        table=draft.table[last].rename(columns={"area_id": own}),
        written=draft.written[last].rename(columns={"area_id": own}),
        headers={**headers, own: header},
        findings=(*draft.findings, finding),
    )


ROW_NUMBER = Rule(
    "row_number",
    "warning",
    Text(
        en="'{header}' does not go with the names of the areas from contest to contest, so it is "
        "not read as their code.",
        id="'{header}' tidak sejalan dengan nama wilayah dari satu pemilihan ke pemilihan lain, "
        "sehingga tidak dibaca sebagai kode wilayah.",
    ),
    Text(
        en="Areas are told apart by their names. If it is their code, correct it where it changes.",
        id="Wilayah dibedakan menurut namanya. Bila memang kode wilayah, perbaiki yang berubah.",
    ),
)
COARSE_CODE = Rule(
    "coarse_code",
    "warning",
    Text(
        en="'{header}' is the same for several areas, so it is the code of a larger place and not "
        "theirs.",
        id="'{header}' sama untuk beberapa wilayah, jadi itu kode wilayah yang lebih luas, bukan "
        "kode wilayah tersebut.",
    ),
    Text(
        en="Areas are told apart by their names; give the code of each if you have it.",
        id="Wilayah dibedakan menurut namanya; isi kode masing-masing bila ada.",
    ),
)
